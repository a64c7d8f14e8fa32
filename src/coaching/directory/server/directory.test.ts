import { expect, test } from "vitest";
import type { BodyInputOf } from "#platform/contract.ts";
import { HOURS, PROFILE, withCoaching } from "../../../../tests/coaching.ts";
import { writeHours } from "../../booking/contract.ts";
import {
  changeCoachState,
  decideCoach,
  readCoaches,
  readProfile,
  readSubmittedCoaches,
  writeProfile,
  type CoachState,
  type DeclaredCredential,
} from "../contract.ts";
import { weeklyHoursToHours } from "../weekly-hours.ts";

const room = withCoaching();

const ICF: DeclaredCredential = {
  granted: { body: "ICF", level: "PCC" },
  expires: "2032-04",
  number: "0000-FICTION-1",
};
const OTHER: DeclaredCredential = {
  granted: { body: "other", level: "A course by the sea" },
  expires: null,
  number: "7",
};

const cards = async (who: string) => (await room.must(who, readCoaches)).coaches;
const cardOf = async (who: string, coach: string) =>
  (await cards(who)).find((card) => card.id === coach);
const move = (coach: string, to: CoachState) =>
  room.refusal(coach, changeCoachState, { body: { to } });

test("a coach begins with an empty draft", async () => {
  const coach = await room.join(["coach"]);
  expect(await room.must(coach, readProfile)).toEqual({
    state: "draft",
    kind: "other-certified-coach",
    profile: null,
    credentials: [],
    returnedBecause: null,
  });
});

test("nobody who isn't a coach has a coach's profile, and no one but a steward decides", async () => {
  const [member, coach] = [await room.join(), await room.join(["coach"])];
  expect(await room.refusal(member, readProfile)).toBe("NotFound");
  expect(await room.refusal(member, writeProfile, { body: PROFILE as never })).toBe("NotFound");
  expect(await room.refusal(coach, readSubmittedCoaches)).toBe("NotFound");
  const decision = { decision: "return", reason: "Not mine to say" } as const;
  const asked = { params: { id: coach }, body: decision };
  expect(await room.refusal(coach, decideCoach, asked)).toBe("NotFound");
  expect(await room.refusal(null, readCoaches)).toBe("NotSignedIn");
});

test("a steward can't decide about somebody who never was a coach", async () => {
  const [steward, member] = [await room.join(["steward"]), await room.join()];
  const body = { decision: "return", reason: "Nothing there" } as const;
  expect(await room.refusal(steward, decideCoach, { params: { id: member }, body })).toBe(
    "NotFound",
  );
});

test("asking for publication wants a profile and hours", async () => {
  const coach = await room.join(["coach"]);
  expect(await move(coach, "submitted")).toBe("ProfileMissing");
  await room.must(coach, writeProfile, { body: { profile: PROFILE, credentials: [] } });
  expect(await move(coach, "submitted")).toBe("HoursMissing");
  await room.must(coach, writeHours, { body: HOURS });
  expect(await move(coach, "submitted")).toBeNull();
});

test("a coach can't publish themselves, nor come out of a pause they never began", async () => {
  const coach = await room.join(["coach"]);
  for (const to of ["published", "paused"] as const)
    expect(await move(coach, to)).toBe("NotFromHere");
  await room.must(coach, writeProfile, { body: { profile: PROFILE, credentials: [] } });
  await room.must(coach, writeHours, { body: HOURS });
  expect(await move(coach, "submitted")).toBeNull();
  for (const to of ["published", "paused"] as const)
    expect(await move(coach, to)).toBe("NotFromHere");
  expect(await move(coach, "submitted")).toBeNull();
  expect(await move(coach, "draft")).toBeNull();
});

test("who sends a profile back says why, and the next asking clears it", async () => {
  const [coach, steward] = [await room.join(["coach"]), await room.join(["steward"])];
  await room.must(coach, writeProfile, { body: { profile: PROFILE, credentials: [ICF] } });
  await room.must(coach, writeHours, { body: HOURS });
  const asked = {
    params: { id: coach },
    body: { decision: "return", reason: "The number doesn't open." } as const,
  };
  expect(await room.refusal(steward, decideCoach, asked)).toBe("NotWaiting");
  await room.must(coach, changeCoachState, { body: { to: "submitted" } });
  await room.must(steward, decideCoach, asked);
  const returned = await room.must(coach, readProfile);
  expect([returned.state, returned.returnedBecause]).toEqual(["draft", "The number doesn't open."]);
  await room.must(coach, changeCoachState, { body: { to: "submitted" } });
  expect((await room.must(coach, readProfile)).returnedBecause).toBeNull();
});

