/**
 * What a person does on each kind of step, by thumb or by keyboard: the same acts either way, found by what a screen
 * reader would read out.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Locator, type Page } from "@playwright/test";
import { parse } from "yaml";
import type { Exercise, Step } from "../../src/reflect/exercise/exercise.ts";
import type { StepKind, StepOf } from "../../src/reflect/exercise/steps.ts";

export interface Hand {
  readonly page: Page;
  readonly press: (control: Locator) => Promise<void>;
  readonly type: (field: Locator, text: string) => Promise<void>;
  /** In a select: the option after the one that is picked. */
  readonly pickNext: (select: Locator) => Promise<void>;
}

export const thumb = (page: Page): Hand => ({
  page,
  press: (control) => control.click(),
  type: (field, text) => field.fill(text),
  pickNext: async (select) => {
    const at = await select.evaluate((element: HTMLSelectElement) => element.selectedIndex);
    await select.selectOption({ index: at + 1 });
  },
});

/** Nothing but Tab, Space, Enter, arrows and letters; each control has to be reached, and to be seen when it is. */
export const keyboard = (page: Page): Hand => ({
  page,
  press: async (control) => {
    await tabTo(page, control);
    const isTicked = await control.evaluate((element) =>
      element.matches("[type=checkbox], [type=radio]"),
    );
    await page.keyboard.press(isTicked ? "Space" : "Enter");
  },
  type: async (field, text) => {
    await tabTo(page, field);
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type(text);
  },
  pickNext: async (select) => {
    await tabTo(page, select);
    await page.keyboard.press("ArrowDown");
  },
});

async function tabTo(page: Page, control: Locator): Promise<void> {
  await control.waitFor();
  const isThere = () => control.evaluate((element) => element === document.activeElement);
  for (let tabs = 0; tabs < 150 && !(await isThere()); tabs++) await page.keyboard.press("Tab");
  expect(await isThere(), `${String(control)} is reached with Tab`).toBe(true);
  // WCAG 2.4.7 and 2.4.11: one sees where one is, and nothing lies over it.
  const isSeen = await control.evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const top = document.elementFromPoint(x + width / 2, y + height / 2);
    const own = element.closest("label") ?? element;
    return element.matches(":focus-visible") && (own.contains(top) || top?.contains(own) === true);
  });
  expect(isSeen, `${String(control)} is seen when it has the focus`).toBe(true);
}

export async function exerciseNamed(id: string): Promise<Exercise> {
  const file = join(import.meta.dirname, `../../content/exercises/${id}.yaml`);
  return parse(await readFile(file, "utf8")) as Exercise;
}

/** Where a walk has come to: on which device, at which step. */
export interface Standing {
  readonly exercise: Exercise;
  readonly step: Step;
  readonly hand: Hand;
}

/**
 * Goes through an exercise from its page to its end; `look` is called on each step once it was answered, and may give
 * the hand by which it goes on. Gives the last one.
 */
export async function goThrough(
  exercise: Exercise,
  first: Hand,
  look: (standing: Standing) => Promise<Hand | void>,
): Promise<Hand> {
  let hand = first;
  await hand.page.goto(`/reflect/exercise/${exercise.id}`);
  const begin = hand.page.getByRole("main").getByRole("link", { name: /^(Begin|Do it again)$/ });
  await hand.press(begin);
  for (;;) {
    const step = await stepOn(hand.page, exercise);
    await answer(step, hand);
    hand = (await look({ exercise, step, hand })) ?? hand;
    const main = hand.page.getByRole("main");
    const onward = main.getByRole("button", { name: /^(Next|Skip|Finish)$/ });
    const isLast = (await onward.innerText()) === "Finish";
    await hand.press(onward);
    await expect(
      main.getByRole("heading", { name: headingOf(step), exact: true, level: 1 }),
    ).toBeHidden();
    if (isLast) return hand;
  }
}

/** Leaves the step that was just answered, and goes on with it on the other device, where it has to read the same. */
export async function handOver({ exercise, step, hand }: Standing, other: Hand): Promise<Hand> {
  const before = await saidOn(hand.page);
  await hand.press(button(hand.page, "Leave"));
  const goOn = { name: "Go on", exact: true };
  await hand.page.getByRole("link", goOn).waitFor();
  // Until the other device has heard of it, it goes on with what it knows.
  await expect(async () => {
    await other.page.goto(`/reflect/exercise/${exercise.id}`);
    await other.press(other.page.getByRole("link", goOn));
    expect((await stepOn(other.page, exercise)).id, "one is where one left").toBe(step.id);
  }).toPass();
  // One line of this map is open at a time; on the other device none is yet.
  if (step.kind === "map" && step.picture === "energy")
    await other.press(button(other.page, new RegExp(`^${WEEK.at(-1)!} `)));
  // A clock begins anew.
  if (step.kind !== "timed")
    await expect.poll(() => saidOn(other.page), `${step.kind} on the other device`).toEqual(before);
  return other;
}

/** What is picked, written and in which order, as a screen reader would read it out. */
async function saidOn(page: Page): Promise<readonly string[]> {
  const read = await page.getByRole("main").ariaSnapshot();
  return read
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => SAID.test(line) && !FOLDED_OUT.test(line));
}

