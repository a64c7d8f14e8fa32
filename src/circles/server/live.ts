/**
 * Live sessions on the server: signals go through and are gone. Between nodes they travel by NOTIFY, sealed once more
 * under a key of the nodes, since PostgreSQL may write what it passes on into a file of its own.
 */
import { base64urlToBytes, bytesToBase64url, utf8ToBytes } from "#platform/bytes.ts";
import { ok, refuse } from "#platform/result.ts";
import { mount, type Mounting } from "#platform/server/http.ts";
import { openBytes, sealBytes } from "#platform/server/tickets.ts";
import { closesAt, isRoomOpen, meetingsFrom } from "../live/meetings.ts";
import type { SealedSignal } from "../live/signal-wire.ts";
import { readRelay, sendSignal } from "../live-contract.ts";
import type { CirclesDeps } from "./deps.ts";
import { maySpeak } from "./policy.ts";
import { relayCredential } from "./relay.ts";
import { circleById, tellNodes } from "./room-store.ts";
import { placeOf } from "./seat-store.ts";
import type { Streams } from "./streams.ts";
import { visitorOf, type Visiting } from "./visits.ts";

const CHANNEL = "circles_live";
const PURPOSE = "circle signal";
/** Each is a name of its own, so a quota by name alone would be none. */
const CREDENTIALS_A_MINUTE = 6;

interface News {
  readonly node: string;
  readonly circle: string;
  readonly signal: SealedSignal;
}

export async function liveRoutes(
  mounting: Mounting,
  deps: CirclesDeps,
  streams: Streams,
  node: string,
): Promise<void> {
  const { db, cluster, clock, signalKey } = deps;
  const tell = (circle: string, signal: SealedSignal) =>
    streams.tell(circle, `event: signal\ndata: ${JSON.stringify(signal)}\n\n`);

  await cluster.listen(CHANNEL, (payload) => {
    const sealed = base64urlToBytes(payload);
    const opened = sealed && openBytes(signalKey, PURPOSE, sealed);
    if (!opened) return;
    const news = JSON.parse(opened.toString("utf8")) as News;
    if (news.node !== node) tell(news.circle, news.signal);
  });

  mount(mounting, sendSignal, async (request) => {
    const seat = await liveSeatOf(deps, request);
    if (!seat.ok) return seat;
    const { signal } = request.body;
    const { circle, pseudonym, start } = seat.value;
    if (signal.sender !== bytesToBase64url(pseudonym))
      return refuse({ type: "BadInput", detail: { field: "signal.sender" } });
    if (signal.start !== start) return refuse({ type: "NotNow" });
    const row = await circleById(db, circle);
    if (row?.epoch !== signal.epoch) return refuse({ type: "EpochMoved" });
    tell(circle, signal);
    const news: News = { node, circle, signal };
    const sealed = sealBytes(signalKey, PURPOSE, utf8ToBytes(JSON.stringify(news)));
    await tellNodes(db, CHANNEL, bytesToBase64url(sealed));
    return ok({});
  });

  mount(mounting, readRelay, async (request) => {
    const seat = await liveSeatOf(deps, request);
    if (!seat.ok) return seat;
    const { pseudonym, start } = seat.value;
    const seconds = request.takeTurn(`relay ${bytesToBase64url(pseudonym)}`, CREDENTIALS_A_MINUTE);
    if (seconds > 0) return refuse({ type: "TooMany", detail: { seconds } });
    if (deps.relay === null) return ok({ relay: null });
    const credential = relayCredential(deps.relay, closesAt(start));
    return ok({ relay: { urls: [...deps.relay.urls], ...credential } });
  });

  /** Whoever has a seat in a circle that meets right now. */
  async function liveSeatOf({ readHours }: CirclesDeps, request: Visiting) {
    const visitor = await visitorOf(deps, request);
    if (!visitor.ok) return visitor;
    const pseudonym = visitor.value.key;
    const place = await placeOf(db, pseudonym);
    if (!place || !maySpeak(place)) return refuse({ type: "NoSeat" } as const);
    const [start] = meetingsFrom(await readHours(), place.block, clock.now(), 1);
    if (start === undefined || !isRoomOpen(start, clock.now()))
      return refuse({ type: "NotNow" } as const);
    return ok({ circle: place.circle, pseudonym, start });
  }
}
