import { expect, test } from "vitest";
import { emptyReading, mergeReadings, withPlace, withRead } from "./kept-reading.ts";

const name = "learn/topics/saying-no";

test("where somebody stopped is remembered until they reach the end", () => {
  const stopped = withPlace(emptyReading, name, 4, "2026-11-20");
  expect(stopped.places[name]).toEqual({ at: 4, on: "2026-11-20" });
  expect(withPlace(stopped, name, null, "2026-11-21").places).toEqual({});
});

test("of many places the oldest makes room", () => {
  let reading = emptyReading;
  for (let day = 1; day <= 25; day++)
    reading = withPlace(
      reading,
      `learn/topics/t${day}`,
      1,
      `2026-11-${String(day).padStart(2, "0")}`,
    );
  expect(Object.keys(reading.places)).toHaveLength(20);
  expect(reading.places["learn/topics/t5"]).toBeUndefined();
  expect(reading.places["learn/topics/t25"]).toBeDefined();
});

test("a mark that was taken away is gone", () => {
  const read = withRead(emptyReading, name, "2026-11-20");
  expect(withRead(read, name, null).read).toEqual({});
});

test("of two devices nothing read is lost, and what is no reading is passed over", () => {
  const one = withRead(withPlace(emptyReading, name, 2, "2026-11-20"), "a", "2026-11-01");
  const other = withPlace(withRead(emptyReading, "b", "2026-11-02"), name, 9, "2026-11-21");
  expect(mergeReadings([one, other, null, { places: 1 }, { places: {}, read: { a: 7 } }])).toEqual({
    places: { [name]: { at: 9, on: "2026-11-21" } },
    read: { a: "2026-11-01", b: "2026-11-02" },
  });
});
