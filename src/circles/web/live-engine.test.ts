import { expect, test } from "vitest";
import { openState, withLiveHour, type Device } from "../../../tests/live-hour.ts";
import { refuse } from "#platform/result.ts";
import { attendedId } from "./kept-of-circle.ts";
import type { OpenVoice } from "./live-voice.ts";

const hour = withLiveHour();
const eventually = (look: () => unknown) => expect.poll(look, { timeout: 25_000 });
const sounds = (each: Device) => openState(each).people.map(({ sound }) => sound);

test("whoever comes in finds whoever is there, and each voice finds each other, by the relay alone", async () => {
  const made = await hour.allIn(2, 0, 4);
  for (const each of made) {
    await eventually(() => sounds(each).filter((sound) => sound === "connected").length).toBe(2);
    const { people, away } = openState(each);
    expect(people.map(({ pseudonym }) => pseudonym)).toEqual([
      hour.order()[0],
      hour.order()[2],
      hour.order()[4],
    ]);
    expect(away).toEqual([hour.order()[1], hour.order()[3], hour.order()[5]]);
    expect(each.played.size).toBe(2);
    expect(each.connections).toHaveLength(2);
    for (const { config, candidates } of each.connections) {
      expect(config).toMatchObject({ iceTransportPolicy: "relay", bundlePolicy: "max-bundle" });
      expect(candidates.length).toBeGreaterThan(0);
      for (const candidate of candidates) {
        expect(candidate).toContain("typ relay raddr 0.0.0.0 rport 0");
        expect(candidate).not.toContain("192.168");
      }
    }
  }
});

test("the hour goes its way for all: who leads moves it on, and each hands the turn on", async () => {
  const [ada, ben, cyd] = (await hour.allIn(0, 1, 2)) as [Device, Device, Device];
  expect([ada, ben, cyd].map((each) => openState(each).mayLead)).toEqual([true, false, false]);
  ben.live.moveOn();
  expect(openState(ben).stage.phase).toBe("arrival");
  ada.live.moveOn();
  for (const each of [ada, ben, cyd])
    await eventually(() => openState(each).stage).toMatchObject({
      phase: "opening-round",
      turn: hour.order()[0],
    });
  ada.live.handOn();
  await eventually(() => openState(ben).mayHandOn).toBe(true);
  expect(openState(cyd).mayHandOn).toBe(false);
  ben.live.handOn();
  for (const each of [ada, ben, cyd])
    await eventually(() => openState(each).stage.turn).toBe(hour.order()[2]);
});

test("who has offered to lead does, and where they are away the next of the others", async () => {
  await hour.room().extend(2, { kind: "leads", on: true });
  const [ada, ben, cyd] = (await hour.allIn(0, 1, 2)) as [Device, Device, Device];
  expect([ada, ben, cyd].map((each) => openState(each).mayLead)).toEqual([false, false, true]);
  ada.live.moveOn();
  expect(openState(ada).stage.phase).toBe("arrival");
  cyd.live.leave();
  await eventually(() => openState(ada).mayLead).toBe(true);
});

test("who comes late sees how it stands, hands and seconds included", async () => {
  const [ada, ben] = (await hour.allIn(0, 1)) as [Device, Device];
  ada.live.moveOn();
  ada.live.moveOn();
  await ben.live.speak();
  ben.speaks(true, 42);
  ben.live.raiseHand(true);
  const late = hour.device(5);
  late.live.enter();
  await eventually(() => late.live.state().at).toBe("open");
  await eventually(() => openState(late).stage.phase).toBe("topic");
  await eventually(() =>
    openState(late).people.find(({ pseudonym }) => pseudonym === hour.order()[1]),
  ).toMatchObject({ seconds: 42, hand: 1, voice: "on", isSpeaking: true });
  expect(openState(late).hands).toEqual([hour.order()[1]]);
  await eventually(() => openState(ada).people.length).toBe(3);
  ada.live.giveWord(hour.order()[1]!);
  await eventually(() => openState(late).stage.turn).toBe(hour.order()[1]);
  // With the word the hand comes down.
  await eventually(() => openState(late).hands).toEqual([]);
});

test("who hears somebody that nobody told them of asks again, and both find each other", async () => {
  const ada = hour.device(0);
  ada.live.enter();
  await eventually(() => ada.live.state().at).toBe("open");
  const ben = hour.device(1);
  // Whatever the two say first is lost.
  hour.lose("/api/nameless/circles/room/signals");
  ben.live.enter();
  await eventually(() => ben.live.state().at).toBe("open");
  await eventually(() => openState(ben).isOnline).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect([ada, ben].map((each) => openState(each).people.length)).toEqual([1, 1]);
  hour.find("/api/nameless/circles/room/signals");
  for (const each of [ada, ben]) await eventually(() => openState(each).people.length).toBe(2);
});