test("the index shows a published coach's card, with the week, the checked credential and no number", async () => {
  const [coach, steward, member] = [
    await room.join(["coach"]),
    await room.join(["steward"]),
    await room.join(),
  ];
  await room.must(coach, writeProfile, { body: { profile: PROFILE, credentials: [ICF, OTHER] } });
  await room.must(coach, writeHours, { body: { ...HOURS, timeZone: "Asia/Kathmandu" } });
  await room.must(coach, changeCoachState, { body: { to: "submitted" } });
  expect(await cardOf(member, coach)).toBeUndefined();
  await room.must(steward, decideCoach, {
    params: { id: coach },
    body: { decision: "publish", kind: "physician", verified: [ICF] },
  });
  const card = (await cardOf(member, coach))!;
  expect(card).toMatchObject({ kind: "physician", timeZone: "Asia/Kathmandu", ...PROFILE });
  expect(card.credentials.map(({ state }) => state)).toEqual(["verified", "self-declared"]);
  expect(JSON.stringify(card)).not.toContain(ICF.number);
  expect(weeklyHoursToHours(card.weeklyHours)).toContain(24 + 9);
  expect(weeklyHoursToHours(card.weeklyHours)).not.toContain(9);
});

test("what stewards decide about coaches is logged, without whom and with no more than has changed", async () => {
  const { owner } = room.cluster;
  const last = async () =>
    (
      await owner.query<{ said: string }>(
        "select kind || ' ' || detail as said from stewardship.decision order by sequence",
      )
    ).rows.map(({ said }) => said);
  const before = (await last()).length;
  const [coach, steward] = [await room.join(["coach"]), await room.join(["steward"])];
  await room.must(coach, writeHours, { body: HOURS });
  await room.must(coach, writeProfile, { body: { profile: PROFILE, credentials: [ICF, OTHER] } });
  await room.must(coach, changeCoachState, { body: { to: "submitted" } });
  const decide = (body: BodyInputOf<typeof decideCoach>) =>
    room.must(steward, decideCoach, { params: { id: coach }, body });
  await decide({ decision: "return", reason: "One more thing, please." });
  await room.must(coach, changeCoachState, { body: { to: "submitted" } });
  await decide({ decision: "publish", kind: "physician", verified: [ICF] });
  await decide({ decision: "publish", kind: "physician", verified: [ICF] });
  await decide({ decision: "publish", kind: "physician", verified: [OTHER] });
  await decide({ decision: "return", reason: "The register has no such entry." });
  expect((await last()).slice(before)).toEqual([
    "coach-returned not-yet-published",
    "coach-published physician",
    "credential-checked confirmed",
    "credential-checked no-longer-confirmed",
    "credential-checked confirmed",
    "coach-withdrawn published-before",
  ]);
});

test("a credential stays checked only while nothing of it changes", async () => {
  const [coach, steward] = [await room.join(["coach"]), await room.join(["steward"])];
  await room.must(coach, writeHours, { body: HOURS });
  await room.must(coach, writeProfile, { body: { profile: PROFILE, credentials: [ICF, OTHER] } });
  await room.must(coach, changeCoachState, { body: { to: "submitted" } });
  await room.must(steward, decideCoach, {
    params: { id: coach },
    body: { decision: "publish", kind: "physician", verified: [ICF, OTHER] },
  });
  const renewed = { ...ICF, expires: "2035-04" };
  await room.must(coach, writeProfile, {
    body: { profile: PROFILE, credentials: [OTHER, renewed] },
  });
  const { credentials, state } = await room.must(coach, readProfile);
  expect(state).toBe("published");
  expect(credentials.map((each) => each.state)).toEqual(["verified", "self-declared"]);
});

