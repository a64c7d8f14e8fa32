import { expect, test } from "vitest";
import { afterLevel, SILENT, type VoiceActivity } from "./voice-activity.ts";

const STEP_MS = 50;
function after(from: VoiceActivity, level: number, ms: number): VoiceActivity {
  let now = from;
  for (let passed = 0; passed < ms; passed += STEP_MS) now = afterLevel(now, level, STEP_MS);
  return now;
}
const QUIET = 0.003;
const VOICE = 0.08;

test("a voice is heard soon, goes on through a breath, and ends with a pause", () => {
  const speaking = after(after(SILENT, QUIET, 2000), VOICE, 300);
  expect(speaking.isSpeaking).toBe(true);
  expect(after(speaking, QUIET, 500).isSpeaking).toBe(true);
  expect(after(speaking, QUIET, 1200).isSpeaking).toBe(false);
});

test("a knock is no voice, and a loud room isn't either", () => {
  const knocked = after(after(SILENT, QUIET, 1000), VOICE, 100);
  expect(after(knocked, QUIET, 500)).toMatchObject({ isSpeaking: false, spoken: 0 });
  const loudRoom = after(SILENT, 0.009, 20_000);
  expect(after(loudRoom, 0.02, 1000).isSpeaking).toBe(false);
  expect(after(loudRoom, VOICE, 1000).isSpeaking).toBe(true);
});

test("seconds are those of speech, without the pauses", () => {
  let now = after(SILENT, QUIET, 1000);
  for (let sentence = 0; sentence < 5; sentence++)
    now = after(after(now, VOICE, 4000), QUIET, 2000);
  expect(now.spoken).toBeGreaterThan(18_000);
  expect(now.spoken).toBeLessThan(20_500);
});
