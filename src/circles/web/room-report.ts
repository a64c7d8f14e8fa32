/** What goes into a report: the chosen messages with every wording they had, and others so that they can be understood. */
import { reportedMessage, type Report } from "../room/report.ts";
import { MOST_REPORTED } from "./room-state.ts";
import type { Opened } from "./room-thread.ts";

/** Null where nothing of it is here. What is reported comes before what only explains it, if all is too much. */
export function reportOf(
  circle: string,
  opened: readonly Opened[],
  reported: readonly string[],
  context: readonly string[],
  note: string,
): Report | null {
  const senderOf = new Map(opened.map(({ message: { id, sender } }) => [id, sender]));
  const wordingsOf = (ids: readonly string[]) =>
    opened.filter(({ message: { id, sender, content } }) => {
      const post = content.kind === "edit" ? content.target : id;
      return ids.includes(post) && senderOf.get(post) === sender;
    });
  const chosen = wordingsOf(reported).slice(0, MOST_REPORTED);
  if (chosen.length === 0) return null;
  const around = wordingsOf(context.filter((id) => !reported.includes(id)));
  const room = MOST_REPORTED - chosen.length;
  const explaining = new Set(room === 0 ? [] : around.slice(-room));
  const messages = opened
    .filter((each) => chosen.includes(each) || explaining.has(each))
    .map((each) =>
      reportedMessage(each.message, each.stamp, chosen.includes(each) ? "reported" : "context"),
    );
  return { circle, note, messages };
}