const SAID = /\[(checked|pressed|selected)|^- (textbox|listitem|combobox|button)\b/;
const FOLDED_OUT = /\[expanded/;

export const kindsOfSteps = (): readonly string[] => Object.keys(acts);

const headingOf = (step: Step): string => ("ask" in step ? step.ask : step.title);

async function stepOn(page: Page, exercise: Exercise): Promise<Step> {
  const heading = page.getByRole("main").getByRole("heading", { level: 1 });
  const found = async () => {
    const text = (await heading.allInnerTexts())[0];
    return exercise.steps.find((step) => headingOf(step) === text);
  };
  await expect.poll(found).toBeDefined();
  return (await found())!;
}

async function answer(step: Step, hand: Hand): Promise<void> {
  await (acts[step.kind] as (step: Step, hand: Hand) => Promise<void>)(step, hand);
}

const WEEK = ["Clinic on Tuesday", "The inbox at night", "A run"];

const acts: { readonly [Kind in StepKind]: (step: StepOf<Kind>, hand: Hand) => Promise<void> } = {
  prose: async () => undefined,
  scale: async (_, { page, press }) => {
    const lowest = page.getByRole("main").getByRole("radio").first();
    await press(lowest);
    await expect(lowest).toBeChecked();
  },
  frequency: async ({ options }, { page, press }) => {
    for (const option of options.slice(0, 2)) await press(button(page, option));
    await expect(page.getByText(/^2 of \d+ answered/)).toBeVisible();
  },
  pairs: async (_, { page, type }) => {
    // What stands on the left may have come along from an earlier step.
    for (const at of [0, 1]) {
      const field = page.getByRole("main").getByRole("textbox").nth(at);
      if ((await field.inputValue()) === "")
        await type(field, ["A closed door", "Half past eight"][at]!);
    }
  },
  choice: async (step, { page, press }) => {
    const role = step.many === undefined ? "radio" : "checkbox";
    await press(page.getByRole("main").getByRole(role).first());
  },
  list: async (step, { page, type }) => {
    for (const [i, text] of WEEK.slice(0, step.atMost).entries())
      await type(page.getByRole("main").getByRole("textbox").nth(i), text);
  },
  words: async (_, { page, type }) =>
    type(page.getByRole("main").getByRole("textbox").first(), "The talk on the stairs."),
  cards: async (step, { page, press, type, pickNext }) => {
    const [first] = step.piles;
    for (const pile of [...step.piles, first!, first!])
      await press(button(page, new RegExp(`^${escaped(pile.text)} \\(`)));
    await press(button(page, "Leave it out"));
    await press(button(page, "Back to the last card"));
    if (step.own !== undefined) {
      await type(page.getByLabel(step.own), "Quiet mornings");
      await press(button(page, "Add"));
      await expect(
        page.getByRole("status").getByText("Quiet mornings", { exact: true }),
      ).toBeVisible();
    }
    await press(button(page, "See the piles"));
    await pickNext(page.getByRole("group", { name: "The piles" }).getByRole("combobox").first());
  },
  ranking: async (_, { page, press }) => {
    const down = button(page, /^Move down: /);
    if ((await down.count()) === 0) return;
    await press(down.first());
    await expect(page.getByText(/: now 2 of \d+\.$/)).toBeAttached();
    await page.keyboard.press("ArrowUp");
    await expect(page.getByText(/: now 1 of \d+\.$/)).toBeAttached();
    await page.keyboard.press("ArrowDown");
  },
  matrix: async ({ rows }, { page, type }) => {
    const cells = page.getByRole("main").getByRole("textbox");
    await type(cells.nth(0), "The Thursday lunch\nA closed door");
    for (const row of [0, 1, 2])
      await type(cells.nth(rows.length + row), `What is missing in ${row + 1}`);
  },
  sorter: async ({ columns }, { page, press }) => {
    for (let i = 0; ; i++) {
      const next = button(page, new RegExp(`: ${escaped(columns[i % 2]!.text)}$`)).first();
      if ((await next.count()) === 0) break;
      await press(next);
    }
    const other = button(page, /^Move to the other side/);
    if ((await other.count()) > 0) await press(other.first());
  },
  timed: async (_, { page, press }) => {
    await press(button(page, "Start"));
    await expect(page.getByRole("timer")).toBeVisible();
    await press(button(page, "Pause"));
    await press(button(page, "Go on"));
    const skip = button(page, "Skip this part");
    while ((await skip.count()) > 0) await press(skip);
    await expect(button(page, "Once more")).toBeVisible();
  },
  map: async (step, { page, press }) => {
    const level = (i: number) => button(page, step.levels.at(i)!.text, true);
    if (step.picture === "body") {
      for (const place of step.places!.slice(0, 2)) {
        await press(button(page, new RegExp(`^${escaped(place.text)}`)));
        await press(level(-1));
      }
      return;
    }
    for (let i = 0; (await level(i % 2).count()) > 0; i++) {
      await press(level(i % 2));
      const next = button(page, /^Next: /);
      if (step.note === undefined) continue;
      if ((await next.count()) === 0) break;
      await press(next);
    }
  },
  review: async (step, { page, type }) => {
    if (step.reply !== undefined)
      await type(page.getByLabel(step.reply), "It held until Wednesday.");
  },
  promote: async (_, { page, press, type }) => {
    const offered = page.getByRole("main").getByRole("checkbox");
    if ((await offered.count()) === 0) return;
    await press(offered.first());
    await type(page.getByLabel("In the words you would use"), "One small thing on Monday");
  },
};

const button = (page: Page, name: string | RegExp, exact = typeof name === "string") =>
  page.getByRole("main").getByRole("button", { name, exact });

const escaped = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, "\\$&");
