import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Day, dayText, Time, type TimeProps } from "./time.tsx";

const shown = (props: TimeProps) =>
  renderToStaticMarkup(createElement(Time, props)).replaceAll(/<[^>]+>/g, "");
const noon = "2026-03-12T12:00:00Z";

test("a moment stands in the reader's zone", () => {
  expect(shown({ at: noon, zone: "Asia/Tokyo", form: "time" })).toMatch(/9:00/);
});

test("the other person's clock stands beside it when the two differ", () => {
  const text = shown({
    at: noon,
    zone: "Europe/Vienna",
    otherZone: "America/Chicago",
    otherName: "Dr Quill",
    form: "time",
  });
  expect(text).toMatch(/1:00.*\(.*7:00.*Dr Quill\)/);
});

test("one clock is enough when both zones show the same, whatever their names", () => {
  const props = { zone: "Europe/Vienna", otherZone: "Europe/Berlin", form: "time" } as const;
  expect(shown({ at: noon, ...props })).not.toContain("(");
});

test("zones that differ only in summer are told apart only in summer", () => {
  const props = { zone: "America/Denver", otherZone: "America/Phoenix", form: "time" } as const;
  expect(shown({ at: "2026-01-12T12:00:00Z", ...props })).not.toContain("(");
  expect(shown({ at: "2026-07-12T12:00:00Z", ...props })).toContain("Phoenix");
});

test("the other clock names its day when it is another day there", () => {
  const text = shown({
    at: "2026-03-12T23:30:00Z",
    zone: "Europe/London",
    otherZone: "Asia/Tokyo",
  });
  expect(text).toMatch(/12.*\(.*13.*Tokyo\)/);
});

test("a calendar day is the same day wherever it is read", () => {
  expect(dayText("2026-02-01", "short")).toMatch(/\b1\b/);
  expect(renderToStaticMarkup(createElement(Day, { on: "2026-02-01" }))).toContain(
    'dateTime="2026-02-01"',
  );
});
