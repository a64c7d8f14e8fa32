/**
 * The calendar files that go out: a "Hold" from one time to another, and nothing else that somebody who looks at
 * the calendar could read. No guest, no place, no text; the organizer is an address that takes no answers.
 */
import ical, {
  ICalCalendarMethod,
  ICalEventClass,
  ICalEventStatus,
  ICalEventTransparency,
} from "ical-generator";

/** Epoch milliseconds. The same UID all along; `sequence` is counted up with every change (RFC 5546 section 2.1.4). */
export interface Hold {
  readonly uid: string;
  readonly sequence: number;
  readonly start: number;
  readonly end: number;
}

export interface Invitation extends Hold {
  readonly method: "REQUEST" | "CANCEL";
  readonly now: number;
  /** Without one, no-reply at the UID's own domain. */
  readonly organizer?: string;
}

const MAKER = { company: "Hold", product: "Calendar", language: "EN" };
/** How often a calendar program may look for changes. */
const FEED_HOURS = 1;

/** To be attached to a letter: asks for the hold, or takes it back. */
export function invitationFile(invitation: Invitation): string {
  const {
    method,
    uid,
    now,
    organizer = `no-reply@${uid.slice(uid.lastIndexOf("@") + 1)}`,
  } = invitation;
  const isCancelled = method === "CANCEL";
  const file = ical({
    prodId: MAKER,
    method: isCancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
  });
  file.createEvent({
    ...holdEvent(invitation, now),
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer: { name: "no-reply", email: organizer },
  });
  return `${file.toString()}\r\n`;
}

/** All of a person's holds, to be subscribed to. */
export function feedFile(holds: readonly Hold[], now: number): string {
  const file = ical({
    prodId: MAKER,
    method: ICalCalendarMethod.PUBLISH,
    name: "Hold",
    ttl: FEED_HOURS * 3600,
  });
  for (const hold of holds) {
    file.createEvent({ ...holdEvent(hold, now), status: ICalEventStatus.CONFIRMED });
  }
  return `${file.toString()}\r\n`;
}

function holdEvent({ uid, sequence, start, end }: Hold, now: number) {
  return {
    id: uid,
    sequence,
    start: new Date(start),
    end: new Date(end),
    stamp: new Date(now),
    summary: "Hold",
    class: ICalEventClass.PRIVATE,
    transparency: ICalEventTransparency.OPAQUE,
  };
}
