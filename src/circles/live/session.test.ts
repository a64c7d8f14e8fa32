import fc from "fast-check";
import { expect, test } from "vitest";
import { SCRIPT_PHASES } from "#library/circle-script.ts";
import { doesCount, mayOfferMerge, readAttended, withAttended } from "./attendance.ts";
import { everybodyShows } from "./faces.ts";
import {
  afterHearing,
  firstStage,
  handedOn,
  handsInOrder,
  leaderOf,
  leadingOrder,
  mayHandOn,
  mayLead,
  movedOn,
  wordGiven,
  type Order,
  type Stage,
} from "./session.ts";

const NAMES = ["a", "b", "c", "d", "e", "f"];
const seats = NAMES.map((pseudonym) => ({
  pseudonym,
  leads: false,
  ended: null as string | null,
}));
const orderAt = (meeting: number, present = NAMES): Order => ({
  inOrder: leadingOrder(seats, meeting),
  present: new Set(present),
});
const start = 100;

// Who leads ---------------------------------------------------------------------------------------

test("each meeting the next seat leads, and whoever is away is stood in for by the one after", () => {
  expect([1, 2, 6, 7].map((meeting) => leaderOf(orderAt(meeting)))).toEqual(["a", "b", "f", "a"]);
  expect(leaderOf(orderAt(2, ["a", "d", "f"]))).toBe("d");
  expect(leaderOf(orderAt(6, ["b"]))).toBe("b");
  expect(leaderOf(orderAt(1, []))).toBeNull();
});

test("who has left doesn't lead, and the turn of the others stays where it was", () => {
  const left = seats.map((seat) => (seat.pseudonym === "b" ? { ...seat, ended: "left" } : seat));
  expect([1, 2, 3].map((meeting) => leadingOrder(left, meeting)[0])).toEqual(["a", "c", "c"]);
});

test("where somebody offers to lead, it goes round among those who do, and the others stand in for them", () => {
  const offered = seats.map((seat) => ({ ...seat, leads: "be".includes(seat.pseudonym) }));
  const firstAt = (meeting: number, all = offered) => leadingOrder(all, meeting)[0];
  expect([1, 2, 3, 4].map((meeting) => firstAt(meeting))).toEqual(["b", "e", "b", "e"]);
  // All have their turn to speak, whoever leads.
  expect(leadingOrder(offered, 3)).toEqual(["b", "e", "c", "d", "f", "a"]);
  const standIn = { inOrder: leadingOrder(offered, 1), present: new Set(["a", "c", "e"]) };
  expect(leaderOf(standIn)).toBe("e");
  expect(leaderOf({ ...standIn, present: new Set(["c", "d"]) })).toBe("c");
});

test("who has left doesn't lead, though they offered it", () => {
  const gone = seats.map((seat) =>
    seat.pseudonym === "b" ? { ...seat, leads: true, ended: "left" } : seat,
  );
  expect([1, 2, 3].map((meeting) => leadingOrder(gone, meeting)[0])).toEqual(["a", "c", "c"]);
});

test("members alone decide who leads: with or without an offer all of them are in the order, once", () => {
  const seat = fc.record({ leads: fc.boolean(), ended: fc.constantFrom(null, null, "left") });
  fc.assert(
    fc.property(fc.array(seat, { maxLength: 8 }), fc.integer({ min: 1, max: 60 }), (all, at) => {
      const named = all.map((each, number) => ({ ...each, pseudonym: String(number) }));
      const members = named.filter(({ ended }) => ended === null);
      const order = leadingOrder(named, at);
      expect(order.toSorted()).toEqual(members.map(({ pseudonym }) => pseudonym));
      const leaders = members.filter(({ leads }) => leads);
      if (leaders.length > 0) expect(order[0]).toBe(leaders[(at - 1) % leaders.length]!.pseudonym);
    }),
  );
});