test("who leaves is gone for all, and where the leader leaves the next leads", async () => {
  const [ada, ben, cyd] = (await hour.allIn(0, 1, 2)) as [Device, Device, Device];
  ada.live.leave();
  expect(ada.live.state().at).toBe("left");
  for (const each of [ben, cyd]) await eventually(() => openState(each).people.length).toBe(2);
  expect(openState(ben).mayLead).toBe(true);
  expect(openState(cyd).mayLead).toBe(false);
});

test("who falls silent is no longer counted as there", async () => {
  const [ada, ben] = (await hour.allIn(0, 1)) as [Device, Device];
  hour.lose("/api/nameless/circles/room/signals");
  // What was on its way still arrives, and counts from then on.
  const countAfter = (each: Device) => {
    hour.pass(46_000);
    return openState(each).people.length;
  };
  await eventually(() => countAfter(ada)).toBe(1);
  await eventually(() => countAfter(ben)).toBe(1);
});

test("after a break all find each other again, and lost ways are looked for anew", async () => {
  const [ada, ben] = (await hour.allIn(0, 1)) as [Device, Device];
  await eventually(() => sounds(ada)).toEqual([null, "connected"]);
  ada.connections[0]!.lose();
  expect(sounds(ada)).toEqual([null, "failed"]);
  await eventually(() => [...sounds(ada), ...sounds(ben)]).toEqual([
    null,
    "connected",
    "connected",
    null,
  ]);
  hour.cutStreams();
  hour.pass(4000);
  ben.live.raiseHand(true);
  await eventually(() => openState(ada).hands).toEqual([hour.order()[1]]);
});

test("both call anew at once, and it comes to one way in the end", async () => {
  const [ada, ben] = (await hour.allIn(0, 1)) as [Device, Device];
  await eventually(() => sounds(ben)).toEqual(["connected", null]);
  ada.connections[0]!.restartIce();
  ben.connections[0]!.restartIce();
  const standing = ({ connections }: Device) =>
    connections.map(({ signalingState, connectionState, currentRemoteDescription: theirs }) => [
      signalingState,
      connectionState,
      theirs?.sdp.includes("a=x-round:1"),
    ]);
  for (const each of [ada, ben])
    await eventually(() => standing(each)).toEqual([["stable", "connected", true]]);
});

test("a second device of the same person takes over, and the others see one", async () => {
  const [ada, ben] = (await hour.allIn(0, 1)) as [Device, Device];
  const second = hour.device(0);
  second.live.enter();
  await eventually(() => ada.live.state().at).toBe("elsewhere");
  await eventually(() => second.live.state().at).toBe("open");
  await eventually(() => sounds(ben)).toEqual(["connected", null]);
  expect(openState(ben).people).toHaveLength(2);
});

test("a meeting that closes is counted once in the log, and who was there knows how many came", async () => {
  const made = await hour.allIn(0, 1, 2);
  for (let phase = 0; phase < 4; phase++) made[0]!.live.moveOn();
  await eventually(async () => (await hour.room().log()).meetings).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect((await hour.room().log()).meetings).toBe(1);
  for (const { kept } of made)
    await eventually(() => kept.get(attendedId(hour.room().circle))).toEqual([
      { meeting: 1, start: hour.now() / 60_000, came: 3 },
    ]);
  // Coming back afterwards is still the same meeting.
  made[2]!.live.leave();
  const back = hour.device(2, made[2]!.kept);
  back.live.enter();
  await eventually(() => back.live.state().at).toBe("open");
  await eventually(() => openState(back).stage).toMatchObject({
    meeting: 1,
    phase: "closing-round",
  });
});

test("a microphone that isn't given leaves the hour as it is, by text", async () => {
  const no: OpenVoice = () => Promise.resolve(refuse({ type: "NotAllowed" }));
  const ada = hour.device(0, new Map(), no);
  ada.live.enter();
  await eventually(() => ada.live.state().at).toBe("open");
  await ada.live.speak();
  expect(openState(ada)).toMatchObject({ voice: "NotAllowed" });
  expect(openState(ada).people[0]).toMatchObject({ voice: "none" });
});

test("without a relay there are no ways between devices, and all else goes on", async () => {
  const urls = hour.circles.meetings.turnUrls.splice(0);
  Object.assign(hour.circles.deps(), { relay: null });
  const [ada, ben] = (await hour.allIn(0, 1)) as [Device, Device];
  expect(openState(ada).hasRelay).toBe(false);
  await ada.live.speak();
  expect(openState(ada).voice).toBe("none");
  expect(ada.connections).toEqual([]);
  ben.live.raiseHand(true);
  await eventually(() => openState(ada).hands).toEqual([hour.order()[1]]);
  expect(urls).toHaveLength(1);
});

test("outside the circle's hour the room is shut", async () => {
  hour.circles.setDay("2026-12-11");
  const ada = hour.device(0);
  ada.live.enter();
  await eventually(() => ada.live.state()).toEqual({ at: "shut", trouble: { type: "NotNow" } });
});
