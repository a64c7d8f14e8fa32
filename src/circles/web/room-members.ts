/** The members of a room as they are shown. */
import type { MemberLog } from "../room/member-log.ts";
import { shownNames } from "../room/own-name.ts";
import { pseudonymNames, type CircleNames } from "../room/pseudonym-name.ts";
import type { RoomMember } from "./room-state.ts";

export function membersShown(
  log: MemberLog,
  paused: ReadonlySet<string>,
  names: CircleNames,
  me: string,
): readonly RoomMember[] {
  const shown = shownNames(log, names);
  const generated = pseudonymNames(names, log.circle);
  const members = log.seats.map(({ pseudonym, number, leads, ended }): RoomMember => {
    const is = ended ?? (paused.has(pseudonym) ? "paused" : "here");
    return {
      pseudonym,
      name: shown.get(pseudonym)!,
      firstName: generated[number]!,
      isOwn: pseudonym === me,
      is,
      leads: leads && ended === null,
    };
  });
  const isGone = ({ is }: RoomMember) => is === "left" || is === "removed" || is === "lapsed";
  return [...members.filter((each) => !isGone(each)), ...members.filter(isGone)];
}
