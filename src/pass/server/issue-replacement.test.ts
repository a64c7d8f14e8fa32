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

test("the month that issues now signs, and what comes of it is a badge of that month", async () => {
  const doctor = await issuing.doctor();
  await issuing.goTo("2027-01-20");
  const wanted = await issuing.wanted(doctor, "2027-02", 1);
  const { blinded } = askingFor(wanted);
  const signed = await signing()("2027-01", base64urlToBytes(blinded)!, "2027-01-20");
  if (!signed.ok) throw new Error(signed.refusal.type);
  expect(signed.value.name).toBe("2027-02");
  expect(finishedPass(wanted, signed.value.signature).ok).toBe(true);
});

test("in a quarter's last month nothing is replaced: everybody's next badge is of the next quarter", async () => {
  await issuing.goTo("2027-03-05");
  const signed = await signing()("2027-02", new Uint8Array(256), "2027-03-05");
  expect(signed).toEqual({ ok: false, refusal: { type: "NextQuarter" } });
});

test("what is no blinded message is refused, and so is a month without a key", async () => {
  await issuing.goTo("2027-01-20");
  const nonsense = new Uint8Array(256).fill(255);
  expect(await signing()("2027-01", nonsense, "2027-01-20")).toEqual({
    ok: false,
    refusal: { type: "BadInput" },
  });
  expect(await signing()("2027-07", nonsense, "2027-07-20")).toEqual({
    ok: false,
    refusal: { type: "NotIssuing" },
  });
});
