import { beforeAll, beforeEach, expect, test } from "vitest";
import { withStewardship } from "../../../tests/stewardship.ts";
import { addCourse, dropCourse, readCourses, type CommunityCourse } from "../contract.ts";
import { MOST_COURSES } from "./policy.ts";
import { learnRoutes } from "./routes.ts";
import type { LearnTables } from "./tables.ts";

const room = withStewardship();

beforeAll(() => learnRoutes(room.mounting, room.cluster.as<LearnTables>("learn")));
beforeEach(() => room.cluster.owner.query("truncate learn.course"));

const course: CommunityCourse = {
  title: "Letters that take ten minutes",
  provider: "Northfield Medical Society",
  kind: "webinar",
  format: "online",
  cost: "Free",
  time: "One hour",
  about: "How a clinic writes its letters together.",
  url: "https://northfield.example/letters",
  checked_on: "2026-11-21",
  tags: ["taming-record"],
};

test("what a steward adds every member sees, by title, and nothing tells who added it", async () => {
  await room.must(addCourse, { body: { ...course, title: "B" } });
  await room.must(addCourse, { body: { ...course, title: "A", cost: null, url: null } });
  const { courses } = await room.must(readCourses, {}, "member");
  expect(courses.map(({ title }) => title)).toEqual(["A", "B"]);
  expect(Object.keys(courses[0]!).toSorted()).toEqual(["id", ...Object.keys(course)].toSorted());
  const { rows } = await room.cluster.owner.query<{ columns: string }>(
    "select string_agg(column_name, ' ' order by column_name) as columns from information_schema.columns where table_schema = 'learn'",
  );
  expect(rows[0]!.columns).toBe("course id");
});

test("a course that was taken off is gone, and taking it off again changes nothing", async () => {
  const { id } = await room.must(addCourse, { body: course });
  await room.must(dropCourse, { params: { id } });
  await room.must(dropCourse, { params: { id } });
  expect((await room.must(readCourses)).courses).toEqual([]);
});

test.each(["member", "coach", "nobody"] as const)(
  "as %s nobody changes the catalogue",
  async (who) => {
    const { id } = await room.must(addCourse, { body: course });
    const status = who === "nobody" ? 401 : 404;
    expect((await room.ask(addCourse, { body: course }, who)).status).toBe(status);
    expect((await room.ask(dropCourse, { params: { id } }, who)).status).toBe(status);
    expect((await room.must(readCourses)).courses).toHaveLength(1);
  },
);

test("without a session nobody reads it", async () => {
  expect((await room.ask(readCourses, {}, "nobody")).status).toBe(401);
});

test.each([
  ["a script for an address", { url: "javascript:alert(1)" }],
  ["an address that is not encrypted", { url: "http://northfield.example" }],
  ["data for an address", { url: "data:text/html,hello" }],
  ["a title that nobody sees", { title: "\u200b\u2800" }],
  ["a title of two lines", { title: "one\ntwo" }],
  ["letters that turn the line round", { provider: "ab\u202ecd" }],
  ["an endless text", { about: "x".repeat(700) }],
  ["a kind we don't know", { kind: "cruise" }],
  ["a day that is none", { checked_on: "yesterday" }],
  ["more tags than anybody reads", { tags: Array.from({ length: 9 }, (_, i) => `t${i}`) }],
  ["a tag that is no word", { tags: ["<b>"] }],
  ["a field of their own", { addedBy: "me" }],
])("%s is refused, and nothing is kept", async (_, wrong) => {
  const body = { ...course, ...wrong } as unknown as CommunityCourse;
  expect((await room.ask(addCourse, { body })).refusal).toBe("BadInput");
  expect((await room.must(readCourses)).courses).toEqual([]);
});

test("markup in a course stays the text that it is", async () => {
  const title = `<img src=x onerror=alert(1)> '); drop table learn.course; --`;
  await room.must(addCourse, { body: { ...course, title } });
  expect((await room.must(readCourses)).courses[0]!.title).toBe(title);
});

test("a full catalogue takes no more, until something goes", async () => {
  await room.cluster.owner.query(
    "insert into learn.course select gen_random_uuid(), $1 from generate_series(1, $2::int)",
    [JSON.stringify(course), MOST_COURSES],
  );
  expect((await room.ask(addCourse, { body: course })).refusal).toBe("CatalogueFull");
  const [first] = (await room.must(readCourses)).courses;
  await room.must(dropCourse, { params: { id: first!.id } });
  expect((await room.ask(addCourse, { body: course })).status).toBe(200);
});
