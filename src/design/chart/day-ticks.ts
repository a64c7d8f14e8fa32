/** Which days of a series get a label: always the ends, and between them only what has room. */
const ROOM = 76;

export function daysShown(days: readonly string[], width: number): readonly number[] {
  if (days.length === 0) return [];
  const times = days.map((day) => Date.parse(day));
  const first = times[0]!;
  const span = times.at(-1)! - first;
  const last = days.length - 1;
  if (span <= 0) return [0];
  const place = (index: number) => ((times[index]! - first) / span) * width;
  const shown = [0];
  for (let index = 1; index < last; index++) {
    const hasRoom = place(index) - place(shown.at(-1)!) >= ROOM && width - place(index) >= ROOM;
    if (hasRoom) shown.push(index);
  }
  return [...shown, last];
}
