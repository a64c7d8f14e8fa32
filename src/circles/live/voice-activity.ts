/**
 * Whether somebody speaks, out of how loud their microphone is, and for how many seconds. Measured on their own device:
 * what the others get is a number.
 */
export interface VoiceActivity {
  readonly isSpeaking: boolean;
  /** In all, as milliseconds. */
  readonly spoken: number;
  /** For how long it has been quiet, or loud, against what `isSpeaking` says. */
  readonly against: number;
  /** How loud the room is when nobody speaks. */
  readonly floor: number;
}

export const SILENT: VoiceActivity = { isSpeaking: false, spoken: 0, against: 0, floor: 0.005 };

/** A breath between two sentences is no end, and a door that falls shut no beginning. */
const BEGINS_AFTER_MS = 150;
const ENDS_AFTER_MS = 900;
/** Louder than the room by that much; -40 dB at the least. */
const ABOVE_FLOOR = 3;
const LEAST = 0.01;
/** The floor falls at once and rises slowly. */
const RISE_A_SECOND = 1.2;

/** `level` is the root mean square of samples from -1 to 1 over the last `ms`. */
export function afterLevel(before: VoiceActivity, level: number, ms: number): VoiceActivity {
  const risen = Math.min(before.floor * RISE_A_SECOND ** (ms / 1000), 0.1);
  const floor = before.isSpeaking ? before.floor : Math.max(Math.min(level, risen), 0.001);
  const isLoud = level > Math.max(LEAST, before.floor * ABOVE_FLOOR);
  const against = isLoud === before.isSpeaking ? 0 : before.against + ms;
  const isSpeaking =
    against >= (before.isSpeaking ? ENDS_AFTER_MS : BEGINS_AFTER_MS)
      ? !before.isSpeaking
      : before.isSpeaking;
  const spoken = before.spoken + (before.isSpeaking && isLoud ? ms : 0);
  return { isSpeaking, spoken, against: isSpeaking === before.isSpeaking ? against : 0, floor };
}
