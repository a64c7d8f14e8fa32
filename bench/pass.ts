/**
 * Passes on one core: how many the server issues and takes a second, the whole way from the text of a request to
 * the text of an answer, without HTTP and database; and issuing beside what `openssl speed` says the
 * machine's processor can sign at all. Time is the processor's, so that others on the machine don't count.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { constants, createPrivateKey, privateDecrypt, randomBytes } from "node:crypto";
import { base64urlToBytes, bytesToBase64url } from "#platform/bytes.ts";
import { redact } from "#platform/redacted.ts";
import { isBadgeProved, proveBadge } from "#pass/badge.ts";
import { blindedMessage, finishedPass, type Wanted } from "#pass/client.ts";
import { readKeyLog } from "#pass/key-log.ts";
import { issuingPeriod } from "#pass/period.ts";
import { makeIssuerKey, openIssuerKey } from "#pass/server/issuer-key.ts";
import { makeOrigin } from "#pass/server/origin.ts";
import { pseudonymKeys } from "#pass/slot.ts";
import { parsePass } from "#pass/token.ts";
import { community, testKey } from "../tests/pass-issuer.ts";

const PASSES = 64;
const LEAST_MEASURED_MS = 3000;
const TODAY = "2031-01-15";
const SPENT_ON = "2031-02-03";

export async function bench(options: {
  log: (line: string) => void;
}): Promise<Record<string, number>> {
  const sealKey = redact(randomBytes(32));
  const period = issuingPeriod("session-token", TODAY);
  const stored = await makeIssuerKey(sealKey, period);
  const issuer = openIssuerKey(sealKey, stored);
  const log = readKeyLog([stored].map(({ spki }) => ({ period, spki })));
  if (issuer === null || !log.ok) throw new Error("There is no key to issue with");
  const walletSecret = randomBytes(32);
  const wanted = Array.from({ length: PASSES }, (_, number): Wanted => ({
    walletSecret,
    community,
    key: log.value.keys[0]!,
    number,
  }));

  const issue = (request: string): string => {
    const signed = issuer.sign([base64urlToBytes(request)!]);
    if (!signed.ok) throw new Error(signed.refusal.type);
    return bytesToBase64url(signed.value[0]!);
  };
  const requests = wanted.map((each) => bytesToBase64url(valueOf(blindedMessage(each))));
  const answers = requests.map(issue);
  const finish = (each: Wanted, at: number) =>
    valueOf(finishedPass(each, base64urlToBytes(answers[at]!)!));
  const passes = wanted.map((each, at) => bytesToBase64url(finish(each, at)));

  const origin = makeOrigin(log.value, community);
  const redeem = (pass: string) =>
    valueOf(origin.accept(base64urlToBytes(pass)!, "session-token", SPENT_ON));
  const kept = new Set(passes.map((pass) => bytesToBase64url(redeem(pass).spentKey)));
  if (kept.size !== PASSES) throw new Error("Passes are not told apart");

  const { privateKey } = testKey();
  const raw = createPrivateKey(privateKey.export({ format: "pem", type: "pkcs8" }));
  const messages = requests.map((request) => base64urlToBytes(request)!.with(0, 0));
  const rawSign = (message: Uint8Array) =>
    privateDecrypt({ key: raw, padding: constants.RSA_NO_PADDING }, message);

  // Ours and the other one after the other, twice, so that a machine that slows down slows both.
  const yardstick = hasOpenssl() ? opensslSigns : () => rate(messages, rawSign);
  const measured = [0, 1].map(() => ({ issue: rate(requests, issue), other: yardstick() }));
  const issuesPerSecond = mean(measured.map((each) => each.issue));
  const othersPerSecond = mean(measured.map((each) => each.other));
  const figures = {
    issuesPerSecond,
    redeemsPerSecond: rate(passes, redeem),
    badgeProofsPerSecond: badgeProofs(finish(wanted[0]!, 0)),
    issueVsRawRsa: issuesPerSecond / othersPerSecond,
    issueVsNodeRawRsa: issuesPerSecond / rate(messages, rawSign),
    clientBlindMs: 1000 / rate(wanted, blindedMessage),
    clientFinishMs: 1000 / rate(wanted, (each) => finish(each, each.number)),
  };
  options.log(
    `${issuesPerSecond.toFixed(0)} issued a second of one core, ` +
      `${hasOpenssl() ? "openssl speed" : "Node (there is no openssl here)"} signs ` +
      `${othersPerSecond.toFixed(0)}; ${figures.redeemsPerSecond.toFixed(0)} taken`,
  );
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, Number(value.toPrecision(3))]),
  );
}

/** Showing a badge costs the origin one Ed25519 verification besides. */
function badgeProofs(bytes: Uint8Array): number {
  const { secret, publicKey } = pseudonymKeys(randomBytes(32), {
    period: { purpose: "circle-badge", name: "2031-02" },
    number: 0,
  });
  const pass = parsePass(bytes)!;
  const badge = { ...pass, token: { ...pass.token, nonce: publicKey } };
  const shown = Array.from({ length: PASSES }, () => {
    const showing = { challenge: randomBytes(32), act: randomBytes(32) };
    return { showing, proof: proveBadge(secret, badge, showing) };
  });
  return rate(shown, ({ showing, proof }) => {
    if (!isBadgeProved(badge, showing, proof)) throw new Error("A proof was refused");
  });
}

const hasOpenssl = (): boolean => spawnSync("openssl", ["version"]).status === 0;

/** OpenSSL's own figure: RSA-2048 signatures per second of processor time. */
function opensslSigns(): number {
  const seconds = String(LEAST_MEASURED_MS / 1000);
  const command = ["speed", "-mr", "-seconds", seconds, "rsa2048"];
  const report = execFileSync("openssl", command, { stdio: ["ignore", "pipe", "ignore"] });
  const signs = /^\+F2:\d+:2048:([\d.]+):/m.exec(report.toString())?.[1];
  if (signs === undefined) throw new Error("openssl speed said nothing about rsa2048");
  return Number(signs);
}

/** Calls per second of this thread's processor time. */
function rate<Item>(items: readonly Item[], work: (item: Item) => unknown): number {
  const before = process.threadCpuUsage();
  for (let rounds = 1; ; rounds++) {
    for (const item of items) work(item);
    const { user, system } = process.threadCpuUsage(before);
    const spent = (user + system) / 1000;
    if (spent >= LEAST_MEASURED_MS) return (rounds * items.length * 1000) / spent;
  }
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function valueOf<Value>(
  result: { ok: true; value: Value } | { ok: false; refusal: object },
): Value {
  if (!result.ok) throw new Error("Refused where nothing should be");
  return result.value;
}
