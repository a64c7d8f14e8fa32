/** Under which names a device keeps what belongs to one circle, and how it forgets that circle. */
import type { CircleHands } from "./keeping.ts";

/** Of the member, on all devices: up to where the thread was read, and who came to the meetings. */
export const readUntilId = (circle: string): string => `circle read ${circle}`;
export const attendedId = (circle: string): string => `circle attended ${circle}`;

/** On this device: what isn't sent yet, and what is being typed. */
export const outboxKey = (circle: string): string => `circle outbox ${circle}`;
export const composerKey = (circle: string): string => `circle draft ${circle}`;
export const mergingFormKey = (circle: string): string => `circle merging ${circle}`;

/**
 * The head of its log stays: a server that made up an end could otherwise come back with a circle that reads
 * differently.
 */
export function forgetCircle(
  { keeping, drafts }: Pick<CircleHands, "keeping" | "drafts">,
  circle: string,
): void {
  for (const id of [readUntilId(circle), attendedId(circle)]) keeping.keepLater(id, null);
  for (const key of [outboxKey(circle), composerKey(circle), mergingFormKey(circle)])
    void drafts.writeDraft(key, null);
}
