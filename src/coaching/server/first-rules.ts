/** The rules a coach begins with, until they save their own. */
import type { BookingRules } from "../booking/availability.ts";

export const FIRST_RULES: BookingRules = {
  lengthMinutes: { chemistry: 20, session: 50 },
  stepMinutes: 30,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 10,
  minimumNoticeMinutes: 24 * 60,
  dailyCap: 6,
  horizonDays: 60,
};
