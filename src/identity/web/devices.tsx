/** The member's devices by their own labels: end one, end all. */
import { useCallback, useEffect, useState } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Card, CardList } from "#design/card-list.tsx";
import { Notice } from "#design/notice.tsx";
import { Section } from "#design/section.tsx";
import { Skeleton } from "#design/skeleton.tsx";
import type { AnswerOf } from "#platform/contract.ts";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { endAllSessions, endSession, readSessions } from "../contract.ts";
import { useSignOut } from "./sign-out.tsx";
import { words } from "./words.ts";

type Session = AnswerOf<typeof readSessions>["sessions"][number];
type State =
  | { readonly at: "loading" }
  | { readonly at: "shown"; readonly sessions: readonly Session[] }
  | { readonly at: "failed"; readonly why: string };

export function Devices() {
  const { signOut, isSigningOut, dialog } = useSignOut();
  const [state, setState] = useState<State>({ at: "loading" });

  const load = useCallback(async () => {
    const read = await call(readSessions, {});
    setState(
      read.ok
        ? { at: "shown", sessions: read.value.sessions }
        : { at: "failed", why: refusalToWords(read.refusal) },
    );
  }, []);
  useEffect(() => void load(), [load]);

  const end = async (session: Session) => {
    if (session.current) {
      await signOut();
      return;
    }
    await call(endSession, { params: { id: session.id } });
    await load();
  };
  const endAll = () => signOut(() => call(endAllSessions, {}));

  return (
    <Section title={words.account.devicesTitle} lead={words.account.devicesLead}>
      {state.at === "loading" && <Skeleton label={words.account.devicesTitle} />}
      {state.at === "failed" && <Notice kind="refusal">{state.why}</Notice>}
      {state.at === "shown" && (
        <>
          <CardList label={words.account.devicesTitle}>
            {state.sessions.map((session) => (
              <Card
                key={session.id}
                level={3}
                title={session.label}
                meta={session.current ? words.account.thisDevice : undefined}
                actions={
                  <Button kind="quiet" onClick={() => void end(session)}>
                    {words.account.end}
                  </Button>
                }
              />
            ))}
          </CardList>
          <Actions>
            <Button
              busy={isSigningOut}
              busyText={words.account.sendingRest}
              onClick={() => void endAll()}
            >
              {words.account.endAll}
            </Button>
          </Actions>
        </>
      )}
      {dialog}
    </Section>
  );
}
