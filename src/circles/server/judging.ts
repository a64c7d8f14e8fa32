/** Serves the stewards: reports as they lie, the stamps' check, and decisions that carry the stewards' signature. */
import { base64urlToBytes, bytesToBase64url } from "#platform/bytes.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { mount, type Mounting } from "#platform/server/http.ts";
import { concernsMember, decisionMessage, type ReportDecision } from "../judging.ts";
import { checkReportStamps, decideReport, readReports } from "../judging-contract.ts";
import { isSigned } from "../room/member-keys.ts";
import { checkStamp } from "../room/report.ts";
import type { CirclesDeps, CirclesTransaction } from "./deps.ts";
import {
  dropReport,
  isUndecided,
  keepDecision,
  reportById,
  takeUntold,
  undecidedReports,
} from "./report-store.ts";
import { endCircle } from "./room-store.ts";
import { extendAtOnce } from "./rooms.ts";
import { warnSeat } from "./seat-store.ts";
import type { Stamps } from "./stamps.ts";

/** `onChange` is told of a circle whose log, seats or end changed. */
export function judgingRoutes(
  mounting: Mounting,
  deps: CirclesDeps,
  stamps: Stamps,
  onChange: (circle: string) => Promise<void>,
): void {
  const { db } = deps;

  mount(mounting, readReports, async () => {
    const reports = await undecidedReports(db);
    return ok({
      reports: reports.map(({ id, circle, steward_epoch: stewardEpoch, sealed }) => ({
        id,
        circle,
        stewardEpoch,
        sealed: bytesToBase64url(sealed),
      })),
    });
  });

  mount(mounting, checkReportStamps, async ({ params, body }) => {
    const report = await reportById(db, params.id);
    if (report === null) return refuse({ type: "NotFound" });
    const months = new Set(body.claims.map(({ month }) => month));
    const keys = new Map<string, Uint8Array | null>();
    for (const month of months) keys.set(month, await stamps.keyOf(month));
    const answers = body.claims.map((claim) => {
      if (claim.circle !== report.circle) return "wrong";
      const checked = checkStamp(claim, { keyOf: (month) => keys.get(month) ?? null });
      if (checked.ok) return "right";
      return checked.refusal.type === "StampKeyGone" ? "gone" : "wrong";
    });
    return ok({ stamps: answers });
  });

  mount(mounting, decideReport, async ({ params, body }) => {
    const report = await reportById(db, params.id);
    if (report === null) return refuse({ type: "NotFound" });
    const { decision, member, stewardEpoch } = body;
    if (concernsMember(decision) !== (member !== null))
      return refuse({ type: "BadInput", detail: { field: "member" } });
    if ((decision === "removed") !== (body.removal !== null))
      return refuse({ type: "BadInput", detail: { field: "removal" } });
    const { keysOf } = await deps.readStewards();
    const keys = keysOf(stewardEpoch);
    if (keys === null || keysOf(stewardEpoch + 1) !== null)
      return refuse({ type: "StewardsMoved" });
    const message = decisionMessage({ report: report.id, decision, member, stewardEpoch });
    const signature = base64urlToBytes(body.signature)!;
    if (!isSigned(message, signature, base64urlToBytes(keys.signingKey)!))
      return refuse({ type: "NotSigned" });
    const { circle } = report;
    const removal = body.removal;
    const carriedOut = await db.transaction().execute(async (within) => {
      if (!(await isUndecided(within, report.id))) return refuse({ type: "Decided" } as const);
      const done = await carryOut(deps, within, {
        circle,
        decision,
        member,
        stewardEpoch,
        removal,
      });
      if (done.ok) await keepDecision(within, report.id, decision);
      return done;
    });
    if (!carriedOut.ok) return carriedOut;
    await onChange(circle);
    await tellDecisions(deps);
    return ok({});
  });
}

/** Into the log that all members read. What broke off in between is told by the next night's sweep. */
export async function tellDecisions({ db, logDecision }: CirclesDeps): Promise<void> {
  for (let isMore = true; isMore;)
    isMore = await db.transaction().execute(async (within) => {
      const untold = await takeUntold(within);
      if (untold === null) return false;
      await logDecision(untold.decision);
      await dropReport(within, untold.id);
      return true;
    });
}

/** Refused before anything is written, or done. */
async function carryOut(
  deps: CirclesDeps,
  within: CirclesTransaction,
  ordered: {
    readonly circle: string;
    readonly decision: ReportDecision;
    readonly member: string | null;
    readonly stewardEpoch: number;
    readonly removal: string | null;
  },
): Promise<Result<null, { type: "NotAMember" }>> {
  const { circle, decision, member, stewardEpoch, removal } = ordered;
  if (decision === "removed") {
    const entry = { kind: "removed", member: member!, stewardEpoch, signature: removal! } as const;
    const removed = await extendAtOnce(deps, within, circle, entry);
    return removed.ok ? ok(null) : refuse({ type: "NotAMember" });
  }
  if (decision === "warned") {
    const isWarned = await warnSeat(within, circle, Buffer.from(member!, "base64url"));
    return isWarned ? ok(null) : refuse({ type: "NotAMember" });
  }
  if (decision === "closed") await endCircle(within, circle);
  return ok(null);
}
