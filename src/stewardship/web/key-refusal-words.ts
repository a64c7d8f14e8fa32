/** What a steward is told where the stewards' key is not as it should be, or could not be changed. */
import type { WireRefusal } from "#platform/contract.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { words } from "./verification-words.ts";

/** Null for what anybody may meet. */
export function keyRefusalText({ type }: { readonly type: string }): string | null {
  switch (type) {
    case "LogWrong":
      return words.key.logWrong;
    case "HeadLost":
      return words.key.headLost;
    case "OtherKeys":
      return words.key.otherKeys;
    default:
      return null;
  }
}

/** An entry that the log did not take. */
export function extensionTrouble(refusal: WireRefusal): string {
  switch (refusal.type) {
    case "LogMoved":
      return words.key.moved;
    case "EntryRefused":
      return words.key.refused;
    default:
      return refusalToWords(refusal);
  }
}
