/** What time it is where bookings are kept: a device's own clock may be wrong by hours, the server's decides. */
let aheadMs = 0;

/** Answers say their second, and take a while to come: less than this tells nothing. */
const TELLING_MS = 60_000;

/** Milliseconds since the epoch by the server's clock, as far as its last answer told. */
export const serverNow = (): number => Date.now() + aheadMs;

/** `date`: the Date header of an answer (RFC 9110 section 6.6.1). */
export function hearServerTime(date: string | null): void {
  const ahead = Date.parse(date ?? "") - Date.now();
  if (Number.isNaN(ahead)) return;
  aheadMs = Math.abs(ahead) < TELLING_MS ? 0 : ahead;
}
