import { createServer } from "node:http";
import type { RequestListener, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { fetchCalendar } from "./calendar-address.ts";

const CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answering = (body: string | Buffer, headers: Record<string, string> = {}) =>
  serve((_, response) => response.writeHead(200, headers).end(body));

test("a calendar is fetched as its text", async () => {
  const origin = await answering(CALENDAR, { "content-type": "text/calendar" });
  expect(await fetchCalendar(`${origin}/secret.ics`, { allow: [origin] })).toEqual({
    ok: true,
    value: CALENDAR,
  });
});

test("the request says nothing of who asks", async () => {
  let asked: NodeJS.Dict<string | string[]> = {};
  const origin = await serve((request, response) => {
    asked = request.headers;
    response.end(CALENDAR);
  });
  await fetchCalendar(`${origin}/`, { allow: [origin] });
  expect(Object.keys(asked).toSorted()).toEqual([
    "accept",
    "accept-encoding",
    "connection",
    "host",
  ]);
});

test.each([
  ["not an address", "no address", "NotAnAddress"],
  ["a file", "file:///etc/passwd", "NotHttps"],
  ["plain http", "http://calendar.example/a.ics", "NotHttps"],
  ["a password within", "https://me:secret@calendar.example/a.ics", "WithPassword"],
  ["this machine", "https://127.0.0.1/a.ics", "NotPublic"],
  ["this machine as one number", "https://2130706433/a.ics", "NotPublic"],
  ["this machine in octal", "https://0177.0.0.1/a.ics", "NotPublic"],
  ["this machine by IPv6", "https://[::1]/a.ics", "NotPublic"],
  ["this machine through IPv6", "https://[::ffff:127.0.0.1]/a.ics", "NotPublic"],
  ["this machine by name", "webcal://localhost/a.ics", "NotPublic"],
  ["a cloud's metadata", "https://169.254.169.254/latest/meta-data", "NotPublic"],
])("%s is not allowed", async (_, address, reason) => {
  expect(await fetchCalendar(address)).toEqual({
    ok: false,
    refusal: { type: "AddressNotAllowed", reason },
  });
});

test("http is allowed only where the configuration says so, and then only into the world", async () => {
  const origin = await answering(CALENDAR);
  expect(await fetchCalendar(origin, { allowHttp: true })).toEqual({
    ok: false,
    refusal: { type: "AddressNotAllowed", reason: "NotPublic" },
  });
});

test("a name with one address inside is refused, whatever its others are", async () => {
  const resolve = async () => ["1.1.1.1", "10.0.0.1"];
  expect(await fetchCalendar("https://calendar.example/", { resolve })).toEqual({
    ok: false,
    refusal: { type: "AddressNotAllowed", reason: "NotPublic" },
  });
});

test("the address that was looked at is the one connected to, and the name is asked for once", async () => {
  const { port } = new URL(await answering(CALENDAR));
  // No DNS knows this name: whoever asked a second time would not arrive.
  const origin = `http://calendar.invalid:${port}`;
  let asked = 0;
  const resolve = async (hostname: string) => {
    asked++;
    expect(hostname).toBe("calendar.invalid");
    return ["127.0.0.1"];
  };
  expect((await fetchCalendar(origin, { allow: [origin], resolve })).ok).toBe(true);
  expect(asked).toBe(1);
});

test("a name that nobody knows is not reached", async () => {
  const resolve = async () => Promise.reject(new Error("ENOTFOUND"));
  expect(await fetchCalendar("https://calendar.example/", { resolve })).toEqual({
    ok: false,
    refusal: { type: "AddressNotReached", status: null },
  });
});

test("a redirect is followed where it may lead, three times", async () => {
  const origin = await serve((request, response) => {
    const left = Number(request.url!.slice(1));
    if (left === 0) response.end(CALENDAR);
    else response.writeHead(302, { location: `/${left - 1}` }).end();
  });
  expect((await fetchCalendar(`${origin}/3`, { allow: [origin] })).ok).toBe(true);
  expect(await fetchCalendar(`${origin}/4`, { allow: [origin] })).toEqual({
    ok: false,
    refusal: { type: "AddressNotAllowed", reason: "TooManyRedirects" },
  });
});

test("a redirect to the inside is refused without a visit", async () => {
  let visits = 0;
  const inside = await serve((_, response) => {
    visits++;
    response.end(CALENDAR);
  });
  for (const location of [
    inside,
    `${inside.replace("127.0.0.1", "localhost")}/`,
    "file:///etc/passwd",
    "https://[::1]/",
  ]) {
    const origin = await serve((_, response) => response.writeHead(301, { location }).end());
    const read = await fetchCalendar(origin, { allow: [origin], allowHttp: true });
    expect(read.ok ? "" : read.refusal.type, location).toBe("AddressNotAllowed");
  }
  expect(visits).toBe(0);
});

test("an answer other than yes is told with its status", async () => {
  const origin = await serve((_, response) => response.writeHead(404).end());
  expect(await fetchCalendar(origin, { allow: [origin] })).toEqual({
    ok: false,
    refusal: { type: "AddressNotReached", status: 404 },
  });
});

test("a server that isn't there is not reached", async () => {
  const origin = await answering(CALENDAR);
  servers.pop()!.close();
  expect(await fetchCalendar(origin, { allow: [origin] })).toEqual({
    ok: false,
    refusal: { type: "AddressNotReached", status: null },
  });
});

test("a body that never ends is given up at the limit", async () => {
  const origin = await serve((_, response) => {
    response.writeHead(200);
    const more = () => {
      while (!response.destroyed && response.write("X".repeat(65_536)));
      response.once("drain", more);
    };
    more();
  });
  expect(await fetchCalendar(origin, { allow: [origin], mostBytes: 1_000_000 })).toEqual({
    ok: false,
    refusal: { type: "TooLarge", most: 1_000_000 },
  });
});

test.each([
  ["never answers", () => {}],
  [
    "drips",
    (_: unknown, response: ServerResponse) => {
      const drip = setInterval(() => response.write("B"), 20);
      response.on("close", () => clearInterval(drip));
    },
  ],
])("a server that %s is too slow", async (_, listener) => {
  const origin = await serve(listener);
  const begun = performance.now();
  expect(await fetchCalendar(origin, { allow: [origin], mostMs: 200 })).toEqual({
    ok: false,
    refusal: { type: "TooSlow" },
  });
  expect(performance.now() - begun).toBeLessThan(3000);
});

test("a DNS that never answers is too slow", async () => {
  const resolve = () => new Promise<string[]>(() => {});
  expect(await fetchCalendar("https://calendar.example/", { resolve, mostMs: 50 })).toEqual({
    ok: false,
    refusal: { type: "TooSlow" },
  });
});

test.each([
  ["a web page", "<!doctype html><title>Sign in</title>", {}],
  ["nothing", "", {}],
  ["bytes that are no text", Buffer.from("BEGIN:VCALENDAR\0\u0001"), {}],
  ["what was packed unasked", CALENDAR, { "content-encoding": "gzip" }],
])("%s is not a calendar", async (_, body, headers) => {
  const origin = await answering(body, headers);
  expect(await fetchCalendar(origin, { allow: [origin] })).toEqual({
    ok: false,
    refusal: { type: "NotACalendar" },
  });
});

test("a title folded in the middle of a letter does no harm", async () => {
  const letter = Buffer.from("é");
  const body = Buffer.concat([
    Buffer.from("BEGIN:VCALENDAR\r\nSUMMARY:caf"),
    letter.subarray(0, 1),
    Buffer.from("\r\n "),
    letter.subarray(1),
    Buffer.from("\r\nEND:VCALENDAR\r\n"),
  ]);
  const origin = await answering(body);
  expect((await fetchCalendar(origin, { allow: [origin] })).ok).toBe(true);
});