test("in the first four meetings one leads, from the fifth on everybody may", () => {
  for (const meeting of [1, 2, 3, 4]) {
    const order = orderAt(meeting);
    const leading = NAMES.filter((name) => mayLead(firstStage(meeting, start), order, name));
    expect(leading).toEqual([leaderOf(order)]);
  }
  const fifth = firstStage(5, start);
  expect(NAMES.every((name) => mayLead(fifth, orderAt(5), name))).toBe(true);
  expect(mayLead(fifth, orderAt(5), "stranger")).toBe(false);
});

// How it goes -------------------------------------------------------------------------------------

test("the phases come in their order, rounds begin with who leads, and after the last nothing comes", () => {
  const order = orderAt(3);
  let stage: Stage = firstStage(3, start);
  const seen = [[stage.phase, stage.turn]];
  for (let now = 1; ; now++) {
    const next = movedOn(stage, order, "c", now);
    if (next === null) break;
    expect(next).toMatchObject({ since: now, revision: stage.revision + 1, meeting: 3 });
    stage = next;
    seen.push([stage.phase, stage.turn]);
  }
  expect(seen).toEqual([
    ["arrival", null],
    ["opening-round", "c"],
    ["topic", null],
    ["open-talk", null],
    ["closing-round", "c"],
    ["over", null],
  ]);
  expect(seen.slice(0, -1).map(([phase]) => phase)).toEqual([...SCRIPT_PHASES]);
});

test("a round goes once to everybody who is there, also who comes in the middle, and then to nobody", () => {
  let stage = movedOn(firstStage(1, start), orderAt(1, ["a", "b", "d"]), "a", 1)!;
  const turns = [stage.turn];
  stage = handedOn(stage, orderAt(1, ["a", "b", "d"]), "a");
  turns.push(stage.turn);
  while (stage.turn !== null) {
    stage = handedOn(stage, orderAt(1, ["a", "b", "c", "d"]), stage.turn);
    turns.push(stage.turn);
  }
  expect(turns).toEqual(["a", "b", "c", "d", null]);
});

test("outside a round the word is given, handed back, and everybody may have it again", () => {
  const talk = { ...firstStage(1, start), phase: "open-talk" } as const;
  const given = wordGiven(talk, "e", "a");
  expect(given.turn).toBe("e");
  const back = handedOn(given, orderAt(1), "e");
  expect(back.turn).toBeNull();
  expect(wordGiven(back, "e", "a").turn).toBe("e");
});

test("who leads may hand on, and whose turn it is; nobody else", () => {
  const round = movedOn(firstStage(1, start), orderAt(1), "a", 1)!;
  const second = handedOn(round, orderAt(1), "a");
  expect(NAMES.filter((name) => mayHandOn(second, orderAt(1), name))).toEqual(["a", "b"]);
});

// What is told --------------------------------------------------------------------------------------

test("who may not move the session on doesn't", () => {
  const own = firstStage(1, start);
  const told = movedOn(own, orderAt(1), "d", 5)!;
  expect(afterHearing(own, told, "d", orderAt(1), false)).toBe(own);
  expect(afterHearing(own, told, "a", orderAt(1), false)).toEqual({ ...told, from: "a" });
  // Where a isn't there, b leads.
  expect(afterHearing(own, told, "b", orderAt(1, ["b", "d"]), false).phase).toBe("opening-round");
});

test("a turn is handed on by whose it is, and that moves no phase and keeps it for nobody", () => {
  const own = { ...movedOn(firstStage(1, start), orderAt(1), "a", 1)!, turn: "d" };
  const handed = handedOn(own, orderAt(1), "d");
  expect(afterHearing(own, handed, "d", orderAt(1), false).turn).toBe(handed.turn);
  expect(afterHearing(own, handed, "e", orderAt(1), false)).toBe(own);
  const moved = movedOn(own, orderAt(1), "d", 9)!;
  expect(afterHearing(own, moved, "d", orderAt(1), false)).toBe(own);
  const kept = { ...own, revision: own.revision + 1 };
  expect(afterHearing(own, kept, "d", orderAt(1), false)).toBe(own);
});

