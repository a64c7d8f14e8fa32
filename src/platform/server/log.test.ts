import { afterEach, expect, test, vi } from "vitest";
import { makeLog, type LogLevel } from "./log.ts";

afterEach(() => vi.useRealTimers());

function logged(level: LogLevel = "debug") {
  const lines: string[] = [];
  let time = Date.parse("2026-11-22T03:04:59.999Z");
  const log = makeLog({ level, write: (line) => lines.push(line), now: () => time });
  return { log, lines, later: (ms: number) => (time += ms) };
}

test("a line has a sentence, allowed fields and the minute", () => {
  const { log, lines } = logged();
  log.info("database started", { cluster: "named", ms: 31 });
  expect(JSON.parse(lines[0]!)).toEqual({
    level: "info",
    time: "2026-11-22T03:04Z",
    cluster: "named",
    ms: 31,
    msg: "database started",
  });
});

test("a field that isn't on the list is dropped, even where the compiler was silenced", () => {
  const { log, lines } = logged();
  log.warn("mail failed", { code: "EAUTH", address: "vega@example.org" } as { code: string });
  expect(lines[0]).not.toContain("vega");
  expect(lines[0]).toContain("EAUTH");
});

test("a sentence put together at run time does not compile", () => {
  const { log } = logged();
  const words: string = "words of a member";
  // @ts-expect-error not a literal
  log.info(words);
  // @ts-expect-error not a literal
  log.info(`she said ${words}`);
  log.info("a literal");
});

test("a named request is its pattern, status and a bucket of its duration", () => {
  const { log, lines } = logged();
  log.request({ zone: "named", method: "GET", route: "/api/named/x/:id", status: 200, ms: 47.3 });
  expect(JSON.parse(lines[0]!)).toMatchObject({
    method: "GET",
    route: "/api/named/x/:id",
    status: 200,
    took: "<100ms",
  });
  expect(lines[0]).not.toContain("47");
});

test("requests are quiet at the usual level, unless they failed", () => {
  const { log, lines } = logged("info");
  log.request({ zone: "named", method: "GET", route: "/a", status: 200, ms: 1 });
  log.request({ zone: "named", method: "GET", route: "/b", status: 500, ms: 1 });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain("/b");
});

test("nameless requests leave one line a day, with no route and no time of their own", () => {
  const { log, lines, later } = logged();
  for (let i = 0; i < 3; i++)
    log.request({
      zone: "nameless",
      method: "POST",
      route: "/api/nameless/spend",
      status: 200,
      ms: 5,
    });
  expect(lines).toEqual([]);
  later(24 * 3600_000);
  log.request({
    zone: "nameless",
    method: "POST",
    route: "/api/nameless/spend",
    status: 500,
    ms: 5,
  });
  log.flush();
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { day: "2026-11-22", requests: 3, failures: 0 },
    { day: "2026-11-23", requests: 1, failures: 1 },
  ]);
  expect(lines.join()).not.toContain("spend");
});

test("a day's count is written when it is over, whether or not anybody comes by", () => {
  vi.useFakeTimers();
  const { log, lines, later } = logged();
  const request = { zone: "nameless", method: "POST", route: "/a", status: 200, ms: 5 } as const;
  log.request(request);
  later(24 * 3600_000);
  log.request(request);
  log.request(request);
  // Not with that request, whose minute it would have.
  expect(lines).toEqual([]);
  vi.advanceTimersByTime(3600_000);
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { day: "2026-11-22", requests: 1 },
  ]);
  vi.advanceTimersByTime(3600_000);
  expect(lines).toHaveLength(1);
  log.flush();
  expect(JSON.parse(lines[1]!)).toMatchObject({ day: "2026-11-23", requests: 2 });
});

test("a nameless defect comes with the day's count, without a number to tell anybody", () => {
  const { log, lines } = logged();
  for (let i = 0; i < 3; i++)
    expect(log.defect(new TypeError("canary"), "say", "nameless")).toBe("");
  expect(lines).toEqual([]);
  log.flush();
  expect(JSON.parse(lines[1]!)).toMatchObject({
    day: "2026-11-22",
    count: 3,
    where: "say",
    kind: "TypeError",
  });
  expect(lines.join()).not.toMatch(/canary|incident/);
});

test("a defect is written with frames and code but without its message", () => {
  const { log, lines } = logged();
  const error = Object.assign(new TypeError('invalid input: "I cried in the car"'), {
    code: "22P02",
  });
  const incident = log.defect(error, "reflect.save");
  expect(incident).toMatch(/^[0-9a-f]{10}$/);
  const line = JSON.parse(lines[0]!) as { frames: string[] };
  expect(line).toMatchObject({ incident, where: "reflect.save", kind: "TypeError", code: "22P02" });
  expect(line.frames.join()).toContain("log.test.ts");
  expect(lines[0]).not.toContain("cried");
});

test("a defect that is not an error is written too", () => {
  const { log, lines } = logged();
  log.defect("some words", "mail");
  expect(lines[0]).not.toContain("some words");
  expect(lines[0]).toContain('"kind":"string"');
});
