/** Serves waiting and the rooms. Whoever has no seat in a circle learns nothing of it, not even that it is. */
import { randomUUID } from "node:crypto";
import { base64urlToBytes, bytesToBase64url } from "#platform/bytes.ts";
import { ok, refuse } from "#platform/result.ts";
import type { Following } from "#platform/server/event-stream.ts";
import { mount, type Mounting } from "#platform/server/http.ts";
import { readMyPlace, stopWaiting, waitForCircle } from "../contract.ts";
import {
  dropMessage as dropMessageRoute,
  extendRoomLog,
  followRoom,
  pauseSeat,
  postMessage,
  readRoom,
  readThread,
  reportMessages,
  ROOM_PAGE,
} from "../room-contract.ts";
import type { Seat } from "../room/member-log.ts";
import { agreeingRoutes } from "./agreeing.ts";
import { today, type CirclesDeps } from "./deps.ts";
import { keyedEmployer } from "./employer.ts";
import { mayExtend, mayReadLog } from "./policy.ts";
import { judgingRoutes } from "./judging.ts";
import { liveRoutes } from "./live.ts";
import { makePost, makePostOf, markFor } from "./posting.ts";
import { presentMerging, presentMessage, presentSeat, presentWaiting } from "./present.ts";
import { mergingOf } from "./merging-store.ts";
import { keepReport } from "./report-store.ts";
import { replacingRoutes } from "./replacing.ts";
import {
  circleById,
  epochsFrom,
  keepPause,
  logAfter,
  NEWS_CHANNEL,
  pausedIn,
  tellNodes,
} from "./room-store.ts";
import { extendRoom } from "./rooms.ts";
import { placeOf } from "./seat-store.ts";
import { seatOf } from "./seated.ts";
import { makeStamps } from "./stamps.ts";
import { makeStreams, type Streams } from "./streams.ts";
import { dropMessage, threadAfter } from "./thread-store.ts";
import { ticketOf, visitorOf, visitRoutes } from "./visits.ts";
import { countWaiting, dropWaiting, formingNow, keepWaiting, waitingOf } from "./waiting-store.ts";

const BEAT_MS = 25_000;

export interface CirclesRunning {
  readonly streams: Streams;
  readonly stop: () => void;
}

