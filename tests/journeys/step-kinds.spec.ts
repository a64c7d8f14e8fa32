/**
 * The kinds of steps, each answered on a phone and by keyboard alone on a page enlarged to 200 %, and each gone on
 * with on a second device: axe and the width are looked at on each kind, and what was said is told at the end.
 */
import { invite } from "../../proofs/community.ts";
import { comeAs, expect, joinThrough, signInThrough, test, type Visitor } from "./house.ts";
import {
  exerciseNamed,
  goThrough,
  handOver,
  keyboard,
  kindsOfSteps,
  thumb,
  type Hand,
  type Standing,
} from "./step-acts.ts";

/** Between them all kinds there are. */
const EXERCISES = [
  "founding-values",
  "four-s",
  "energy-map",
  "body-check",
  "quiet-moment",
  "sceptics-start",
];

test("every kind of step is answered by thumb and gone on with on a second device, and what was said is told at the end", async ({
  house,
}) => {
  const phone = await house.visit("phone");
  const tablet = await house.visit("desktop");
  const { page } = phone;
  const [email, passphrase] = ["ravi@proof.example", "plain words about steps"];
  await comeAs(phone, house, { name: "Ravi", email, passphrase });
  await signInThrough(tablet, email, passphrase);
  const look = lookOnce(phone, "phone");
  const hands = { phone: thumb(page), tablet: thumb(tablet.page) };
  const handed = new Set<string>();
  /** At the first of each kind on to the other device; after a first step one goes on with the second. */
  const lookAndHand = async (standing: Standing): Promise<Hand | void> => {
    const { step, exercise, hand } = standing;
    const isOnPhone = hand === hands.phone;
    if (isOnPhone) await look(standing);
    if (handed.has(step.kind) || step === exercise.steps[0]) return;
    handed.add(step.kind);
    const other = await handOver(standing, isOnPhone ? hands.tablet : hands.phone);
    if (!isOnPhone) await look(standing);
    return other;
  };
  for (const id of EXERCISES) {
    const exercise = await exerciseNamed(id);
    await test.step(id, async () => {
      const last = await goThrough(exercise, hands.phone, lookAndHand);
      await expect(last.page.getByRole("heading", { name: exercise.title })).toBeVisible();
    });
  }
  expect([...handed].toSorted(), "handed on").toEqual(kindsOfSteps().toSorted());

  await test.step("what was taken on stands under Plan, and the answers in their exercise", async () => {
    await page.goto("/plan");
    await expect(page.getByText("One small thing on Monday").first()).toBeVisible();
    await page.goto("/reflect/exercise/four-s");
    await page
      .getByRole("link", { name: /Finished/ })
      .first()
      .click();
    const told = page.getByRole("main");
    await expect(told.getByText("The Thursday lunch; A closed door")).toBeVisible();
    await expect(told.getByText("What is missing in 2").first()).toBeVisible();
    await phone.look("step-done-phone");
  });

  await test.step("the next time, the time before is there to look back at", async () => {
    const shown: string[] = [];
    await goThrough(await exerciseNamed("quiet-moment"), thumb(page), async ({ step }) => {
      if (step.kind === "review") shown.push(await page.getByRole("main").innerText());
    });
    expect(shown.join()).toContain("Clinic on Tuesday");
  });
});

test("every kind of step is answered by keyboard alone, at 200 % zoom and in the dark", async ({
  house,
}) => {
  const desk = await house.visit("desktop", { dark: true });
  await joinThrough(desk, await invite(house.steward, "juno@proof.example"), {
    name: "Noor",
    passphrase: "plain words about keys",
  });
  // 1280 by 800 at 200 %.
  await desk.page.setViewportSize({ width: 640, height: 400 });
  const look = lookOnce(desk, "enlarged");
  for (const id of EXERCISES) {
    const exercise = await exerciseNamed(id);
    await test.step(id, async () => {
      await goThrough(exercise, keyboard(desk.page), look);
      await expect(desk.page.getByRole("heading", { name: exercise.title })).toBeVisible();
    });
  }
});

/** At the first of each kind; a map has two pictures. */
function lookOnce({ look }: Visitor, on: string) {
  const seen = new Set<string>();
  return async ({ step }: Standing): Promise<void> => {
    const name = `step-${step.kind}${step.kind === "map" ? `-${step.picture}` : ""}-${on}`;
    if (seen.has(name)) return;
    seen.add(name);
    await look(name);
  };
}
