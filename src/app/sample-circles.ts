/**
 * The circles of the sample community, as `content/sample/circles.yaml` has them: one that sits and talks, and
 * people who wait. Hours are counted back from the loading, so that the room is always a few days old.
 */
import * as v from "valibot";
import { REACTIONS } from "#circles/room/message-content.ts";
import { checkName } from "#circles/room/own-name.ts";
import { waitingField, type WaitingForm } from "#circles/waiting.ts";
import { STAGES, stageField } from "#identity/account.ts";
import { circleThemesSchema } from "#library/circle-content.ts";
import { CROWD_TO_OPEN } from "#pass/crowd.ts";
import { textField } from "#platform/wire.ts";
import { inventedEmail } from "./sample-email.ts";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const TIMES = ["morning", "midday", "evening"] as const;

/** `thu evening`: the times of day are those of content/circles/hours.yaml, in their order. */
const hourField = v.pipe(
  v.picklist(DAYS.flatMap((day) => TIMES.map((time) => `${day} ${time}` as const))),
  v.transform((hour) => {
    const [day = "", time = ""] = hour.split(" ");
    return DAYS.findIndex((each) => each === day) * TIMES.length + TIMES.indexOf(time as "morning");
  }),
);

/** What somebody waits for, or waited for before they sat; then as strictly as what people send. */
const waitingSchema = v.pipe(
  v.strictObject({ themes: v.array(v.string()), hours: v.array(hourField), stage: stageField }),
  v.transform(({ themes, hours, stage }): WaitingForm => ({
    themes,
    blocks: hours,
    stage: STAGES.indexOf(stage),
    language: "en",
    employer: null,
  })),
  waitingField,
);

const idField = v.pipe(v.string(), v.regex(/^[a-z][a-z-]{1,30}$/));
const hoursAgo = v.pipe(v.number(), v.minValue(0.1), v.maxValue(150));
const text = textField(600);
const said = { by: idField, hoursAgo };

const messageSchema = v.union([
  v.strictObject({ ...said, id: idField, text }),
  v.strictObject({ ...said, id: idField, replyTo: idField, text }),
  v.strictObject({ ...said, reactsTo: idField, reaction: v.picklist(REACTIONS) }),
]);

export const sampleCirclesFileSchema = v.strictObject({
  kind: v.literal("sample-circles"),
  version: v.literal(1),
  crowd: v.pipe(v.number(), v.integer(), v.minValue(CROWD_TO_OPEN + 1), v.maxValue(500)),
  circle: v.strictObject({
    /** Less than a week, after which its members' devices would make another epoch. */
    formedHoursAgo: hoursAgo,
    members: v.pipe(
      v.array(
        v.strictObject({
          id: idField,
          /** The sample member who sits here; null for somebody who is nobody's account. */
          email: v.nullable(inventedEmail),
          /** Null keeps the name that the circle gives. */
          name: v.nullable(
            v.pipe(
              v.string(),
              v.check((name) => checkName(name, []).ok, "not a name"),
            ),
          ),
          paused: v.boolean(),
          waitedFor: waitingSchema,
        }),
      ),
      v.length(6),
    ),
    /** The oldest first. */
    messages: v.pipe(v.array(messageSchema), v.minLength(1)),
  }),
  /** Nobody's accounts. */
  waiting: v.array(waitingSchema),
  /** Another sample member, who sits nowhere and can wait with these. */
  canWait: inventedEmail,
});

export type SampleCircles = Omit<v.InferOutput<typeof sampleCirclesFileSchema>, "kind" | "version">;
export type SampleMessage = SampleCircles["circle"]["messages"][number];

interface Fault {
  readonly at: readonly (string | number)[];
  readonly message: string;
}

/** `verified`: addresses of sample members. `rawThemes`: content/circles/themes.yaml. */
export function sampleCirclesFaults(
  { circle, waiting, canWait }: SampleCircles,
  verified: ReadonlySet<string>,
  rawThemes: unknown,
): Fault[] {
  const { members, messages, formedHoursAgo } = circle;
  const themes = v.safeParse(circleThemesSchema, rawThemes);
  const known = new Set(themes.success ? themes.output.themes.map(({ id }) => id) : []);
  const strange = [...members.map(({ waitedFor }) => waitedFor), ...waiting]
    .flatMap((each) => each.themes)
    .filter((theme) => !known.has(theme));
  const people = [...members.flatMap(({ email }) => email ?? []), canWait];
  return [
    ...strange.map((theme) => ({ at: [], message: `${theme} stands in no list` })),
    ...people
      .filter((email, at) => !verified.has(email) || people.indexOf(email) !== at)
      .map((email) => ({ at: [], message: `${email} can't have a badge, or stands twice` })),
    ...messages.flatMap((message, at) => {
      const before = messages.slice(0, at);
      const latest = before.at(-1)?.hoursAgo ?? formedHoursAgo;
      const target = targetOf(message);
      const isThere = (id: string) => before.some((each) => "id" in each && each.id === id);
      const faults = [
        ...(members.some(({ id }) => id === message.by) ? [] : ["by nobody of the circle"]),
        ...(message.hoursAgo < latest ? [] : ["not after the one before"]),
        ...(target === null || isThere(target) ? [] : ["about a message that isn't there yet"]),
        ...("id" in message && isThere(message.id) ? ["another has this id"] : []),
      ];
      return faults.map((fault) => ({ at: ["circle", "messages", at], message: fault }));
    }),
  ];
}

/** The id of the message that it answers or reacts to. */
function targetOf(message: SampleMessage): string | null {
  if ("reactsTo" in message) return message.reactsTo;
  return "replyTo" in message ? message.replyTo : null;
}
