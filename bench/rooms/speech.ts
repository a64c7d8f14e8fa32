/** How a member is spoken for on each of the servers: the connection is opened, then it hears and says messages. */
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { followRoom, postMessage } from "#circles/room-contract.ts";
import { markedBytes } from "#circles/room/mark.ts";
import { MESSAGE_SIZES, type SealedMessage } from "#circles/room/wire.ts";
import { padJson } from "#platform/padding.ts";
import type { LoadMember, Speech } from "./orders.ts";

/** Says a message with that id. */
export type Speaker = (id: string) => void;
/** A message came; where the server counts them, whether it is the next one. */
export type Arrived = (id: string, isInOrder: boolean) => void;

type Open = (port: number, member: LoadMember, arrived: Arrived) => Promise<Speaker>;

export function openMember(
  speech: Speech,
  port: number,
  member: LoadMember,
  arrived: Arrived,
): Promise<Speaker> {
  return OPEN_BY_SPEECH[speech](port, member, arrived);
}

const OPEN_BY_SPEECH: Readonly<Record<Speech, Open>> = {
  callroom: async (port, member, arrived) => {
    const { visit, circle, sender } = member;
    const stream = await connected(port);
    stream.write(request(followRoom.path, { visit, after: 0 }));
    await answered(stream, "\r\n\r\n");
    let given = 0;
    hear(stream, /id: (\d+)\nevent: message\ndata: \{.{60,140}?"id":"([\w-]{22})"/g, (found) => {
      const sequence = Number(found[1]);
      arrived(found[2]!, given === 0 || sequence === given + 1);
      given = sequence;
    });
    const veil = randomBytes(32);
    const body = { visit, veil: veil.toString("base64url"), message: sealedMessage() };
    const [before, between, after] = request(postMessage.path, body).split(SLOTS);
    const markFor = (id: string) =>
      createHash("sha256").update(markedBytes({ circle, sender, id, veil })).digest("base64url");
    // Beside the stream a connection of its own, as a browser has, opened anew before the server finds it idle.
    let posts: Socket | null = null;
    let usedAt = -Infinity;
    return (id) => {
      const now = performance.now();
      if (now - usedAt > LONGEST_IDLE_MS) {
        posts?.destroy();
        posts = connect({ port, host: "127.0.0.1", noDelay: true }).setEncoding("latin1");
        posts.on("data", refuseRefusals);
      }
      usedAt = now;
      posts!.write(before! + id + between! + markFor(id) + after!, "latin1");
    };
  },

  xmpp: async (port, { room, sender }, arrived) => {
    const socket = await connected(port);
    const ask = async (stanza: string, until: string) => {
      socket.write(stanza);
      return answered(socket, until);
    };
    const stream =
      "<stream:stream to='localhost' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";
    await ask(stream, "</stream:features>");
    const anonymous = "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>";
    await ask(anonymous, "<success");
    await ask(stream, "</stream:features>");
    await ask(
      "<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>",
      "</iq>",
    );
    const address = `room${room}@conference.localhost`;
    const nick = sender.replaceAll("_", "-");
    // The room tells somebody who has come in of themselves last.
    await ask(
      `<presence to='${address}/${nick}'><x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x></presence>`,
      "<subject",
    );
    hear(socket, /<message [^>]*?id='([\w-]{22})'/g, (found) => arrived(found[1]!, true));
    const body = filled(JSON.stringify(sealedMessage())).replaceAll('"', "");
    return (id) =>
      socket.write(
        `<message type='groupchat' to='${address}' id='${id}'><body>${body}</body></message>`,
      );
  },

  ws: async (port, { room }, arrived) => {
    const socket = await connected(port);
    const key = randomBytes(16).toString("base64");
    socket.write(
      `GET /${room} HTTP/1.1\r\nhost: localhost\r\nconnection: Upgrade\r\nupgrade: websocket\r\n` +
        `sec-websocket-version: 13\r\nsec-websocket-key: ${key}\r\n\r\n`,
    );
    await answered(socket, "\r\n\r\n");
    hear(socket, /"id":"([\w-]{22})"/g, (found) => arrived(found[1]!, true));
    const [before, between, after] = JSON.stringify(sealedMessage()).split(SLOTS);
    const rest = between! + FILLER.mark + after!;
    const length = before!.length + FILLER.id.length + rest.length;
    // RFC 6455, section 5.2: a masked text of 126 to 65,535 bytes; the mask of four zeros leaves it as it is.
    const head = Buffer.from([0x81, 0xfe, length >> 8, length & 255, 0, 0, 0, 0]).toString(
      "latin1",
    );
    return (id) => socket.write(head + before! + id + rest, "latin1");
  },
};

const LONGEST_IDLE_MS = 15_000;
const ID_SLOT = "{id}";
const MARK_SLOT = "{mark}";
const SLOTS = /\{id\}|\{mark\}/;
/** As long as what is put in. */
const FILLER = { id: "x".repeat(22), mark: "y".repeat(43) };

/** Of the shape and size that a short message has, under no key at all: the server can't tell. */
function sealedMessage(): SealedMessage {
  const bytes = (length: number) => randomBytes(length).toString("base64url");
  const head = { length: 2, hash: bytes(32) };
  return {
    id: ID_SLOT,
    epoch: 1,
    log: head,
    keyLog: head,
    mark: MARK_SLOT,
    commitment: bytes(32),
    sealed: bytes(MESSAGE_SIZES[0] + 16),
  };
}

const filled = (text: string): string =>
  text.replace(ID_SLOT, FILLER.id).replace(MARK_SLOT, FILLER.mark);

/** Filled up as devices do. Where id and mark are still to be put in, it is as long as if they were there. */
function request(path: string, body: object): string {
  const text = padJson(filled(JSON.stringify(body)));
  const head = `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n`;
  return `${head}content-length: ${text.length}\r\n\r\n${text.replace(FILLER.id, ID_SLOT).replace(FILLER.mark, MARK_SLOT)}`;
}

async function connected(port: number): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  socket.setEncoding("latin1");
  await once(socket, "connect");
  return socket;
}

/** All that came, once it holds that. */
async function answered(socket: Socket, until: string): Promise<string> {
  let text = "";
  while (!text.includes(until)) {
    const [more] = (await once(socket, "data")) as [string];
    text += more;
    if (/^HTTP\/1.1 [45]|<failure|<stream:error/.test(text)) throw new Error(text.slice(0, 400));
  }
  return text;
}

function refuseRefusals(answer: string): void {
  if (answer.startsWith("HTTP/1.1 ") && !answer.startsWith("HTTP/1.1 200"))
    throw new Error(`A message was refused: ${answer.slice(0, 600)}`);
}

function hear(socket: Socket, pattern: RegExp, found: (match: RegExpExecArray) => void): void {
  let rest = "";
  socket.on("data", (text: string) => {
    rest += text;
    let end = 0;
    pattern.lastIndex = 0;
    for (let match = pattern.exec(rest); match; match = pattern.exec(rest)) {
      end = pattern.lastIndex;
      found(match);
    }
    rest = end === 0 ? rest.slice(-2000) : rest.slice(Math.max(end, rest.length - 2000));
  });
  socket.on("close", () => {
    throw new Error("A server let somebody go");
  });
}
