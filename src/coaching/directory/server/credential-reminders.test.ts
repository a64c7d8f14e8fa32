import { expect, test } from "vitest";
import { openLetter } from "#platform/server/letters.ts";
import { HOURS, PROFILE, withCoaching } from "../../../../tests/coaching.ts";
import { writeHours } from "../../booking/contract.ts";
import {
  changeCoachState,
  decideCoach,
  readCoaches,
  writeProfile,
  type DeclaredCredential,
} from "../contract.ts";
import { remindOfCredentials } from "./credential-reminders.ts";

const room = withCoaching();

const until = (expires: string | null, number = "0000-FICTION"): DeclaredCredential => ({
  granted: { body: "ICF", level: "PCC" },
  expires,
  number,
});
const write = (coach: string, credentials: DeclaredCredential[]) =>
  room.must(coach, writeProfile, { body: { profile: PROFILE, credentials } });
async function coachWith(...credentials: DeclaredCredential[]): Promise<string> {
  const coach = await room.join(["coach"]);
  await write(coach, credentials);
  return coach;
}
/** The day's job; gives what it wrote to whom. */
async function runOn(day: string): Promise<{ to: string; day: string }[]> {
  room.clock.at = Date.parse(`${day}T03:17:00Z`);
  await room.cluster.owner.query("truncate graphile_worker._private_jobs");
  await remindOfCredentials(room.deps);
  return (await room.jobs()).map(({ payload }) => {
    const letter = openLetter(room.letterKey, String(payload["sealed"]))!;
    expect(letter.template).toBe("credential-expiry");
    return { to: letter.to, day: letter.fields["day"]! };
  });
}
const to = (coach: string, day: string) => ({ to: `${coach}@mail.example`, day });

test("a coach is written to sixty, thirty and seven days before the end, and on the day", async () => {
  const coach = await coachWith(until("2031-06"), until(null, "1"), until("2040-01", "2"));
  const told = [];
  for (const day of ["2031-04-30", "2031-05-01", "2031-05-31", "2031-06-01", "2031-06-23"])
    told.push((await runOn(day)).length);
  expect(told).toEqual([0, 1, 1, 0, 1]);
  expect(await runOn("2031-06-30")).toEqual([to(coach, "30 June 2031")]);
  expect(await runOn("2031-07-01")).toEqual([]);
  await room.cluster.owner.query("delete from coaching.credential");
});

test("the same day's job twice writes once, and a missed day is made up for", async () => {
  const coach = await coachWith(until("2031-06"));
  expect(await runOn("2031-05-03")).toEqual([to(coach, "30 June 2031")]);
  expect(await runOn("2031-05-03")).toEqual([]);
  await room.cluster.owner.query("delete from coaching.credential");
});

test("saving the profile reminds of nothing again; another end begins anew", async () => {
  const coach = await coachWith(until("2031-06"), until("2031-07", "1"));
  expect(await runOn("2031-05-01")).toHaveLength(1);
  await write(coach, [until("2031-07", "1"), until("2031-06")]);
  expect(await runOn("2031-05-02")).toEqual([]);
  await write(coach, [until("2031-07", "1"), until("2031-06", "other")]);
  expect(await runOn("2031-05-03")).toHaveLength(1);
  await room.cluster.owner.query("delete from coaching.credential");
});

test("all that end on one day are one letter, and who is no coach any more gets none", async () => {
  const coach = await coachWith(until("2031-06"), until("2031-06", "1"));
  const gone = await coachWith(until("2031-06"));
  const { owner } = room.cluster;
  await owner.query("update identity.account set roles = '{}' where id = $1", [gone]);
  expect(await runOn("2031-05-01")).toEqual([to(coach, "30 June 2031")]);
  await owner.query("delete from coaching.credential");
});

test("on the day after its end a checked credential is not shown as checked", async () => {
  const [coach, steward, member] = [
    await coachWith(until("2031-06")),
    await room.join(["steward"]),
    await room.join(),
  ];
  await room.must(coach, writeHours, { body: HOURS });
  await room.must(coach, changeCoachState, { body: { to: "submitted" } });
  await room.must(steward, decideCoach, {
    params: { id: coach },
    body: { decision: "publish", kind: "physician", verified: [until("2031-06")] },
  });
  const shownOn = async (day: string) => {
    room.clock.at = Date.parse(`${day}T12:00:00Z`);
    const { coaches } = await room.must(member, readCoaches);
    return coaches.find((card) => card.id === coach)!.credentials.map(({ state }) => state);
  };
  expect(await shownOn("2031-06-30")).toEqual(["verified"]);
  expect(await shownOn("2031-07-01")).toEqual(["self-declared"]);
});
