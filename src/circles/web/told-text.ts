/** An entry of the member log as a line in the thread. */
import type { MemberLogEntry } from "../room/wire.ts";
import type { OpenRoom } from "./room-state.ts";
import { words } from "./room-words.ts";

export function toldText(entry: MemberLogEntry, { members }: Pick<OpenRoom, "members">): string {
  const told = words.told;
  const nameOf = (pseudonym: string) =>
    members.find((member) => member.pseudonym === pseudonym)?.name ?? words.thread.gone;
  const firstNameOf = (pseudonym: string) =>
    members.find((member) => member.pseudonym === pseudonym)?.firstName ?? words.thread.gone;
  switch (entry.kind) {
    case "formed":
      return entry.metBefore === undefined ? told.formed : told.merged;
    case "joined":
      return told.joined(nameOf(entry.signer));
    case "left":
      return told.left(nameOf(entry.signer));
    case "removed":
      return told.removed(nameOf(entry.member));
    case "lapsed":
      return told.lapsed(nameOf(entry.member));
    case "renewed":
      return told.renewed(nameOf(entry.signer));
    case "met":
      return told.met(entry.number);
    case "named":
      return entry.name === null
        ? told.unnamed(firstNameOf(entry.signer))
        : told.named(firstNameOf(entry.signer), entry.name);
    case "leads":
      return (entry.on ? told.leads : told.leadsNoMore)(nameOf(entry.signer));
    case "epoch":
      return "";
  }
}
