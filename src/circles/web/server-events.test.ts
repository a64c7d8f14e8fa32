import fc from "fast-check";
import { expect, test } from "vitest";
import { makeEventReader } from "./server-events.ts";

const stream =
  'id: 1\nevent: message\ndata: {"sequence":1}\n\n:\n\nevent: log\r\ndata: {}\r\n\r\nid: 2\ndata: one\ndata: two\n\nevent: lost\n\n';
const events = [
  { event: "message", data: '{"sequence":1}' },
  { event: "log", data: "{}" },
  { event: "message", data: "one\ntwo" },
];

test("events are the same in whatever pieces they come", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(stream.length), { maxLength: 30 }), (cuts) => {
      const read = makeEventReader();
      const places = [0, ...cuts.toSorted((one, other) => one - other), stream.length];
      const found = places.slice(1).flatMap((end, at) => read(stream.slice(places[at], end)));
      expect(found).toEqual(events);
    }),
  );
});

test("what isn't whole yet waits", () => {
  const read = makeEventReader();
  expect(read("data: half")).toEqual([]);
  expect(read(" and half\n")).toEqual([]);
  expect(read("\n")).toEqual([{ event: "message", data: "half and half" }]);
});