test("what is older, or of another meeting, changes nothing; who has just come in takes it as it is", () => {
  const own = movedOn(firstStage(1, start), orderAt(1), "a", 1)!;
  expect(afterHearing(own, firstStage(1, start), "a", orderAt(1), false)).toBe(own);
  const other = { ...own, meeting: 2, revision: 9 };
  expect(afterHearing(own, other, "a", orderAt(1), false)).toBe(own);
  expect(afterHearing(firstStage(3, start), other, "e", orderAt(1), true).meeting).toBe(2);
});

test("where several change it at once, all come to the same in the end", () => {
  const members = fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 2 });
  const change = fc.record({
    by: fc.nat({ max: 5 }),
    give: fc.constantFrom(null, ...NAMES),
  });
  fc.assert(
    fc.property(members, fc.array(change, { minLength: 1, maxLength: 6 }), (present, changes) => {
      const order = orderAt(5, present);
      const own = { ...firstStage(5, start), phase: "open-talk" } as Stage;
      const views = new Map(present.map((name) => [name, own]));
      // All at once: nobody has heard of the others' changes.
      for (const { by, give } of changes) {
        const name = present[by % present.length]!;
        const before = views.get(name)!;
        const after =
          give === null ? movedOn(before, order, name, 7) : wordGiven(before, give, name);
        if (after !== null) views.set(name, after);
      }
      // Then each tells all others now and then.
      for (let round = 0; round < 3; round++)
        for (const by of present)
          for (const name of present)
            if (name !== by)
              views.set(name, afterHearing(views.get(name)!, views.get(by)!, by, order, false));
      const seen = new Set(
        [...views.values()].map(({ revision, phase, turn }) => `${revision} ${phase} ${turn}`),
      );
      expect(seen.size).toBe(1);
    }),
    { numRuns: 500 },
  );
});

test("who has said little comes before who has said much, and then who raised the hand first", () => {
  const people = [
    { pseudonym: "a", hand: 1, seconds: 300 },
    { pseudonym: "b", hand: 3, seconds: 5 },
    { pseudonym: "c", hand: 2, seconds: 12 },
    { pseudonym: "d", hand: null, seconds: 0 },
  ];
  expect(handsInOrder(people)).toEqual(["c", "b", "a"]);
});

// Faces ---------------------------------------------------------------------------------------------

test("faces are shown by everybody who is there or by nobody, and by nobody to themselves", () => {
  const said = (...faces: boolean[]) => faces.map((face) => ({ face }));
  expect(everybodyShows(said(true, true, true))).toBe(true);
  expect(everybodyShows(said(true, false, true))).toBe(false);
  expect(everybodyShows(said(true))).toBe(false);
  expect(everybodyShows([])).toBe(false);
});

// Who came ------------------------------------------------------------------------------------------

test("a meeting counts when it closes with two or more, or after half an hour, and never with one", () => {
  expect(doesCount(2, true, 3)).toBe(true);
  expect(doesCount(2, false, 29)).toBe(false);
  expect(doesCount(2, false, 30)).toBe(true);
  expect(doesCount(1, true, 60)).toBe(false);
});

test("fewer than four twice in a row, and only then, may look for another circle", () => {
  const kept = (...came: number[]) =>
    came.map((each, at) => ({ meeting: at + 1, start: 100 * at, came: each }));
  expect(mayOfferMerge(kept(3))).toBe(false);
  expect(mayOfferMerge(kept(3, 4))).toBe(false);
  expect(mayOfferMerge(kept(4, 3))).toBe(false);
  expect(mayOfferMerge(kept(6, 3, 2))).toBe(true);
});

test("what was kept of who came is counted once a meeting, and anything else is nothing", () => {
  const first = { meeting: 1, start: 100 };
  const twice = withAttended(withAttended([], { ...first, came: 2 }), { ...first, came: 3 });
  expect(twice).toEqual([{ ...first, came: 3 }]);
  expect(readAttended(twice)).toEqual(twice);
  for (const nonsense of [null, 3, {}, [null], [{ meeting: "1", came: 2 }]])
    expect(readAttended(nonsense)).toEqual([]);
});
