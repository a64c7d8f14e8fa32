/** On the account's page: where the member's verification stands, and the way there. */
import { LinkButton } from "#design/link-button.tsx";
import { Notice } from "#design/notice.tsx";
import { Section } from "#design/section.tsx";
import { Skeleton } from "#design/skeleton.tsx";
import { useStanding } from "./verification-standing.ts";
import { words } from "./verification-words.ts";

export function VerificationSection() {
  const [state] = useStanding();
  return (
    <Section title={words.section.title}>
      {state.at === "loading" && <Skeleton label={words.loading} lines={1} />}
      {state.at === "failed" && <Notice kind="refusal">{state.why}</Notice>}
      {state.at === "shown" && <p>{words.section.states[state.standing.state]}</p>}
      <LinkButton href="/account/verification">{words.section.open}</LinkButton>
    </Section>
  );
}
