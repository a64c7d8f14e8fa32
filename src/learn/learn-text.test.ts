import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { readLearn } from "./server/read-learn.ts";
import { readingMinutes, type LearnText } from "./learn-text.ts";

const files = await readdir("content/learn", { recursive: true });
const texts = await Promise.all(
  files
    .filter((file) => file.endsWith(".md"))
    .map(async (file): Promise<LearnText> => {
      const name = `learn/${file.replace(".md", "")}`;
      return readLearn(name, await readFile(`content/learn/${file}`, "utf8")).text!;
    }),
);

test("every text that ships is read in one to five minutes, and a topic or programme is no mere note", () => {
  expect(texts.length).toBeGreaterThan(80);
  const told = texts.map((text) => ({ text, minutes: readingMinutes(text) }));
  const long = told.filter(({ minutes }) => minutes > 5);
  const thin = told.filter(
    ({ text, minutes }) => ["topic", "programme"].includes(text.front.kind) && minutes < 3,
  );
  expect([...long, ...thin].map(({ text }) => text.name)).toEqual([]);
});

test("what stands above the text takes time too", () => {
  const role = texts.find(({ name }) => name === "learn/roles/informatics")!;
  const topic = texts.find(({ front }) => front.kind === "topic")!;
  expect(readingMinutes(role)).toBe(2);
  expect(readingMinutes({ ...topic, body: role.body })).toBe(1);
});
