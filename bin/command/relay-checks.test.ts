import { execFile } from "node:child_process";
import { createSocket } from "node:dgram";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startLocalRelay, type LocalRelay } from "../../tests/local-relay.ts";
import { relayAddress, relayConfig } from "../../src/circles/server/relay-config.ts";
import { relaySecretOf } from "../../src/circles/server/relay.ts";
import { redact, reveal } from "../../src/platform/redacted.ts";
import { tryRelay } from "./relay-checks.ts";

const secret = relaySecretOf(redact(new Uint8Array(32).fill(7)));
const CLIENT = "/usr/bin/turnutils_uclient";
let local: LocalRelay | null = null;
beforeAll(async () => void (local = await startLocalRelay(secret)));
afterAll(() => local?.stop());

test("coturn with our configuration relays for our names, by UDP and by TCP", async ({ skip }) => {
  if (local === null) return skip("coturn is not installed");
  for (const url of local.urls) expect(await tryRelay({ urls: [], secret }, url)).toBe("relays");
});

test("it refuses names made with another secret, and names that have ended", async ({ skip }) => {
  if (local === null) return skip("coturn is not installed");
  const other = relaySecretOf(redact(new Uint8Array(32).fill(8)));
  expect(await tryRelay({ urls: [], secret: other }, local.urls[0]!)).toBe("refused");
  const yesterday = Date.now() - 24 * 3_600_000;
  expect(await tryRelay({ urls: [], secret }, local.urls[0]!, yesterday)).toBe("refused");
});

test("it is no way to anybody else: not to the machine, its network, or the world", async ({
  skip,
}) => {
  if (local === null) return skip("coturn is not installed");
  for (const peer of ["127.0.0.1", "10.1.2.3", "192.168.1.1", "192.0.2.77"])
    expect(await waysTo(peer, local)).toContain("403 (Forbidden IP)");
  expect(await waysTo(local.address, local)).not.toContain("403");
});

/** What coturn's own client hears when it asks for a way to somebody. */
function waysTo(peer: string, { urls, address }: LocalRelay): Promise<string> {
  const { port } = relayAddress(urls[0]!);
  const asked = ["-W", reveal(secret), "-u", "somebody", "-e", peer, "-n", "1", "-m", "1", "-c"];
  return new Promise((resolve) => {
    const options = { timeout: 2_000 };
    const args = [...asked, "-p", String(port), address];
    execFile(CLIENT, args, options, (_error, out, err) => resolve(out + err));
  });
}

test("it writes nothing of whom it relayed", ({ skip }) => {
  if (local === null) return skip("coturn is not installed");
  expect(local.written()).not.toMatch(/allocat|session|user|\d:[\w-]{16}/i);
});

test("where nothing listens, it is said to be silent", async () => {
  const socket = createSocket("udp4").bind(0, "127.0.0.1");
  await new Promise((resolve) => socket.once("listening", resolve));
  const { port } = socket.address();
  expect(await tryRelay({ urls: [], secret }, `turn:127.0.0.1:${port}`)).toBe("silent");
  socket.close();
  expect(await tryRelay({ urls: [], secret }, `turn:127.0.0.1:1?transport=tcp`)).toBe("silent");
});

test("the configuration lets voices through to the relay itself and to nobody else", () => {
  const urls = ["turn:relay.example.org", "turns:relay.example.org:443?transport=tcp"];
  const place = { addresses: ["198.51.100.4"], own: new Set<string>() };
  const lines = relayConfig({ urls, secret }, place).split("\n");
  expect(lines.filter((line) => line.startsWith("allowed-peer-ip"))).toEqual([
    "allowed-peer-ip=198.51.100.4",
  ]);
  for (const line of [
    "denied-peer-ip=0.0.0.0-255.255.255.255",
    "use-auth-secret",
    "log-file=/dev/null",
    "no-stdout-log",
    "listening-port=3478",
    "tls-listening-port=443",
    "external-ip=198.51.100.4",
  ])
    expect(lines).toContain(line);
  expect(lines).not.toContain("allow-loopback-peers");
  expect(lines).not.toContain("verbose");
});

test("addresses of a relay are read as browsers read them", () => {
  expect(relayAddress("turn:relay.example.org")).toEqual({
    host: "relay.example.org",
    port: 3478,
    isTls: false,
    transport: "udp",
  });
  expect(relayAddress("turns:[2001:db8::7]:443")).toEqual({
    host: "2001:db8::7",
    port: 443,
    isTls: true,
    transport: "tcp",
  });
});
