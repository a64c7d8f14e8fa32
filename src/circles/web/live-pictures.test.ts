import { expect, test } from "vitest";
import { FakeConnection } from "../../../tests/fake-connection.ts";
import { openState, withLiveHour, type Device } from "../../../tests/live-hour.ts";
import type { Signal } from "../live/signal-content.ts";

const hour = withLiveHour();
const eventually = (look: () => unknown) => expect.poll(look, { timeout: 25_000 });
const sounds = (each: Device) => openState(each).people.map(({ sound }) => sound);
const facesOf = (each: Device) => openState(each).faces;
const pictureWays = ({ connections }: Device) =>
  connections.filter(
    ({ medium, connectionState }) => medium === "video" && connectionState !== "closed",
  );

async function allShown(...all: readonly Device[]): Promise<void> {
  for (const each of all) {
    each.live.showFace(true);
    await eventually(() => facesOf(each).own).toBe(true);
  }
  for (const each of all)
    await eventually(() => [...facesOf(each).trackByMember.keys()].length).toBe(all.length - 1);
}

async function noneShown(...all: readonly Device[]): Promise<void> {
  for (const each of all) {
    await eventually(() => facesOf(each).isEverybody).toBe(false);
    expect(facesOf(each).trackByMember.size).toBe(0);
    expect(each.camera.isOn).toBe(false);
    expect(pictureWays(each)).toEqual([]);
  }
}

test("no camera is on before everybody who is there has said yes, and then all of them are", async () => {
  const [ada, ben, cyd] = (await hour.allIn(0, 1, 2)) as [Device, Device, Device];
  ada.live.showFace(true);
  cyd.live.showFace(true);
  await eventually(() => [facesOf(ada).own, facesOf(cyd).own]).toEqual([true, true]);
  ben.live.raiseHand(true);
  for (const each of [ada, cyd])
    await eventually(() => openState(each).hands).toEqual([hour.order()[1]]);
  await noneShown(ada, ben, cyd);
  expect([ada, ben, cyd].map(({ camera }) => camera.asked)).toEqual([0, 0, 0]);
  // Who said what is not shown to anybody.
  expect(JSON.stringify(openState(ben))).not.toContain('"face"');

  await allShown(ada, ben, cyd);
  for (const each of [ada, ben, cyd]) {
    expect(each.camera).toMatchObject({ asked: 1, isOn: true });
    expect(facesOf(each)).toMatchObject({ isEverybody: true, camera: { face: expect.anything() } });
    expect(pictureWays(each)).toHaveLength(2);
    for (const { config, candidates, medium } of each.connections) {
      expect(config.iceTransportPolicy).toBe("relay");
      for (const candidate of candidates) expect(candidate).toContain("typ relay raddr 0.0.0.0");
      expect(["audio", "video"]).toContain(medium);
    }
  }
  const offered = pictureWays(ada)[0]!;
  expect(offered.codecs).toEqual([{ mimeType: "video/VP8" }, { mimeType: "video/rtx" }]);
  expect(offered.currentRemoteDescription!.sdp).toContain("b=TIAS:150000");
});

test("one takes it back, and every camera is off and every picture gone, while the voices go on", async () => {
  const all = await hour.allIn(0, 1, 2);
  await allShown(...all);
  all[1]!.live.showFace(false);
  expect(all[1]!.camera.isOn).toBe(false);
  expect(pictureWays(all[1]!)).toEqual([]);
  await noneShown(...all);
  for (const each of all)
    expect(sounds(each).filter((sound) => sound === "connected")).toHaveLength(2);
  // And again, from whichever side.
  await allShown(...all);
  expect(all.map(({ camera }) => camera.asked)).toEqual([2, 2, 2]);
});

test("who comes in without it ends it for all; who leaves takes only their own picture along", async () => {
  const [ada, ben, cyd] = (await hour.allIn(0, 1, 2)) as [Device, Device, Device];
  await allShown(ada, ben, cyd);
  cyd.live.leave();
  for (const each of [ada, ben])
    await eventually(() => [...facesOf(each).trackByMember.keys()].length).toBe(1);
  expect(cyd.camera.isOn).toBe(false);
  expect(ada.camera).toMatchObject({ asked: 1, isOn: true });
  const late = hour.device(4);
  late.live.enter();
  await noneShown(ada, ben);
  expect(late.camera.asked).toBe(0);
});

test("a camera that isn't given is no yes", async () => {
  const [ada, ben] = (await hour.allIn(0, 1)) as [Device, Device];
  ben.camera.answers = "NotAllowed";
  ada.live.showFace(true);
  ben.live.showFace(true);
  await eventually(() => facesOf(ben)).toMatchObject({ own: false, camera: "NotAllowed" });
  await noneShown(ada, ben);
});

test("pictures that are offered before all agree are not taken, whichever way they come", async () => {
  // Sits first, and so opens the ways: with a program of their own that asks nobody.
  const mallory = hour.device(0);
  const line = mallory.line();
  void line.follow();
  const ada = hour.device(1);
  ada.live.enter();
  const her = () => mallory.heard.find(([, said]) => said.kind === "how")?.[0];
  await eventually(her).toBeDefined();
  const how = { hand: null, voice: "none", isSpeaking: false, seconds: 0, face: true } as const;
  const stage = { revision: 0, meeting: 1, phase: "arrival", elapsed: 0, turn: null, heard: [] };
  line.send({ kind: "welcome", to: her()!, how, stage } as Signal);
  await eventually(() => openState(ada).people.length).toBe(2);
  await eventually(() => ada.connections.length).toBe(1);
  const other = new FakeConnection({});
  other.addTransceiver("video");
  await other.setLocalDescription();
  const { sdp } = other.localDescription!;
  for (const way of [0, 1, 2]) {
    line.send({ kind: "describe", to: her()!, way, type: "offer", sdp });
    line.send({ kind: "ready", to: her()! });
  }
  line.send({ kind: "how", how: { ...how, hand: 1 }, stage } as Signal);
  await eventually(() => openState(ada).hands).toEqual([hour.order()[0]]);
  expect(ada.connections).toHaveLength(1);
  expect(ada.connections[0]!.currentRemoteDescription).toBeNull();
  expect(ada.camera.asked).toBe(0);
});
