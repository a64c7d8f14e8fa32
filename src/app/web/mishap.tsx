/**
 * Catches what a screen throws, and a screen that could not be fetched, so that one broken room never
 * darkens the house. Says nothing of the error itself: it could hold somebody's words.
 */
import { Component, type ReactNode } from "react";
import { Button } from "#design/button.tsx";
import { Page } from "#design/page.tsx";
import { words } from "./words.ts";

export class Mishap extends Component<
  { readonly children: ReactNode },
  { readonly caught: boolean }
> {
  override state = { caught: false };

  static getDerivedStateFromError() {
    return { caught: true };
  }

  override render() {
    if (!this.state.caught) return this.props.children;
    return (
      <Page
        title={words.mishap.title}
        lead={words.mishap.lead}
        action={
          <Button kind="primary" onClick={() => location.reload()}>
            {words.mishap.action}
          </Button>
        }
      />
    );
  }
}
