import { expect, test } from "vitest";
import { decisionChain as chain, founding } from "../../../tests/steward-logs.ts";
import { decisionHash } from "../decision-log.ts";
import type { LoggedDecision, LogHead, StewardLogEntry } from "../log-entry.ts";
import { readStewardLogEntries } from "../steward-log.ts";
import { judgeAll, judgeKeys, judgeNew } from "./logs.ts";

const headAt = (decisions: readonly LoggedDecision[], sequence: number): LogHead => {
  const { hash } = decisions[sequence - 1]!;
  return { sequence, hash };
};
const log = chain(5);

test("a log that goes on from the kept head is good, and its end is the new head", () => {
  const pages = { decisions: log, last: 5 };
  for (const kept of [null, headAt(log, 1), headAt(log, 3), headAt(log, 5)])
    expect(judgeAll(pages, kept)).toMatchObject({ at: "good", head: headAt(log, 5) });
  const kept = headAt(log, 3);
  const later = { decisions: log.slice(2), last: 5 };
  expect(judgeNew(later, kept)).toMatchObject({ at: "good", head: headAt(log, 5) });
});

test("an empty log is good until something was known of it", () => {
  const empty = { decisions: [], last: 0 };
  expect(judgeAll(empty, null)).toMatchObject({ at: "good", head: null });
  expect(judgeAll(empty, headAt(log, 1)).at).toBe("lost");
});

test("a log that was restored or rewritten is told as another history", () => {
  const kept = headAt(log, 5);
  expect(judgeAll({ decisions: log.slice(0, 3), last: 3 }, kept).at).toBe("lost");
  const other = chain(7, "document");
  expect(judgeAll({ decisions: other, last: 7 }, kept)).toMatchObject({
    at: "lost",
    head: headAt(other, 7),
  });
  expect(judgeNew({ decisions: other.slice(4), last: 7 }, kept).at).toBe("broken");
  // Rewritten at its end alone, and no longer than before.
  const end = { ...log[4]!, detail: "document" };
  const altered = [...log.slice(0, 4), { ...end, hash: decisionHash(log[3]!, end) }];
  expect(judgeAll({ decisions: altered, last: 5 }, kept).at).toBe("lost");
  expect(judgeNew({ decisions: altered.slice(4), last: 5 }, kept).at).toBe("broken");
});

test("a log that is changed, has a hole or ends before its end is broken", () => {
  const changed = log.map((each) => (each.sequence === 2 ? { ...each, detail: "roster" } : each));
  expect(judgeAll({ decisions: changed, last: 5 }, null).at).toBe("broken");
  const hole = log.filter(({ sequence }) => sequence !== 3);
  expect(judgeAll({ decisions: hole, last: 5 }, null).at).toBe("broken");
  expect(judgeAll({ decisions: log.slice(0, 3), last: 5 }, null).at).toBe("broken");
  const kept = headAt(log, 3);
  expect(judgeNew({ decisions: log.slice(2, 4), last: 5 }, kept).at).toBe("broken");
  expect(judgeNew({ decisions: [], last: 3 }, kept).at).toBe("broken");
});

// The stewards' key ----------------------------------------------------------------------------------

function headOf(entry: StewardLogEntry): LogHead {
  const read = readStewardLogEntries([entry], null);
  if (!read.ok || read.value === null) throw new Error("The founding doesn't hold");
  return { sequence: read.value.sequence, hash: read.value.hash };
}

test("the key's log is good with its head, another history without it, and broken where a signature is", () => {
  const [one, other] = [founding(1), founding(2)];
  expect(judgeKeys([one], null)).toMatchObject({ at: "good", head: headOf(one) });
  expect(judgeKeys([one], headOf(one)).at).toBe("good");
  expect(judgeKeys([], headOf(one))).toEqual({ at: "lost", content: null, head: null });
  expect(judgeKeys([other], headOf(one))).toMatchObject({ at: "lost", head: headOf(other) });
  const forged = { ...one, signature: other.signature };
  expect(judgeKeys([forged], null).at).toBe("broken");
  expect(judgeKeys([forged], headOf(one)).at).toBe("broken");
});
