/**
 * Mounts contracts on Fastify: schemas in, refusals and presented answers out, limits, and the rule that
 * a defect leaves only as an incident number. Nothing here logs an address, a word or an id. On the nameless
 * side whoever brings something to know them by is refused, and every answer has one of a few sizes.
 */
import { createHash } from "node:crypto";
import type { FastifyCookieOptions } from "@fastify/cookie";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import * as v from "valibot";
import {
  GENERAL_REFUSALS,
  type AnswerOf,
  type AnyRoute,
  type BodyOf,
  type ParamsOf,
  type QueryOf,
  type RefusalOf,
  type WireRefusal,
} from "../contract.ts";
import { paddedSize, padJson } from "../padding.ts";
import type { Result } from "../result.ts";
import { EVENT_STREAM, openEventStream, type Following } from "./event-stream.ts";
import type { Limits } from "./limits.ts";
import { networkPrefix } from "./limits.ts";

/** Who is knocking, as the session says. */
export interface Caller {
  readonly account: string;
  readonly session: string;
  readonly roles: readonly string[];
}

interface Handled<R> {
  readonly params: ParamsOf<R>;
  readonly query: QueryOf<R>;
  readonly body: BodyOf<R>;
  /** Present on routes that need somebody; use `callerOf`. */
  readonly caller: Caller | null;
  /** For a policy of its own, such as a limit per address that is being tried. Never stored. */
  readonly network: string;
  /**
   * Counts by what was proved, such as a pseudonym: hospitals share addresses, so from then on this request
   * doesn't count for its network. 0, or the seconds to wait. The key is kept in memory, for a minute at most.
   */
  readonly takeTurn: (key: string, perMinute: number) => number;
  readonly cookies: CookieJar;
}

interface CookieJar {
  readonly get: () => string | null;
  readonly set: (token: string) => void;
  readonly clear: () => void;
}

export type Handler<R> = (
  request: Handled<R>,
) => Promise<Result<AnswerOf<R>, WireRefusal<RefusalOf<R>>>>;

export interface Mounting {
  readonly app: FastifyInstance;
  readonly limits: Limits;
  /** Or for how many seconds the unknown tokens of a network that tries some out are not looked up. */
  readonly identify: (
    token: string,
    network: string,
  ) => Promise<Caller | { readonly seconds: number } | null>;
  /** Writes a defect down and answers with its incident number. */
  readonly defect: (error: unknown, where: string, zone?: AnyRoute["zone"]) => string;
  /** Every contract that was mounted, for OpenAPI and for proofs. */
  readonly mounted: AnyRoute[];
}

export const SESSION_COOKIE = "__Secure-callroom";
/** `@fastify/cookie` is registered by the composition root; this names what it is given. */
export const COOKIE_OPTIONS: FastifyCookieOptions = {};
const COOKIE_RULES = {
  path: "/api/named",
  httpOnly: true,
  secure: true,
  sameSite: "strict",
} as const;
const FOUR_MONTHS_IN_SECONDS = 120 * 24 * 3600;

/** The beginning of every nameless route's path, and of no other's. */
const NAMELESS = "/api/nameless/";

/** By the route that was found, or for a path without one by the path. */
export const isNamelessRequest = ({ routeOptions, url }: FastifyRequest): boolean =>
  (routeOptions.url ?? url).startsWith(NAMELESS);

export function mount<R extends AnyRoute>(mounting: Mounting, route: R, handler: Handler<R>): void {
  checkZone(route);
  mounting.mounted.push(route);
  const bodyLimit = route.bodyLimit ?? 16 * 1024;
  mounting.app.route({
    method: route.method,
    url: route.path,
    bodyLimit: route.zone === "nameless" ? paddedSize(bodyLimit) : bodyLimit,
    ...(route.anyBody ? { onRequest: takeAsText } : {}),
    handler: async (request, reply) => {
      try {
        await answer(mounting, route, handler, request, reply);
      } catch (error) {
        return sendDefect(reply, mounting.defect(error, route.name, route.zone));
      }
      return reply;
    },
  });
}

// Without a parser for its type a body is refused, and there are parsers for no more types than we read.
async function takeAsText(request: FastifyRequest): Promise<void> {
  if (request.headers["content-type"] !== undefined) request.headers["content-type"] = "text/plain";
}