export async function circlesRoutes(
  mounting: Mounting,
  deps: CirclesDeps,
): Promise<CirclesRunning> {
  const { db, cluster, clock, log } = deps;
  const node = randomUUID();
  const streams = makeStreams(db, (error) => log.defect(error, "circle streams"));
  const stamps = makeStamps(db, deps.stampSealKey);
  const post = makePostOf(
    deps,
    makePost(deps, stamps, streams, { channel: NEWS_CHANNEL, node }),
    streams,
  );
  const tellLog = (circle: string) => streams.tell(circle, "event: log\ndata: {}\n\n");
  await cluster.listen(NEWS_CHANNEL, (news) => {
    const [from, circle = "", what] = news.split(" ");
    if (from === node) return;
    if (what === "log") tellLog(circle);
    else streams.readOn(circle);
  });

  const onLogGrown = async (circle: string, seats: readonly Seat[] = []) => {
    for (const { pseudonym, ended } of seats)
      if (ended !== null) streams.dismiss(circle, pseudonym);
    tellLog(circle);
    await tellNodes(db, NEWS_CHANNEL, `${node} ${circle} log`);
  };

  visitRoutes(mounting, deps);
  replacingRoutes(mounting, deps);
  agreeingRoutes(mounting, deps);
  judgingRoutes(mounting, deps, stamps, onLogGrown);
  await liveRoutes(mounting, deps, streams, node);

  mount(mounting, readMyPlace, async (request) => {
    const visitor = await visitorOf(deps, request);
    if (!visitor.ok) return visitor;
    const { key, begins_until: beginsUntil, ends_on: endsOn } = visitor.value;
    const waiting = await waitingOf(db, key);
    const place = await placeOf(db, key);
    const merging = await mergingOf(db, key);
    return ok({
      waiting: waiting && presentWaiting(waiting),
      avoidsEmployer: waiting?.employer != null,
      pool: { waiting: await countWaiting(db), ...(await formingNow(db)) },
      seat: place && presentSeat(place),
      merging: merging && presentMerging(merging, today(clock)),
      beginsUntil,
      endsOn,
    });
  });

  mount(mounting, waitForCircle, async (request) => {
    const { waiting } = request.body;
    const visitor = await visitorOf(deps, request);
    if (!visitor.ok) return visitor;
    const { key: pseudonym, begins_until: beginsUntil } = visitor.value;
    if (beginsUntil < today(clock)) return refuse({ type: "BadgeEnded" });
    if (waiting.themes.some((theme) => !deps.themes.has(theme)))
      return refuse({ type: "BadInput", detail: { field: "waiting.themes" } });
    const { themes, blocks, stage, language, employer } = waiting;
    const isKept = await keepWaiting(db, {
      pseudonym,
      themes,
      blocks: blocks.toSorted((one, other) => one - other),
      stage,
      language,
      employer: keyedEmployer(deps, employer),
    });
    return isKept ? ok({}) : refuse({ type: "Seated" });
  });

  mount(mounting, stopWaiting, async (request) => {
    const visitor = await visitorOf(deps, request);
    if (!visitor.ok) return visitor;
    await dropWaiting(db, visitor.value.key);
    return ok({});
  });

  mount(mounting, readRoom, async (request) => {
    const { body } = request;
    const seat = await seatOf(deps, request, mayReadLog);
    if (!seat.ok) return seat;
    const { circle } = seat.value;
    // First the lengths: what comes in meanwhile is asked for by whoever reads them.
    const row = (await circleById(db, circle))!;
    const entries = await logAfter(db, circle, body.logAfter, ROOM_PAGE.entries);
    const epochs = await epochsFrom(db, circle, body.epochsFrom, ROOM_PAGE.epochs);
    const paused = await pausedIn(db, circle);
    return ok({
      circle,
      log: entries,
      epochs,
      logLength: row.log_length,
      sequence: row.sequence,
      paused: paused.map(bytesToBase64url),
      ended: row.ended,
    });
  });

  mount(mounting, extendRoomLog, async (request) => {
    const { body } = request;
    const seat = await seatOf(deps, request, mayExtend(body.entry.kind));
    if (!seat.ok) return seat;
    const { circle } = seat.value;
    const extended = await extendRoom(deps, circle, body.entry, body.wraps);
    if (!extended.ok) return extended;
    await onLogGrown(circle, extended.value.seats);
    return ok({ logLength: extended.value.hashes.length - 1 });
  });

  mount(mounting, postMessage, async (request) => {
    const { body } = request;
    const ticket = ticketOf(deps, request);
    return ticket.ok ? post(ticket.value, body) : ticket;
  });

  mount(mounting, readThread, async (request) => {
    const { body } = request;
    const seat = await seatOf(deps, request);
    if (!seat.ok) return seat;
    const rows = await threadAfter(db, seat.value.circle, body.after, ROOM_PAGE.messages);
    return ok({ messages: rows.map(presentMessage), more: rows.length === ROOM_PAGE.messages });
  });

  mount(mounting, followRoom, async (request) => {
    const seat = await seatOf(deps, request);
    if (!seat.ok) return seat;
    const { circle, pseudonym } = seat.value;
    const { after } = request.body;
    const name = bytesToBase64url(pseudonym);
    return ok(((sink) => streams.follow(circle, name, after, sink)) satisfies Following);
  });

  mount(mounting, dropMessageRoute, async (request) => {
    const { body } = request;
    const seat = await seatOf(deps, request);
    if (!seat.ok) return seat;
    const { circle, pseudonym } = seat.value;
    const { id } = body;
    const veil = Buffer.from(body.veil, "base64url");
    const mark = markFor({ circle, sender: bytesToBase64url(pseudonym), id, veil });
    const message = { circle, id: Buffer.from(id, "base64url"), mark };
    const isDropped = await dropMessage(db, message, today(deps.clock));
    return isDropped ? ok({}) : refuse({ type: "NotFound" });
  });

  mount(mounting, pauseSeat, async (request) => {
    const { body } = request;
    const seat = await seatOf(deps, request);
    if (!seat.ok) return seat;
    const { circle, pseudonym } = seat.value;
    if (!(await keepPause(db, pseudonym, body.paused))) return refuse({ type: "NoSeat" });
    await onLogGrown(circle);
    return ok({});
  });

  mount(mounting, reportMessages, async (request) => {
    const { report } = request.body;
    const seat = await seatOf(deps, request);
    if (!seat.ok) return seat;
    if (report.circle !== seat.value.circle)
      return refuse({ type: "BadInput", detail: { field: "report.circle" } });
    const { keysOf } = await deps.readStewards();
    if (keysOf(report.stewardEpoch) === null || keysOf(report.stewardEpoch + 1) !== null)
      return refuse({ type: "StewardsMoved" });
    await keepReport(db, {
      circle: report.circle,
      stewardEpoch: report.stewardEpoch,
      sealed: base64urlToBytes(report.sealed)!,
    });
    return ok({});
  });

  const beat = setInterval(streams.beat, BEAT_MS).unref();
  return {
    streams,
    stop: () => {
      clearInterval(beat);
      streams.endAll();
    },
  };
}
