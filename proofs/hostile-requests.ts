/** Makes bad requests out of the API's own description: near-valid ones with one thing wrong, and plain garbage. */

export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: "path" | "query";
    readonly schema: JsonSchema;
  }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>>;
  };
}

interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface HostileRequest {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string | null;
}

/** Numbers in [0, 1) from a seed, so that a failure can be repeated. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function hostileRequest(document: ApiDocument, random: () => number): HostileRequest {
  const pick = <Each>(from: readonly Each[]): Each => from[Math.floor(random() * from.length)]!;
  const [pattern, operations] = pick(Object.entries(document.paths));
  const [method, operation] = pick(Object.entries(operations));
  const value = (schema: JsonSchema): unknown =>
    random() < 0.12 ? pick(NASTY) : likely(schema, random);
  const path = pattern.replace(/\{(\w+)\}/g, (_, name: string) => {
    const parameter = operation.parameters.find((each) => each.name === name);
    return encodeURIComponent(inAddress(parameter ? value(parameter.schema) : pick(NASTY)));
  });
  const query = operation.parameters
    .filter((each) => each.in === "query" && random() > 0.1)
    .map((each) => `${each.name}=${encodeURIComponent(inAddress(value(each.schema)))}`);
  const schema = operation.requestBody?.content["application/json"]?.schema;
  return {
    operation: operation.operationId,
    method: (random() < 0.03
      ? pick(["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
      : method
    ).toUpperCase(),
    path: query.length > 0 ? `${path}?${query.join("&")}` : path,
    headers: random() < 0.9 ? { "content-type": "application/json" } : pick(ODD_HEADERS),
    body: schema === undefined && random() < 0.9 ? null : hostileBody(schema, random),
  };
}

function hostileBody(schema: JsonSchema | undefined, random: () => number): Uint8Array | string {
  const kind = random();
  if (kind < 0.08)
    return Uint8Array.from({ length: 1 + Math.floor(random() * 400) }, () =>
      Math.floor(random() * 256),
    );
  if (kind < 0.12) return "[".repeat(20_000);
  if (kind < 0.16) return `{"a":${"9".repeat(400)}}`;
  if (kind < 0.2)
    return '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}';
  if (kind < 0.22) return JSON.stringify({ text: "x".repeat(2_000_000) });
  const body = schema === undefined ? {} : likely(schema, random);
  return JSON.stringify(random() < 0.75 ? spoilt(body, random) : body);
}

/** The same, with one thing in it replaced, added or taken away. */
function spoilt(body: unknown, random: () => number): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body))
    return NASTY[Math.floor(random() * NASTY.length)];
  const entries = Object.entries(body as Record<string, unknown>);
  const at = Math.floor(random() * (entries.length + 1));
  if (at === entries.length) return { ...body, more: "than asked for" };
  const [name, value] = entries[at]!;
  if (random() < 0.2) return Object.fromEntries(entries.filter((_, nth) => nth !== at));
  const isNested = typeof value === "object" && value !== null && random() < 0.5;
  return {
    ...body,
    [name]: isNested ? spoilt(value, random) : NASTY[Math.floor(random() * NASTY.length)],
  };
}

function likely(schema: JsonSchema, random: () => number): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[Math.floor(random() * schema.enum.length)];
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return likely(options[Math.floor(random() * options.length)]!, random);
  switch (schema.type) {
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, each]) => [name, likely(each, random)]),
      );
    case "array":
      return Array.from({ length: Math.floor(random() * 4) }, () =>
        likely(schema.items ?? {}, random),
      );
    case "integer":
    case "number": {
      const least = schema.minimum ?? 0;
      return Math.floor(least + random() * Math.min((schema.maximum ?? least + 1000) - least, 1e6));
    }
    case "boolean":
      return random() < 0.5;
    case "null":
      return null;
    case undefined:
    default:
      return likelyText(random);
  }
}

function likelyText(random: () => number): string {
  const letters = (count: number) =>
    Array.from(
      { length: count },
      () =>
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[
          Math.floor(random() * 64)
        ],
    ).join("");
  const hex = (count: number) =>
    Array.from({ length: count }, () => Math.floor(random() * 16).toString(16)).join("");
  const kinds = [
    () => letters(22).slice(0, 21) + "A",
    () => letters(42) + "A",
    () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
    () => "someone@proof.example",
    () => "Europe/London",
    () => "2031-03-09",
    () => "A line of plain text",
    () => letters(96),
    () => letters(428),
    () => String(Math.floor(random() * 30_000_000)),
  ];
  return kinds[Math.floor(random() * kinds.length)]!();
}

const NASTY: readonly unknown[] = [
  null,
  "",
  " ",
  "x".repeat(10_000),
  "\u0000",
  "\ud800",
  "\u202egnp.exe",
  "🩺👩🏽‍⚕️",
  "مرحبا",
  "'; drop table identity.account; --",
  "../../../../etc/passwd",
  "%00%ff%fe",
  "<script>alert(1)</script>",
  -1,
  0,
  1e308,
  2 ** 53,
  0.1,
  Number.NaN,
  true,
  [],
  {},
  [[[[[]]]]],
  { toString: "no" },
  "1e9",
  "00000000-0000-0000-0000-000000000000",
  "2026-02-30",
  "Mars/Olympus",
];

const ODD_HEADERS: readonly Readonly<Record<string, string>>[] = [
  {},
  { "content-type": "text/plain" },
  { "content-type": "application/x-www-form-urlencoded" },
  { "content-type": "multipart/form-data; boundary=x" },
  { "content-type": "application/json; charset=utf-16" },
  { "content-type": "application/json", "content-encoding": "gzip" },
  { "content-type": "application/json", "if-none-match": "x".repeat(4000) },
  { "content-type": "application/json", "sec-fetch-site": "cross-site" },
];

const inAddress = (value: unknown): string => {
  const text = typeof value === "string" ? value : JSON.stringify(value) || "null";
  return text.isWellFormed() ? text.slice(0, 1500) : "%EF%BF%BD";
};
