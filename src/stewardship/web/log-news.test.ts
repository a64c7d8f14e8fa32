import { expect, test } from "vitest";
import { Browser, COLLECTIONS, withBrowsers } from "../../../tests/device.ts";
import { withIdentity } from "../../../tests/identity.ts";
import { decisionChain as chain, founding } from "../../../tests/steward-logs.ts";
import { ok, refuse } from "#platform/result.ts";
import type { LoggedDecision, StewardLogEntry } from "../log-entry.ts";
import { keptHead, type LogAnswers } from "./log-answers.ts";
import { isNews, keepSeen } from "./log-news.ts";
import { checkLogs } from "./logs.ts";

const house = withIdentity();
withBrowsers();

const names = [...COLLECTIONS, "log-heads"];

async function opened(sharing?: {
  browser: Browser;
  person: Awaited<ReturnType<typeof house.join>>;
}) {
  house.limits = { take: () => 0 };
  const person = sharing?.person ?? (await house.join());
  const browser = new Browser(house, person, sharing?.browser);
  return { browser, person, safe: await browser.open(names) };
}

type Opened = Awaited<ReturnType<typeof opened>>;

/** As the server would tell both logs to a device with this safe. */
async function told(
  { safe }: Opened,
  log: { decisions: readonly LoggedDecision[]; entries: readonly StewardLogEntry[] },
): Promise<LogAnswers> {
  const kept = await keptHead(safe, "decisions");
  return {
    kept,
    decisions: ok({
      decisions: log.decisions.slice(kept === null ? 0 : kept.sequence - 1),
      last: log.decisions.length,
    }),
    keys: ok({ entries: [...log.entries], documentsWait: false }),
  };
}

async function checked(one: Opened, log: Parameters<typeof told>[1]): Promise<void> {
  const answers = await told(one, log);
  expect(await one.browser.in(() => checkLogs(one.safe, answers))).toBe(true);
  await keepSeen(one.safe, answers);
  await one.browser.in(() => one.safe.sync());
}

const log = { decisions: chain(3), entries: [founding(1)] };

test("logs that nobody has written to are no news", async () => {
  const phone = await opened();
  const answers = await told(phone, { decisions: [], entries: [] });
  expect(await isNews(phone.safe, answers)).toBe(false);
});

test("what was checked is no news any more, and every entry after it is", async () => {
  const phone = await opened();
  expect(await isNews(phone.safe, await told(phone, log))).toBe(true);
  await checked(phone, log);
  expect(await isNews(phone.safe, await told(phone, log))).toBe(false);
  const decided = { ...log, decisions: chain(4) };
  expect(await isNews(phone.safe, await told(phone, decided))).toBe(true);
  const founded = { ...log, entries: [...log.entries, founding(2)] };
  expect(await isNews(phone.safe, await told(phone, founded))).toBe(true);
});

test("a log that went back, was rewritten or is empty again is news", async () => {
  const phone = await opened();
  await checked(phone, log);
  const [first, , third] = log.decisions;
  for (const decisions of [
    [],
    [first!],
    log.decisions.map((each) => ({ ...each, hash: first!.hash })),
  ])
    expect(await isNews(phone.safe, await told(phone, { ...log, decisions }))).toBe(true);
  const missing = {
    kept: await keptHead(phone.safe, "decisions"),
    keys: ok({ entries: log.entries, documentsWait: false }),
  };
  const shorter = ok({ decisions: [third!], last: 2 });
  expect(await isNews(phone.safe, { ...missing, decisions: shorter })).toBe(true);
  for (const entries of [[], [founding(2)], [{ ...log.entries[0]!, epoch: 2 }]])
    expect(await isNews(phone.safe, await told(phone, { ...log, entries }))).toBe(true);
});

test("what this device saw is news where another device's head says otherwise", async () => {
  const phone = await opened();
  await checked(phone, log);
  const tablet = await opened({ browser: new Browser(house, phone.person), person: phone.person });
  await tablet.browser.in(() => tablet.safe.sync());
  // It has the head, and has checked nothing itself.
  expect(await isNews(tablet.safe, await told(tablet, log))).toBe(true);
});

test("an answer that didn't come is news, which the check then calls unread", async () => {
  const phone = await opened();
  await checked(phone, log);
  const answers = { ...(await told(phone, log)), keys: refuse({ type: "Offline" } as const) };
  expect(await isNews(phone.safe, answers)).toBe(true);
  expect(await phone.browser.in(() => checkLogs(phone.safe, answers))).toBeNull();
});
