/** A small community for proofs: a steward, a published coach with open hours, and as many members as asked for. */
import {
  acceptAgreement,
  confirmBooking,
  holdSlot,
  readAgreements,
  readSlots,
  writeHours,
  type Hours,
} from "#coaching/booking/contract.ts";
import { changeCoachState, decideCoach, writeProfile } from "#coaching/directory/contract.ts";
import { makeInvitations } from "#stewardship/contract.ts";
import type { Role } from "#identity/account.ts";
import { letterTo } from "./instance.ts";
import { ask, join, must, type Member } from "./member.ts";

/** By letter, so that the address is proven: gives the code out of it. */
export async function invite(
  steward: Member,
  email: string,
  roles: readonly Role[] = [],
): Promise<string> {
  await must(
    ask(steward.origin, makeInvitations, {
      cookie: steward.cookie,
      body: { email, roles: [...roles], stage: "attending", show: false },
    }),
  );
  const code = /\/join#([0-9A-Z]+)/.exec(await letterTo(steward.origin, email))?.[1];
  if (code === undefined) throw new Error("The invitation's letter holds no link");
  return code;
}

export async function addMember(
  steward: Member,
  name: string,
  roles: readonly Role[] = [],
): Promise<Member> {
  const email = `${name.toLowerCase().replace(/[^a-z0-9]+/g, "-")}@proof.example`;
  return join(steward.origin, { code: await invite(steward, email, roles), email, name });
}

/** Around the clock, every day, so that a proof finds times whenever it runs. */
export const openHours: Hours = {
  timeZone: "America/New_York",
  weekly: [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, start: 0, end: 1440 })),
  exceptions: [],
  rules: {
    lengthMinutes: { chemistry: 20, session: 50 },
    stepMinutes: 30,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    minimumNoticeMinutes: 60,
    dailyCap: null,
    horizonDays: 60,
  },
  cancelNoticeHours: 24,
};

export async function addCoach(
  steward: Member,
  name: string,
  story = "A coach of the proving ground.",
): Promise<Member> {
  const coach = await addMember(steward, name, ["coach"]);
  const as = { cookie: coach.cookie };
  await must(ask(coach.origin, writeHours, { ...as, body: openHours }));
  await must(
    ask(coach.origin, writeProfile, {
      ...as,
      body: {
        profile: {
          story,
          paths: ["burnout"],
          stages: ["attending"],
          languages: ["en"],
          specialty: null,
          livedExperiences: [],
          styles: [],
          price: { currency: "USD", minorUnitsPerSession: 0, freeChemistryCall: true },
          modalities: ["video"],
          employers: [],
        },
        credentials: [],
      },
    }),
  );
  await must(ask(coach.origin, changeCoachState, { ...as, body: { to: "submitted" } }));
  await must(
    ask(steward.origin, decideCoach, {
      cookie: steward.cookie,
      params: { id: coach.account },
      body: { decision: "publish", kind: "physician", verified: [] },
    }),
  );
  return coach;
}

export async function freeStarts(
  member: Member,
  coach: Member,
  days = 14,
): Promise<readonly number[]> {
  const from = Math.floor(Date.now() / 60_000);
  const read = await must(
    ask(member.origin, readSlots, {
      cookie: member.cookie,
      params: { coach: coach.account },
      query: { kind: "session", from, days },
    }),
  );
  return read.starts;
}

export async function agree(member: Member, coach: Member): Promise<void> {
  const { current } = await must(ask(member.origin, readAgreements, { cookie: member.cookie }));
  await must(
    ask(member.origin, acceptAgreement, {
      cookie: member.cookie,
      body: { coach: coach.account, version: current },
    }),
  );
}

/** The booking's id, or the type of the refusal. */
export async function book(
  member: Member,
  coach: Member,
  start: number,
): Promise<{ id: string } | { refused: string }> {
  const held = await ask(member.origin, holdSlot, {
    cookie: member.cookie,
    body: { coach: coach.account, kind: "session", start },
  });
  if (!held.ok) return { refused: held.refusal.type };
  const confirmed = await ask(member.origin, confirmBooking, {
    cookie: member.cookie,
    body: { hold: held.value.booking },
  });
  return confirmed.ok ? { id: confirmed.value.booking.id } : { refused: confirmed.refusal.type };
}
