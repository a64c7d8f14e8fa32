/** A quiet word of verification on Today: for who hasn't asked, and for who doesn't know yet what was decided. */
import { Card, CardList } from "#design/card-list.tsx";
import { useAccount } from "#identity/web/door.tsx";
import { useIsDecisionSeen, useStanding } from "#identity/web/verification-standing.ts";
import { isVerificationTold } from "../next-thing.ts";
import { words } from "./today-words.ts";

export function VerificationCard({ isNewcomer }: { readonly isNewcomer: boolean }) {
  const { roles } = useAccount();
  const [read] = useStanding();
  const standing = read.at === "shown" ? read.standing : null;
  const isSeen = useIsDecisionSeen(standing);
  if (standing === null || standing.state === "asked") return null;
  if (!isVerificationTold(standing.state, { roles, isNewcomer, isSeen })) return null;
  const { title, about } = words.verification[standing.state];
  return (
    <CardList label={words.verification.label}>
      <Card title={title} meta={about} href="/account/verification" />
    </CardList>
  );
}
