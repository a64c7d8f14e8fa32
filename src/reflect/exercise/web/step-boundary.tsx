/** Where a step's code can't be fetched: the way back and on stays, and what was written is safe. */
import { Component, type ReactNode } from "react";
import { Notice } from "#design/notice.tsx";
import { words } from "./words.ts";

export class StepBoundary extends Component<{ readonly children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <Notice kind="refusal">
        <p>{words.run.stepFailed}</p>
      </Notice>
    );
  }
}
