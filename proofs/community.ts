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
import {
  extendStewardLog,
  offerStewardKeys,
  readStewardKeys,
} from "#stewardship/steward-keys-contract.ts";
import { readStewardLog } from "#stewardship/logs-contract.ts";
import { readStewardLogEntries, type StewardLogState } from "#stewardship/steward-log.ts";
import {
  askByDocument,
  decideVerification,
  readVerifications,
} from "#stewardship/verification-contract.ts";
import { sealDocument } from "#stewardship/web/document-seal.ts";
import { foundEpoch, ownStewardKeys } from "#stewardship/web/steward-key.ts";
import type { Role } from "#identity/account.ts";
import { normaliseNpi } from "#identity/npi.ts";
import { askByNpi } from "#identity/verification-contract.ts";
import { toOpenKey } from "#vault/web/keys.ts";
import type { WireRefusal } from "#platform/contract.ts";
import type { Result } from "#platform/result.ts";
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
  isQuick = false,
): Promise<Member> {
  const email = `${name.toLowerCase().replace(/[^a-z0-9]+/g, "-")}@proof.example`;
  const code = await invite(steward, email, roles);
  return join(steward.origin, { code, email, name, isQuick });
}

let lastNpi = 0;

/** Another with every call, with a right check digit. They begin with a 2, as no real one so far does. */
export function nextNpi(): string {
  lastNpi += 1;
  const nine = `2${String(lastNpi).padStart(8, "0")}`;
  for (let digit = 0; ; digit++) {
    const npi = normaliseNpi(`${nine}${digit}`);
    if (npi !== null) return npi;
  }
}

/** Each asks by an NPI of their own, and the steward says yes. */
export async function verifyMembers(steward: Member, members: readonly Member[]): Promise<void> {
  for (let from = 0; from < members.length; from += AT_ONCE)
    await verifyAtOnce(steward, members.slice(from, from + AT_ONCE));
}

export const verifyMember = (steward: Member, member: Member): Promise<void> =>
  verifyMembers(steward, [member]);

// The queue shows two hundred.
const AT_ONCE = 100;

async function verifyAtOnce(steward: Member, members: readonly Member[]): Promise<void> {
  for (const member of members)
    await must(
      ask(member.origin, askByNpi, {
        cookie: member.cookie,
        body: { npi: nextNpi(), givenName: "Prova", familyName: "Proving" },
      }),
    );
  const as = { cookie: steward.cookie };
  const { verifications } = await patiently(() => ask(steward.origin, readVerifications, as));
  const idByAccount = new Map(verifications.map(({ account, id }) => [account, id]));
  for (const { account } of members)
    await patiently(() =>
      ask(steward.origin, decideVerification, {
        ...as,
        params: { id: idByAccount.get(account)! },
        body: { decision: "approve" },
      }),
    );
}

/** A steward has so many requests a minute; a proof has more members. */
async function patiently<Value>(asking: () => Promise<Result<Value, WireRefusal>>): Promise<Value> {
  for (;;) {
    const answered = await asking();
    if (answered.ok) return answered.value;
    if (answered.refusal.type !== "TooMany") throw new Error(`Refused: ${answered.refusal.type}`);
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}

/** The steward's keys are offered, and where nobody holds the stewards' key yet, this one founds it. */
export async function openStewardKey(steward: Member): Promise<StewardLogState> {
  const open = await toOpenKey(steward.vaultKey);
  const as = { cookie: steward.cookie };
  const { binding } = await ownStewardKeys(open);
  await must(ask(steward.origin, offerStewardKeys, { ...as, body: { binding } }));
  const { foundingDue } = await must(ask(steward.origin, readStewardKeys, as));
  if (foundingDue) {
    const body = await foundEpoch(open, await stewardLog(steward.origin), steward.account);
    await must(ask(steward.origin, extendStewardLog, { ...as, body }));
  }
  return (await stewardLog(steward.origin))!;
}

/** Seals a document to the stewards' key, as the member's device does, and asks with it. */
export async function askWithDocument(member: Member, file: Uint8Array): Promise<void> {
  const { epoch, epochKeys } = (await stewardLog(member.origin))!;
  const sealed = await sealDocument(epoch, epochKeys, member.account, file);
  await must(
    ask(member.origin, askByDocument, {
      cookie: member.cookie,
      body: {
        licence: { country: "US", number: nextNpi() },
        givenName: "Prova",
        familyName: "Proving",
        epoch,
        sealed,
      },
    }),
  );
}

async function stewardLog(origin: string): Promise<StewardLogState | null> {
  const { entries } = await must(ask(origin, readStewardLog));
  const read = readStewardLogEntries(entries, null);
  if (!read.ok) throw new Error(`The stewards' log: ${read.refusal.type}`);
  return read.value;
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
  now = Date.now(),
): Promise<readonly number[]> {
  const from = Math.floor(now / 60_000);
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
