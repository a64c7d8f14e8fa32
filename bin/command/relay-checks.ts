/**
 * The doctor's look at the relay: asks it for a way (TURN Allocate, RFC 8656, over STUN, RFC 8489) as a member's
 * browser does, by each address set, and gives it back.
 */
import { createHash, createHmac, randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { connect } from "node:net";
import { connect as connectTls } from "node:tls";
import { relayAddress, type RelayAddress } from "../../src/circles/server/relay-config.ts";
import { relayCredential, relaySecretOf, type Relay } from "../../src/circles/server/relay.ts";
import type { Config } from "../../src/platform/server/config.ts";
import { openSecrets } from "../../src/platform/server/secrets.ts";
import { good, note, wrong, type Finding } from "./finding.ts";

export async function checkRelay({ turnUrls, secretsFile }: Config): Promise<readonly Finding[]> {
  if (turnUrls.length === 0)
    return [note("relay", "CALLROOM_TURN_URL is not set: circles meet by text, without voices.")];
  const secrets = await openSecrets(secretsFile, { make: false });
  if (!secrets.ok)
    return [note("relay", "It can't be tried before the secrets file is there and whole.")];
  const relay = { urls: turnUrls, secret: relaySecretOf(secrets.value.circlesKey) };
  return Promise.all(turnUrls.map((url) => findingOf(relay, url)));
}

async function findingOf(relay: Relay, url: string): Promise<Finding> {
  const tried = await tryRelay(relay, url);
  switch (tried) {
    case "relays":
      return good("relay", `${url} takes our names and relays`);
    case "refused":
      return wrong(
        "relay",
        `${url} answers and refuses our names: its secret is another, or its clock. Write its configuration\nanew with callroom turn.`,
      );
    case "silent":
      return wrong(
        "relay",
        `${url} doesn't answer from here. Is coturn running, and are its ports open?`,
      );
  }
}

type Tried = "relays" | "refused" | "silent";

const ALLOCATE = 0x0003;
const REFRESH = 0x0004;
const SUCCESS = 0x0100;
const MAGIC = 0x2112a442;
const ATTRIBUTE = {
  username: 0x0006,
  integrity: 0x0008,
  lifetime: 0x000d,
  realm: 0x0014,
  nonce: 0x0015,
  relayedAddress: 0x0016,
  transport: 0x0019,
} as const;
const UDP = Buffer.from([17, 0, 0, 0]);
const MINUTE_MS = 60_000;

export async function tryRelay(relay: Relay, url: string, now = Date.now()): Promise<Tried> {
  const line = await openLine(relayAddress(url)).catch(() => null);
  if (line === null) return "silent";
  try {
    const asked = await line.ask(message(ALLOCATE, [[ATTRIBUTE.transport, UDP]]));
    const realm = attribute(asked, ATTRIBUTE.realm);
    const nonce = attribute(asked, ATTRIBUTE.nonce);
    if (realm === null || nonce === null) return "refused";
    const { username, credential } = relayCredential(relay, now + MINUTE_MS);
    const key = createHash("md5").update(`${username}:${realm.toString()}:${credential}`).digest();
    const signed = (type: number, more: readonly Attribute[]) => {
      const who: Attribute[] = [
        [ATTRIBUTE.username, Buffer.from(username)],
        [ATTRIBUTE.realm, realm],
        [ATTRIBUTE.nonce, nonce],
      ];
      return message(type, [...more, ...who], key);
    };
    const answer = await line.ask(signed(ALLOCATE, [[ATTRIBUTE.transport, UDP]]));
    const relays =
      answer.readUInt16BE(0) === (ALLOCATE | SUCCESS) &&
      attribute(answer, ATTRIBUTE.relayedAddress) !== null;
    if (relays) await line.ask(signed(REFRESH, [[ATTRIBUTE.lifetime, Buffer.alloc(4)]]));
    return relays ? "relays" : "refused";
  } catch {
    return "silent";
  } finally {
    line.close();
  }
}

type Attribute = readonly [type: number, value: Buffer];

/** RFC 8489 sections 5 and 14: with a key, its HMAC comes last and counts in the length. */
function message(
  type: number,
  attributes: readonly Attribute[],
  key: Buffer | null = null,
): Buffer {
  const body = Buffer.concat(attributes.map(attributeBytes));
  const head = Buffer.alloc(20);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(body.length + (key === null ? 0 : 24), 2);
  head.writeUInt32BE(MAGIC, 4);
  randomBytes(12).copy(head, 8);
  const unsigned = Buffer.concat([head, body]);
  if (key === null) return unsigned;
  const mac = createHmac("sha1", key).update(unsigned).digest();
  return Buffer.concat([unsigned, attributeBytes([ATTRIBUTE.integrity, mac])]);
}

function attributeBytes([type, value]: Attribute): Buffer {
  const bytes = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  bytes.writeUInt16BE(type, 0);
  bytes.writeUInt16BE(value.length, 2);
  value.copy(bytes, 4);
  return bytes;
}

function attribute(answer: Buffer, wanted: number): Buffer | null {
  for (let at = 20; at + 4 <= answer.length;) {
    const length = answer.readUInt16BE(at + 2);
    if (answer.readUInt16BE(at) === wanted) return answer.subarray(at + 4, at + 4 + length);
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return null;
}

interface Line {
  readonly ask: (request: Buffer) => Promise<Buffer>;
  readonly close: () => void;
}

const ANSWER_MS = 4_000;

async function openLine({ host, port, isTls, transport }: RelayAddress): Promise<Line> {
  if (transport === "udp") return openUdp(host, port);
  const socket = isTls ? connectTls({ host, port, servername: host }) : connect({ host, port });
  socket.setTimeout(ANSWER_MS, () => socket.destroy(new Error("no answer")));
  await new Promise<void>((resolve, reject) => {
    socket.once(isTls ? "secureConnect" : "connect", resolve);
    socket.once("error", reject);
  });
  let rest = Buffer.alloc(0);
  let take: ((answer: Buffer) => void) | null = null;
  socket.on("data", (data: Buffer) => {
    rest = Buffer.concat([rest, data]);
    const length = rest.length < 20 ? Infinity : 20 + rest.readUInt16BE(2);
    if (rest.length < length) return;
    take?.(rest.subarray(0, length));
    rest = rest.subarray(length);
  });
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        take = resolve;
        socket.once("close", () => reject(new Error("closed")));
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}

function openUdp(host: string, port: number): Line {
  const socket = createSocket(host.includes(":") ? "udp6" : "udp4");
  return {
    // A request that is lost is sent again; the answer to either counts.
    ask: (request) =>
      new Promise((resolve, reject) => {
        const send = () => socket.send(request, port, host, (error) => error && end(error));
        const again = setInterval(send, 700);
        const late = setTimeout(() => end(new Error("no answer")), ANSWER_MS);
        const hear = (answer: Buffer) => {
          if (answer.length >= 20 && answer.subarray(8, 20).equals(request.subarray(8, 20)))
            end(answer);
        };
        function end(outcome: Buffer | Error) {
          clearInterval(again);
          clearTimeout(late);
          socket.off("message", hear);
          if (outcome instanceof Error) reject(outcome);
          else resolve(outcome);
        }
        socket.on("message", hear);
        socket.once("error", end);
        send();
      }),
    close: () => socket.close(),
  };
}
