/** Checks both logs once for each time the safe is opened, quietly, when what is shown has come. */
import { isWiped } from "#vault/web/device.ts";
import type { Safe } from "#vault/web/safe.ts";

const findings = new WeakMap<Safe, Promise<boolean | null>>();
const AFTER_MS = 2_500;

/** True where both are good, false where the member has to be told, null where it is not known. */
export function watchLogs(safe: Safe): Promise<boolean | null> {
  const before = findings.get(safe);
  if (before !== undefined) return before;
  const finding = look(safe);
  findings.set(safe, finding);
  return finding;
}

async function look(safe: Safe): Promise<boolean | null> {
  await new Promise((resolve) => setTimeout(resolve, AFTER_MS));
  try {
    // Another device may have kept a later head.
    await safe.sync();
    const { readNews, keepSeen } = await import("./log-news.ts");
    const news = await readNews(safe);
    if (news === null) return true;
    const { checkLogs } = await import("./logs.ts");
    const isGood = await checkLogs(safe, news);
    if (isGood === true) await keepSeen(safe, news);
    // Looked at again by whoever asks next.
    if (isGood !== true) findings.delete(safe);
    return isGood;
  } catch (error) {
    if (isWiped(error)) return null;
    throw error;
  }
}
