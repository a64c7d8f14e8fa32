import { inspect } from "node:util";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { reveal } from "../redacted.ts";
import { loadConfig, problemsToWords, readConfig, type Environment } from "./config.ts";

const places = { home: "/opt/callroom", work: "/home/op", fileFolder: "/etc/callroom" };
const read = (env: Environment, file: string | null = null) => readConfig(env, file, places);

function problemsOf(env: Environment, file: string | null = null): Record<string, string> {
  const result = read(env, file);
  if (result.ok) throw new Error("Expected problems");
  return Object.fromEntries(result.refusal.map(({ name, problem }) => [name, problem]));
}

function configOf(env: Environment, file: string | null = null) {
  const result = read(env, file);
  if (!result.ok) throw new Error(problemsToWords(result.refusal));
  return result.value;
}

test("nothing set is a whole configuration", () => {
  expect(configOf({})).toMatchObject({
    dataDir: "/opt/callroom/data",
    host: "127.0.0.1",
    port: 4173,
    origin: null,
    databases: { named: { kind: "embedded" }, nameless: { kind: "embedded" } },
    acceptOneServer: false,
    mail: { smtpUrl: null },
    secretsFile: "/opt/callroom/data/secrets.json",
    trustProxy: [],
    turnUrls: [],
    logLevel: "info",
  });
});

test("a configuration can't be changed afterwards", () => {
  const config = configOf({});
  expect(() => ((config as { port: number }).port = 1)).toThrow(TypeError);
  expect(() => ((config.mail as { from: string }).from = "x")).toThrow(TypeError);
});

test("the environment wins over the file, and comments, quotes and blank lines are read", () => {
  const file = '# ours\n\nCALLROOM_PORT = 1\nCALLROOM_MAIL_FROM="room@example.org"\r\n';
  const config = configOf({ CALLROOM_PORT: "8080" }, file);
  expect(config.port).toBe(8080);
  expect(config.mail.from).toBe("room@example.org");
});

test("a relative path starts where it was written", () => {
  expect(configOf({ CALLROOM_DATA_DIR: "d" }).dataDir).toBe("/home/op/d");
  expect(configOf({}, "CALLROOM_DATA_DIR=d").dataDir).toBe("/etc/callroom/d");
});

test.each([
  ["CALLROOM_PORT", "tcp://10.0.0.1:4173"],
  ["CALLROOM_PORT", "65536"],
  ["CALLROOM_PORT", "-1"],
  ["CALLROOM_HOST", "not a host"],
  ["CALLROOM_ORIGIN", "http://callroom.example.org"],
  ["CALLROOM_ORIGIN", "https://callroom.example.org/path"],
  ["CALLROOM_ORIGIN", "callroom.example.org"],
  ["CALLROOM_SMTP_URL", "mail.example.org"],
  ["CALLROOM_ACCEPT_ONE_SERVER", "perhaps"],
  ["CALLROOM_TRUST_PROXY", "true"],
  ["CALLROOM_TURN_URL", "relay.example.org"],
  ["CALLROOM_TURN_URL", "stun:relay.example.org"],
  ["CALLROOM_TURN_URL", "turn:relay.example.org,turn:other.example.org"],
  ["CALLROOM_TURN_URL", "turn:user@relay.example.org"],
  ["CALLROOM_LOG_LEVEL", "loud"],
  ["CALLROOM_MAIL_FROM", "Callroom"],
  ["CALLROOM_MAIL_FROM", "Callroom <room@example.org>"],
])("%s=%s is refused by name", (name, value) => {
  expect(problemsOf({ [name]: value })[name]).toMatch(/^expected /);
});

test("all problems are told at once", () => {
  const problems = problemsOf({ CALLROOM_PORT: "x", CALLROOM_LOG_LEVEL: "x" });
  expect(Object.keys(problems)).toEqual(["CALLROOM_PORT", "CALLROOM_LOG_LEVEL"]);
});

test("https anywhere and http at home are origins, kept without a slash", () => {
  expect(configOf({ CALLROOM_ORIGIN: "https://Room.example.org/" }).origin).toBe(
    "https://room.example.org",
  );
  expect(configOf({ CALLROOM_ORIGIN: "http://localhost:99" }).origin).toBe("http://localhost:99");
});

test("a named database by address wants a nameless one by address", () => {
  const url = "postgres://u:secretword@db.example.org/callroom";
  expect(problemsOf({ CALLROOM_DATABASE_URL: url })["CALLROOM_NAMELESS_DATABASE_URL"]).toContain(
    "of its own",
  );
  const both = configOf({ CALLROOM_DATABASE_URL: url, CALLROOM_NAMELESS_DATABASE_URL: `${url}2` });
  if (both.databases.named.kind !== "address") throw new Error("Expected an address");
  expect(reveal(both.databases.named.url)).toBe(url);
  expect(inspect(both, { depth: 9 }) + JSON.stringify(both)).not.toContain("secretword");
});

test("a wrong address with a password in it is never repeated", () => {
  const words = JSON.stringify([
    problemsOf({ CALLROOM_DATABASE_URL: "mysql://u:secretword@h/d" }),
    problemsOf({ CALLROOM_SMTP_URL: "http://u:secretword@h" }),
    problemsOf({}, "CALLROOM_DATABASE_URL\nsecretword"),
  ]);
  expect(words).not.toContain("secretword");
});

test("a misspelt name is told with the right one; a platform's own names are left alone", () => {
  expect(problemsOf({ CALLROOM_ORIGN: "x" })["CALLROOM_ORIGN"]).toContain("CALLROOM_ORIGIN?");
  expect(problemsOf({}, "CALLROOM_COLOUR=red")["CALLROOM_COLOUR"]).toContain("line 1");
  expect(configOf({ CALLROOM_SERVICE_HOST: "10.0.0.1" }).port).toBe(4173);
});

test("a key set twice in the file is refused", () => {
  expect(problemsOf({}, "CALLROOM_PORT=1\nCALLROOM_PORT=2")["CALLROOM_PORT"]).toContain("twice");
});

test("proxies are a list of addresses and networks", () => {
  expect(configOf({ CALLROOM_TRUST_PROXY: "loopback, 10.0.0.0/8" }).trustProxy).toEqual([
    "loopback",
    "10.0.0.0/8",
  ]);
});

test("a relay is one name, by as many ways as wanted", () => {
  const ways = ["turn:relay.example.org:3478", "turns:relay.example.org:443?transport=tcp"];
  expect(configOf({ CALLROOM_TURN_URL: ways.join(", ") }).turnUrls).toEqual(ways);
  expect(configOf({ CALLROOM_TURN_URL: "turn:[2001:db8::7]" }).turnUrls).toHaveLength(1);
  expect(configOf({}).turnUrls).toEqual([]);
});

test("a file that was asked for must be there; the usual one need not", async () => {
  const home = await mkdtemp(join(tmpdir(), "callroom-config-"));
  try {
    expect((await loadConfig({}, { home, work: home })).ok).toBe(true);
    const missing = await loadConfig({ CALLROOM_CONFIG: "no.conf" }, { home, work: home });
    expect(missing.ok).toBe(false);
    await writeFile(join(home, "callroom.conf"), "CALLROOM_PORT=77");
    const found = await loadConfig({}, { home, work: "/" });
    expect(found.ok && found.value.port).toBe(77);
  } finally {
    await rm(home, { recursive: true });
  }
});
