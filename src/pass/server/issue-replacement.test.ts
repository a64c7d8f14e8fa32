import { expect, test } from "vitest";
import { base64urlToBytes } from "#platform/bytes.ts";
import { finishedPass } from "../client.ts";
import { askingFor, withIssuing } from "../../../tests/issuing.ts";
import { makeSignReplacement } from "./issue-replacement.ts";

const issuing = withIssuing();

const signing = () => {
  const { clock } = issuing.room;
  const community = { issuerName: "", originInfo: "" };
  return makeSignReplacement({ db: issuing.db, clock, sealKey: issuing.sealKey, community });
};

const nonsense = new Uint8Array(256).fill(255);

test("the month that issues now signs, and what comes of it is a badge of that month", async () => {
  const doctor = await issuing.doctor();
  await issuing.goTo("2027-01-20");
  const month = "2027-02";
  const wanted = await issuing.wanted(doctor, month, 1);
  const blinded = base64urlToBytes(askingFor(wanted).blinded)!;
  const asking = { old: "2027-01", month, blinded };
  const signed = await signing()({ ...asking, isAgain: false }, "2027-01-20");
  if (!signed.ok) throw new Error(signed.refusal.type);
  expect(finishedPass(wanted, signed.value).ok).toBe(true);

  // In the quarter's last month nothing is signed any more, but what was is signed again.
  await issuing.goTo("2027-03-05");
  const sign = signing();
  expect(await sign({ ...asking, isAgain: true }, "2027-03-05")).toEqual(signed);
  const late = await sign({ ...asking, isAgain: false }, "2027-03-05");
  expect(late).toEqual({ ok: false, refusal: { type: "NextQuarter" } });
});

test("another month than the one that issues signs nothing: a clock may be wrong", async () => {
  await issuing.goTo("2027-01-31");
  const asking = { old: "2027-01", blinded: nonsense, isAgain: false };
  for (const month of ["2027-01", "2027-03"])
    expect(await signing()({ ...asking, month }, "2027-01-31")).toEqual({
      ok: false,
      refusal: { type: "NotIssuing" },
    });
});

test("what is no blinded message is refused, and so is a month without a key", async () => {
  await issuing.goTo("2027-01-20");
  const asking = { blinded: nonsense, isAgain: false };
  expect(await signing()({ ...asking, old: "2027-01", month: "2027-02" }, "2027-01-20")).toEqual({
    ok: false,
    refusal: { type: "BadInput" },
  });
  expect(await signing()({ ...asking, old: "2027-07", month: "2027-08" }, "2027-07-20")).toEqual({
    ok: false,
    refusal: { type: "NotIssuing" },
  });
});
