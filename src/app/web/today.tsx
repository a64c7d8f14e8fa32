/** The first room: one thing to do now, and what comes next. */
import { Page } from "#design/page.tsx";
import { useAccount } from "#identity/web/door.tsx";

export function Today() {
  const account = useAccount();
  return <Page title={`Good day, ${account.name}`} />;
}
