/** A thread of its own for reading calendar files: a large one keeps nobody else waiting. */
import { parentPort } from "node:worker_threads";
import {
  MOST_CALENDAR_BYTES,
  MOST_OCCURRENCES,
  readCalendar,
  type CalendarQuestion,
} from "../calendar-file.ts";

export interface CalendarOrder {
  readonly text: string;
  readonly question: CalendarQuestion;
  readonly mostMs: number;
}

parentPort!.on("message", ({ text, question, mostMs }: CalendarOrder) => {
  const deadline = performance.now() + mostMs;
  const reading = readCalendar(text, question, {
    characters: MOST_CALENDAR_BYTES,
    occurrences: MOST_OCCURRENCES,
    isPastDeadline: () => performance.now() > deadline,
  });
  parentPort!.postMessage(reading);
});
