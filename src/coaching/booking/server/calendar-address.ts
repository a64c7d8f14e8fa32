/**
 * Fetches a calendar from an address that a coach typed, without letting it reach anything inside the house: every
 * hop's name is resolved once, refused unless all its addresses are out in the world, and connected to at exactly
 * the address that was looked at, so that no second answer of the DNS can change it.
 */
import { lookup } from "node:dns/promises";
import type { IncomingMessage, RequestOptions } from "node:http";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP } from "node:net";
import type { Result } from "#platform/result.ts";
import { ok, refuse } from "#platform/result.ts";
import { MOST_CALENDAR_BYTES } from "../calendar-file.ts";
import { isPublicAddress } from "./public-address.ts";

export type AddressRefusal =
  | { readonly type: "AddressNotAllowed"; readonly reason: AddressFault }
  /** `status` is the other server's HTTP status, or null where none answered. */
  | { readonly type: "AddressNotReached"; readonly status: number | null }
  | { readonly type: "TooLarge"; readonly most: number }
  | { readonly type: "TooSlow" }
  | { readonly type: "NotACalendar" };

export type AddressFault =
  "NotAnAddress" | "NotHttps" | "WithPassword" | "NotPublic" | "TooManyRedirects";

export interface AddressOptions {
  /** Plain http too, for a calendar server in a closed network of one's own. */
  readonly allowHttp?: boolean;
  /** Origins that may lie inside, such as "http://127.0.0.1:8123" in a test. */
  readonly allow?: readonly string[];
  readonly mostBytes?: number;
  readonly mostMs?: number;
  /** The addresses of a name; the system's resolver unless handed in. */
  readonly resolve?: (hostname: string) => Promise<readonly string[]>;
}

const MOST_REDIRECTS = 3;
const MOST_MS = 15_000;

/** The text behind an https:// or webcal:// address. */
export async function fetchCalendar(
  address: string,
  options: AddressOptions = {},
): Promise<Result<string, AddressRefusal>> {
  const signal = AbortSignal.timeout(options.mostMs ?? MOST_MS);
  let next = toUrl(address);
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    if (next === null) return notAllowed("NotAnAddress");
    const addresses = await checkTarget(next, options, signal);
    if (!addresses.ok) return addresses;
    const answer = await visit(next, addresses.value, options, signal);
    if (!answer.ok) return answer;
    if (answer.value.text !== undefined) return ok(answer.value.text);
    next = toUrl(answer.value.location, next);
  }
  return notAllowed("TooManyRedirects");
}

const notAllowed = (reason: AddressFault) => refuse({ type: "AddressNotAllowed", reason } as const);

/** Calendar programs write webcal:// for what is https://. */
function toUrl(address: string, base?: URL): URL | null {
  const text = address.trim().replace(/^webcals?:/i, "https:");
  return URL.canParse(text, base) ? new URL(text, base) : null;
}

/** The addresses to connect to. A name is asked for once, here. */
async function checkTarget(
  url: URL,
  options: AddressOptions,
  signal: AbortSignal,
): Promise<Result<readonly string[], AddressRefusal>> {
  const mayLieInside = options.allow?.includes(url.origin) === true;
  const isHttp = url.protocol === "http:" && (options.allowHttp === true || mayLieInside);
  if (url.protocol !== "https:" && !isHttp) return notAllowed("NotHttps");
  if (url.username !== "" || url.password !== "") return notAllowed("WithPassword");

  const hostname = url.hostname.replace(/^\[|\]$/g, "");
  let addresses: readonly string[];
  try {
    const resolve = options.resolve ?? resolveBySystem;
    addresses = isIP(hostname) === 0 ? await orAborted(resolve(hostname), signal) : [hostname];
  } catch {
    return notReached(signal);
  }
  if (addresses.length === 0) return notReached(signal);
  // One inside address among many would be a way in, by luck or by trying often.
  return mayLieInside || addresses.every(isPublicAddress) ? ok(addresses) : notAllowed("NotPublic");
}

function notReached(signal: AbortSignal) {
  return signal.aborted
    ? refuse({ type: "TooSlow" } as const)
    : refuse({ type: "AddressNotReached", status: null } as const);
}

async function resolveBySystem(hostname: string): Promise<string[]> {
  const found = await lookup(hostname, { all: true });
  return found.map(({ address }) => address);
}

function orAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new Error("Aborted"));
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

type Answer =
  | { readonly text: string; readonly location?: never }
  | { readonly location: string; readonly text?: never };

async function visit(
  url: URL,
  addresses: readonly string[],
  options: AddressOptions,
  signal: AbortSignal,
): Promise<Result<Answer, AddressRefusal>> {
  try {
    const response = await get(url, addresses, signal);
    const status = response.statusCode ?? 0;
    const { location } = response.headers;
    if (status >= 300 && status < 400 && location !== undefined) {
      response.destroy();
      return ok({ location });
    }
    if (status !== 200) {
      response.destroy();
      return refuse({ type: "AddressNotReached", status });
    }
    const most = options.mostBytes ?? MOST_CALENDAR_BYTES;
    const bytes = await readBody(response, most);
    if (bytes === null) return refuse({ type: "TooLarge", most });
    const text = calendarText(bytes, response.headers["content-encoding"]);
    return text === null ? refuse({ type: "NotACalendar" }) : ok({ text });
  } catch {
    return notReached(signal);
  }
}

function get(
  url: URL,
  addresses: readonly string[],
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const checked = addresses.map((address) => ({ address, family: isIP(address) }));
  const options: RequestOptions = {
    signal,
    // A connection of its own: a kept one might lead to an address that nobody looked at.
    agent: false,
    headers: { accept: "text/calendar, text/plain;q=0.5", "accept-encoding": "identity" },
    lookup: (_hostname, { all }, answer) => {
      if (all === true) answer(null, checked);
      else answer(null, checked[0]!.address, checked[0]!.family);
    },
  };
  return new Promise((resolve, reject) => {
    const request = url.protocol === "https:" ? httpsRequest : httpRequest;
    request(url, options, resolve).on("error", reject).end();
  });
}

/** Null beyond the limit. */
async function readBody(response: IncomingMessage, most: number): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response) {
    parts.push(part as Buffer);
    length += (part as Buffer).length;
    if (length > most) {
      response.destroy();
      return null;
    }
  }
  return Buffer.concat(parts);
}

/**
 * Text that begins as a calendar does; null for a page, a picture or what was packed unasked. A letter folded in
 * its middle is no valid UTF-8, and stands only in titles, which nobody reads.
 */
function calendarText(bytes: Buffer, encoding: string | undefined): string | null {
  if (encoding !== undefined && encoding !== "identity") return null;
  const text = new TextDecoder().decode(bytes);
  return /^\s*BEGIN:VCALENDAR/i.test(text) && !text.includes("\0") ? text : null;
}
