/** What a steward's screens for coaches say. */
import type { CoachState } from "../contract.ts";

export const words = {
  back: { href: "/stewardship", text: "Stewardship" },
  backToList: { href: "/stewardship/coaches", text: "Coaches" },
  title: "Coaches",
  lead: "Members see a coach once a steward has looked at the profile and said which credentials hold.",
  loading: "Fetching the coaches",
  waiting: "Waiting for a steward",
  waitingEmpty: "Nobody waits. A coach who asks to be published appears here.",
  toRecheck: "Published, with something open",
  toRecheckLead: "A credential is the coach's own word, or has run out.",
  published: "Published",
  count: (count: number) =>
    count === 0 ? "Nobody waits." : count === 1 ? "One coach waits." : `${count} coaches wait.`,
  busy: "One moment",
  unknown: "Not known right now.",
  states: {
    draft: "Not asked yet",
    submitted: "Asks to be published",
    published: "Published",
    paused: "Paused by the coach",
  } satisfies Record<CoachState, string>,
  kinds: { physician: "Doctor", "other-certified-coach": "Certified coach, not a doctor" },
  credentials: (count: number, unchecked: number) =>
    count === 0
      ? "no credentials"
      : `${count === 1 ? "one credential" : `${count} credentials`}${unchecked === 0 ? "" : `, ${unchecked} unchecked`}`,
  meta: (parts: readonly string[]) => parts.join(" · "),

  gone: "This coach asks for nothing any more",
  goneText: "The request was taken back, or another steward has decided.",
  toList: "To the list",

  decideTitle: "What you have checked",
  decideLead:
    "Look each credential up with the body that granted it. What you leave open is shown as the coach's own word.",
  noCredentials: "This coach has entered no credential.",
  checked: (name: string) => `I have checked ${name}`,
  number: (number: string) => `Number ${number}`,
  until: (month: string) => `until ${month}`,
  noEnd: "no end",
  standings: { current: null, "expires-soon": "runs out soon", expired: "has run out" },
  details: (parts: readonly string[]) => parts.join(", "),
  kind: "Who this is",
  kindMissing: "Say which of the two.",
  kindNotes: {
    physician: "You have seen a medical licence or a register's entry in this name.",
    "other-certified-coach": "Marked as such wherever members meet the name.",
  },
  needsCredential:
    "Members are not offered a coach who is not a doctor without a credential that holds.",
  publish: "Publish",
  publishAgain: "Keep as published",
  publishing: "Publishing",
  publishedToast: (name: string) => `${name} is published.`,

  returnTitle: "Send it back",
  returnTitlePublished: "Take it out of the directory",
  returnLead: "The coach reads your reason, can change things and ask again.",
  returnLeadPublished:
    "Members stop seeing the coach at once; what is booked stays booked. The coach reads your reason and can ask again.",
  reason: "What has to change",
  reasonHint: "A sentence or two, as you would say it to a colleague.",
  reasonEmpty: "The coach needs a reason to go by.",
  reasonLong: "Shorten it to 600 letters.",
  returnAct: "Send back",
  returnActPublished: "Take out",
  returning: "Sending back",
  returnedToast: (name: string) => `Sent back. ${name} reads your reason.`,

  credentialsChanged:
    "The coach changed a credential while you looked. Nothing of yours was done. Here is how the list stands now; look at what is new in it before you decide.",
  notWaiting:
    "It changed in the meantime: the coach took the request back, or another steward has decided. Nothing of yours was done.",
};
