import fc from "fast-check";
import { expect, test } from "vitest";
import { makeLimits, networkPrefix } from "./limits.ts";

const start = Date.parse("2031-03-03T12:00:00Z");
const stopped = () => {
  const clock = { at: start, now: () => clock.at };
  return { clock, limits: makeLimits(clock) };
};

test("so many requests a minute pass, and the next is told how long to wait", () => {
  const { limits } = stopped();
  const waits = Array.from({ length: 7 }, () => limits.take("key", 5));
  expect(waits).toEqual([0, 0, 0, 0, 0, 12, 12]);
});

test("after the time that was told the next one passes", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 600 }), (perMinute) => {
      const { clock, limits } = stopped();
      let wait = 0;
      for (let tries = 0; tries <= perMinute; tries++) wait = limits.take("key", perMinute);
      expect(wait).toBeGreaterThan(0);
      clock.at += wait * 1000;
      expect(limits.take("key", perMinute)).toBe(0);
    }),
  );
});

test("keys don't share, and a refused request costs nothing", () => {
  const { clock, limits } = stopped();
  for (let tries = 0; tries < 100; tries++) limits.take("one", 6);
  expect(limits.take("other", 6)).toBe(0);
  clock.at += 10_000;
  expect(limits.take("one", 6)).toBe(0);
  expect(limits.take("one", 6)).toBe(10);
});

test("looking tells what taking would, and takes nothing", () => {
  const { clock, limits } = stopped();
  expect(limits.look("a", 2)).toBe(0);
  expect([limits.take("a", 2), limits.look("a", 2), limits.take("a", 2)]).toEqual([0, 0, 0]);
  expect([limits.look("a", 2), limits.look("a", 2), limits.take("a", 2)]).toEqual([30, 30, 30]);
  clock.at += 30_000;
  expect([limits.look("a", 2), limits.take("a", 2), limits.look("a", 2)]).toEqual([0, 0, 30]);
});

test("no more than a minute's worth is saved up", () => {
  const { clock, limits } = stopped();
  limits.take("key", 3);
  clock.at += 3_600_000;
  const passed = Array.from({ length: 9 }, () => limits.take("key", 3)).filter(
    (wait) => wait === 0,
  );
  expect(passed).toHaveLength(3);
});

test("a clock that is set back by hours locks nobody out, nor lets more in", () => {
  const { clock, limits } = stopped();
  for (let tries = 0; tries < 4; tries++) limits.take("key", 4);
  clock.at -= 5 * 3_600_000;
  expect(limits.take("key", 4)).toBe(15);
  clock.at += 15_000;
  expect(limits.take("key", 4)).toBe(0);
});

test("any run of requests lets pass at most a minute's worth and what time has added", () => {
  const steps = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 60 });
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 30 }), (pauses, perMinute) => {
      const { clock, limits } = stopped();
      let passed = 0;
      for (const pause of pauses) {
        clock.at += pause;
        if (limits.take("key", perMinute) === 0) passed += 1;
      }
      const minutes = (clock.at - start) / 60_000;
      expect(passed).toBeLessThanOrEqual(perMinute * (1 + minutes) + 1e-6);
    }),
  );
});

test("many keys push out the oldest ones alone", () => {
  const { limits } = stopped();
  limits.take("old", 1);
  limits.take("in use", 2);
  for (let nth = 0; nth < 50_001; nth++) {
    limits.take(`flood ${nth}`, 1);
    if (nth === 40_000) limits.take("in use", 2);
  }
  expect(limits.take("in use", 2)).toBeGreaterThan(0);
  expect(limits.take("old", 1)).toBe(0);
});

test.each([
  ["192.0.2.17", "192.0.2"],
  ["::ffff:192.0.2.17", "192.0.2"],
  ["2001:db8:7:1:2:3:4:5", "2001:db8:7"],
  ["2001:db8:7::5", "2001:db8:7"],
  ["2001:db8::5", "2001:db8:0"],
  ["2001:db8:0:9:2:3:4:5", "2001:db8:0"],
  ["2001:0db8:0000:0009::5", "2001:db8:0"],
  ["2001::5:6:7:8", "2001:0:0"],
  ["2001::99:6:7:8", "2001:0:0"],
  ["::1", "0:0:0"],
  ["::", "0:0:0"],
  ["fe80::1%eth0", "fe80:0:0"],
])("%s comes from the network %s", (address, prefix) => {
  expect(networkPrefix(address)).toBe(prefix);
});

test("every address of one network gives one prefix, and the rest of it is not kept", () => {
  const group = fc.integer({ min: 0, max: 0xffff });
  const rest = fc.array(group, { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(fc.tuple(group, group, group), rest, rest, (network, one, other) => {
      const spelled = (end: number[]) =>
        new URL(
          `http://[${[...network, ...end].map((each) => each.toString(16)).join(":")}]`,
        ).hostname // As Node writes addresses: the longest run of zeros is folded.
          .slice(1, -1);
      expect(networkPrefix(spelled(one))).toBe(networkPrefix(spelled(other)));
      expect(networkPrefix(spelled(one)).split(":")).toHaveLength(3);
    }),
  );
});

test("what is no address, or has gone already, is no network", () => {
  for (const nothing of ["", "unknown", "x:y:z", "192.0.2", undefined])
    expect(networkPrefix(nothing)).toBe("");
});