test("what a steward checked is named by its content: one that changed meanwhile is refused, and nothing is done", async () => {
  const [coach, steward] = [await room.join(["coach"]), await room.join(["steward"])];
  const write = (...credentials: DeclaredCredential[]) =>
    room.must(coach, writeProfile, { body: { profile: PROFILE, credentials } });
  const publish = (...verified: DeclaredCredential[]) =>
    room.refusal(steward, decideCoach, {
      params: { id: coach },
      body: { decision: "publish", kind: "physician", verified },
    });
  const states = async () => {
    const { state, credentials } = await room.must(coach, readProfile);
    return [state, ...credentials.map((each) => each.state)];
  };
  await room.must(coach, writeHours, { body: HOURS });
  await write(ICF, OTHER);
  await room.must(coach, changeCoachState, { body: { to: "submitted" } });
  // The steward has read the list, and another credential takes the first one's place.
  for (const changed of [
    { ...ICF, number: "0000-FICTION-2" },
    { ...ICF, expires: "2033-04" },
    { ...ICF, granted: { body: "ICF", level: "MCC" } } as const,
    OTHER,
  ]) {
    await write(changed, OTHER);
    expect(await publish(ICF)).toBe("CredentialsChanged");
    expect(await publish(OTHER, ICF)).toBe("CredentialsChanged");
    expect(await states()).toEqual(["submitted", "self-declared", "self-declared"]);
  }
  // Only their places changed.
  await write(OTHER, ICF);
  expect(await publish(ICF)).toBeNull();
  expect(await states()).toEqual(["published", "self-declared", "verified"]);
  expect(await publish(OTHER)).toBeNull();
  expect(await states()).toEqual(["published", "verified", "self-declared"]);
});

test("of a list that changes while the steward decides, nothing is marked that the steward didn't see", async () => {
  const [coach, steward] = [await room.join(["coach"]), await room.join(["steward"])];
  const write = (...credentials: DeclaredCredential[]) =>
    room.must(coach, writeProfile, { body: { profile: PROFILE, credentials } });
  await room.must(coach, writeHours, { body: HOURS });
  await write(ICF);
  await room.must(coach, changeCoachState, { body: { to: "submitted" } });
  for (let round = 0; round < 8; round++) {
    const unseen = { ...ICF, number: `0000-UNSEEN-${round}` };
    await Promise.all([
      write(unseen),
      room.ask(steward, decideCoach, {
        params: { id: coach },
        body: { decision: "publish", kind: "physician", verified: [ICF] },
      }),
    ]);
    const { credentials } = await room.must(coach, readProfile);
    expect(credentials).toMatchObject([{ number: unseen.number, state: "self-declared" }]);
    await write(ICF);
  }
});

test("a paused coach leaves the index and comes back without asking", async () => {
  const coach = await room.publishedCoach();
  const member = await room.join();
  expect(await cardOf(member, coach)).toBeDefined();
  expect(await move(coach, "paused")).toBeNull();
  expect(await cardOf(member, coach)).toBeUndefined();
  expect(await move(coach, "published")).toBeNull();
  expect(await cardOf(member, coach)).toBeDefined();
});

test("a change on one node reaches the index of another", async () => {
  const other = await room.node();
  const coach = await room.publishedCoach();
  const member = await room.join();
  const there = async () => {
    const { coaches } = await room.must(member, readCoaches, {}, other);
    return coaches.some((card) => card.id === coach);
  };
  await expect.poll(there).toBe(true);
  await room.must(coach, changeCoachState, { body: { to: "paused" } });
  await expect.poll(there).toBe(false);
  await other.close();
});

test("who is no coach any more is not in the index", async () => {
  const coach = await room.publishedCoach();
  const member = await room.join();
  const { owner } = room.cluster;
  await owner.query("update identity.account set roles = '{}' where id = $1", [coach]);
  await owner.query("notify coaches_changed");
  await expect.poll(() => cardOf(member, coach)).toBeUndefined();
});

test("stewards see who waits and who is published, with the numbers to check", async () => {
  const [waiting, draft, steward] = [
    await room.join(["coach"]),
    await room.join(["coach"]),
    await room.join(["steward"]),
  ];
  for (const coach of [waiting, draft]) {
    await room.must(coach, writeProfile, { body: { profile: PROFILE, credentials: [ICF] } });
    await room.must(coach, writeHours, { body: HOURS });
  }
  await room.must(waiting, changeCoachState, { body: { to: "submitted" } });
  const { coaches } = await room.must(steward, readSubmittedCoaches);
  const seen = coaches.find((coach) => coach.id === waiting);
  expect(seen).toMatchObject({ state: "submitted", profile: PROFILE });
  expect(seen?.credentials[0]?.number).toBe(ICF.number);
  expect(coaches.some((coach) => coach.id === draft)).toBe(false);
});
