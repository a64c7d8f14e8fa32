/**
 * The one declaration of an HTTP route that both sides meet in: the server mounts it, the browser's
 * typed client calls it, OpenAPI is generated from it, and the hostile-input proof walks over it.
 */
import type * as v from "valibot";

type Schema = v.GenericSchema<unknown, unknown>;

/** `public` knows nobody, `named` knows the account, `nameless` refuses to know. */
type Zone = "public" | "named" | "nameless";

export interface Route<
  Params extends Schema = Schema,
  Query extends Schema = Schema,
  Body extends Schema = Schema,
  Answer extends Schema = Schema,
  Refusals extends Readonly<Record<string, number>> = Readonly<Record<string, number>>,
  In extends Zone = Zone,
> {
  /** operationId in OpenAPI and the name in counts; unique. */
  readonly name: string;
  readonly about: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Fastify's form: `/api/named/vault/records/:collection/:id`. */
  readonly path: `/api/${string}`;
  readonly zone: In;
  /** Who may knock; finer rules are in the slice's policy. */
  readonly who: "anyone" | "member" | "coach" | "steward";
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly answer: Answer;
  /** Set where the answer isn't JSON, such as a calendar feed. */
  readonly contentType?: string;
  /** Refusal type → HTTP status. The refusals every route has are in GENERAL_REFUSALS. */
  readonly refusals: Refusals;
  /** Requests a minute: per account, or per network prefix where nobody is signed in. */
  readonly perMinute: number;
  /** Bytes; 16 KiB where absent. */
  readonly bodyLimit?: number;
  /** A body of any type is let in and read by nobody, as where mail programs send a form. */
  readonly anyBody?: true;
  /** The answer carries an ETag and may be kept by the device. */
  readonly cacheable?: true;
}

export function route<
  Params extends Schema = v.GenericSchema<undefined, undefined>,
  Query extends Schema = v.GenericSchema<undefined, undefined>,
  Body extends Schema = v.GenericSchema<undefined, undefined>,
  Answer extends Schema = Schema,
  // oxlint-disable-next-line typescript/no-generated-empty-object-type -- a route without refusals of its own
  const Refusals extends Readonly<Record<string, number>> = Readonly<Record<never, number>>,
  const In extends Zone = Zone,
>(
  declared: Route<Params, Query, Body, Answer, Refusals, In>,
): Route<Params, Query, Body, Answer, Refusals, In> {
  return declared;
}

/** What any route may answer besides its own refusals. Absent and forbidden look alike. */
export const GENERAL_REFUSALS = {
  BadInput: 400,
  NotSignedIn: 401,
  NotFound: 404,
  TooLarge: 413,
  TooMany: 429,
  SomethingWentWrong: 500,
  Closing: 503,
} as const;

type GeneralRefusal = keyof typeof GENERAL_REFUSALS;

/** A refusal on the wire. Details are for the screen's sentence; they never carry what was typed. */
export interface WireRefusal<Type extends string = string> {
  readonly type: Type;
  readonly detail?: Readonly<Record<string, string | number>>;
}

export type AnyRoute = Route;
/** Called by `call` alone. */
export type KnowingRoute = AnyRoute & { readonly zone: "public" | "named" };
/** Called by `callNameless` alone. */
export type NamelessRoute = AnyRoute & { readonly zone: "nameless" };

export type ParamsOf<R> = R extends Route<infer P> ? v.InferOutput<P> : never;
export type QueryOf<R> = R extends Route<Schema, infer Q> ? v.InferOutput<Q> : never;
export type BodyOf<R> = R extends Route<Schema, Schema, infer B> ? v.InferOutput<B> : never;
export type BodyInputOf<R> = R extends Route<Schema, Schema, infer B> ? v.InferInput<B> : never;
export type AnswerOf<R> =
  R extends Route<Schema, Schema, Schema, infer A> ? v.InferOutput<A> : never;
export type RefusalOf<R> = R extends { readonly refusals: infer Refusals }
  ? (keyof Refusals & string) | GeneralRefusal
  : never;