async function answer<R extends AnyRoute>(
  mounting: Mounting,
  route: R,
  handler: Handler<R>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const token = request.cookies[SESSION_COOKIE];
  if (route.zone === "nameless" && bringsSomebody(request))
    return sendRefusal(reply, 400, { type: "BadInput" });
  // Browsers send this; where they do, only our own pages may write. Tools that send nothing carry no cookie of a page.
  const site = request.headers["sec-fetch-site"];
  if (route.method !== "GET" && site !== undefined && site !== "same-origin")
    return sendRefusal(reply, 404, { type: "NotFound" });

  // Read before anything is waited for: a connection that breaks meanwhile loses its address.
  const network = networkPrefix(request.ip);
  const found = route.zone === "named" && token ? await mounting.identify(token, network) : null;
  const caller = found && "account" in found ? found : null;
  if (route.who !== "anyone" && caller === null)
    return found && "seconds" in found
      ? sendTooMany(reply, found.seconds)
      : sendRefusal(reply, 401, { type: "NotSignedIn" });
  const turn = `${route.name} ${caller?.account ?? network}`;
  const wait = mounting.limits.take(turn, route.perMinute);
  if (wait > 0) return sendTooMany(reply, wait);
  if ((route.who === "coach" || route.who === "steward") && !caller?.roles.includes(route.who))
    return sendRefusal(reply, 404, { type: "NotFound" });

  const params = read(route.params, request.params);
  const query = read(route.query, request.query);
  const body = read(route.body, request.body);
  for (const part of [params, query, body])
    if (!part.ok)
      return sendRefusal(reply, 400, { type: "BadInput", detail: { field: part.field } });

  const result = await handler({
    params: params.ok ? params.value : undefined,
    query: query.ok ? query.value : undefined,
    body: body.ok ? body.value : undefined,
    caller,
    network,
    takeTurn: (key, perMinute) => {
      const seconds = mounting.limits.take(`${route.name} proved ${key}`, perMinute);
      if (seconds === 0) mounting.limits.giveBack(turn, route.perMinute);
      return seconds;
    },
    cookies: {
      get: () => token ?? null,
      set: (value) =>
        void reply.setCookie(SESSION_COOKIE, value, {
          ...COOKIE_RULES,
          maxAge: FOUR_MONTHS_IN_SECONDS,
        }),
      clear: () => void reply.clearCookie(SESSION_COOKIE, COOKIE_RULES),
    },
  } as Handled<R>);

  if (!result.ok) {
    const status =
      route.refusals[result.refusal.type] ??
      (GENERAL_REFUSALS as Record<string, number>)[result.refusal.type];
    if (status === undefined)
      throw new Error(`${route.name} has no status for ${result.refusal.type}`);
    return sendRefusal(reply, status, result.refusal);
  }
  if (route.contentType === EVENT_STREAM) return openEventStream(reply, result.value as Following);
  if (route.contentType)
    return reply
      .type(route.contentType)
      .header("cache-control", "private, no-cache")
      .send(result.value);
  if (route.cacheable) return sendCacheable(request, reply, result.value);
  return sendUnstored(reply, 200, result.value ?? {});
}

/** A nameless path that isn't one, or an answer that could not be filled up, is found when Callroom starts. */
function checkZone(route: AnyRoute): void {
  const isNameless = route.zone === "nameless";
  if (isNameless !== route.path.startsWith(NAMELESS))
    throw new Error(`${route.name} lies outside its zone`);
  const isPlain = route.contentType === undefined || route.contentType === EVENT_STREAM;
  if (isNameless && (route.who !== "anyone" || route.cacheable || !isPlain))
    throw new Error(`${route.name} can't be nameless`);
}

// Also a cookie that our parser would not take for one. Others may be a proxy's, and say nothing to us.
const bringsSomebody = ({ headers }: FastifyRequest): boolean =>
  headers.authorization !== undefined || /callroom/i.test(headers.cookie ?? "");

type ReadPart = { ok: true; value: unknown } | { ok: false; field: string };

function read(schema: v.GenericSchema<unknown, unknown> | undefined, value: unknown): ReadPart {
  if (schema === undefined) return { ok: true, value: undefined };
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  if (parsed.success) return { ok: true, value: parsed.output };
  return { ok: false, field: (v.getDotPath(parsed.issues[0]) ?? "").slice(0, 80) };
}

function sendCacheable(request: FastifyRequest, reply: FastifyReply, value: unknown) {
  const { text, tag } = writtenOut(value as object);
  void reply.header("cache-control", "private, no-cache").header("etag", tag);
  if (isKnownTag(request.headers["if-none-match"], tag)) return reply.code(304).send();
  return reply.type("application/json; charset=utf-8").send(text);
}

// What a slice keeps in memory it hands over as the same object: written out and hashed once, not per request.
const writings = new WeakMap<object, { readonly text: string; readonly tag: string }>();

function writtenOut(value: object): { readonly text: string; readonly tag: string } {
  let writing = writings.get(value);
  if (!writing) {
    const text = JSON.stringify(value);
    const digest = createHash("sha256").update(text).digest("base64url");
    writing = { text, tag: `"${digest.slice(0, 22)}"` };
    writings.set(value, writing);
  }
  return writing;
}

// RFC 9110 section 13.1.2 compares weakly, and a proxy that compresses makes our tag a weak one.
const isKnownTag = (known: string | undefined, tag: string): boolean =>
  known !== undefined && known.split(",").some((each) => each.trim().replace(/^W\//, "") === tag);

export function sendRefusal(reply: FastifyReply, status: number, refusal: WireRefusal) {
  return sendUnstored(reply, status, { refusal });
}

/** On the nameless side without its number: whoever told it to a steward would say which act was theirs. */
export function sendDefect(reply: FastifyReply, incident: string) {
  const detail = isNamelessRequest(reply.request) ? {} : { detail: { incident } };
  return sendRefusal(reply, 500, { type: "SomethingWentWrong", ...detail });
}

function sendUnstored(reply: FastifyReply, status: number, value: unknown) {
  if (!isNamelessRequest(reply.request))
    return reply.code(status).header("cache-control", "no-store").send(value);
  // A proxy that packs the answer would bring its true size to light.
  return reply
    .code(status)
    .header("cache-control", "no-store, no-transform")
    .type("application/json; charset=utf-8")
    .send(padJson(JSON.stringify(value)));
}

function sendTooMany(reply: FastifyReply, seconds: number) {
  if (!isNamelessRequest(reply.request)) void reply.header("retry-after", String(seconds));
  return sendRefusal(reply, 429, { type: "TooMany", detail: { seconds } });
}

/** The caller of a route that needs one; its absence is a defect, as `mount` has refused already. */
export function callerOf(request: { readonly caller: Caller | null }): Caller {
  if (request.caller === null) throw new Error("A route without a caller asked for one");
  return request.caller;
}
