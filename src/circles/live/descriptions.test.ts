import { expect, test } from "vitest";
import { onlyOf, relayedCandidate } from "./descriptions.ts";

const host = "candidate:1 1 udp 2122260223 192.168.7.20 51123 typ host generation 0";
const mapped =
  "candidate:2 1 udp 1686052607 203.0.113.9 51123 typ srflx raddr 192.168.7.20 rport 51123";
const relayed =
  "candidate:3 1 udp 41885439 198.51.100.4 50011 typ relay raddr 203.0.113.9 rport 51123 generation 0 ufrag aB3x network-id 1 network-cost 10";

test("only a relayed candidate is one, and it loses the address it was seen from", () => {
  expect(relayedCandidate(host)).toBeNull();
  expect(relayedCandidate(mapped)).toBeNull();
  expect(relayedCandidate(mapped.replace("srflx", "prflx"))).toBeNull();
  const shown = relayedCandidate(relayed)!;
  expect(shown).toBe(
    "candidate:3 1 udp 41885439 198.51.100.4 50011 typ relay raddr 0.0.0.0 rport 0 generation 0 ufrag aB3x network-cost 10",
  );
  expect(relayedCandidate(shown)).toBe(shown);
});

test("a word in another place makes nothing a relayed candidate", () => {
  expect(relayedCandidate(`${host} typ relay`)).toBeNull();
  expect(relayedCandidate(host.replace("typ host", "typ host relay"))).toBeNull();
  expect(relayedCandidate("candidate:1 1 udp 1 10.0.0.1 9 x y typ relay")).toBeNull();
  expect(relayedCandidate("")).toBeNull();
});

const sdp = (...more: string[]) =>
  [
    "v=0",
    "o=- 46117 2 IN IP4 192.168.7.20",
    "s=-",
    "t=0 0",
    "m=audio 51123 UDP/TLS/RTP/SAVPF 111",
    "c=IN IP4 192.168.7.20",
    "a=rtcp:9 IN IP4 192.168.7.20",
    `a=${host}`,
    `a=${mapped}`,
    `a=${relayed}`,
    "a=fingerprint:sha-256 AA:BB",
    "a=sendrecv",
    ...more,
    "",
  ].join("\r\n");

test("a description says nothing of where a device is, and keeps what the voice is encrypted to", () => {
  const shown = onlyOf("audio", sdp())!;
  expect(shown).not.toContain("192.168.7.20");
  expect(shown).not.toContain("203.0.113.9");
  expect(shown.match(/a=candidate:/g)).toHaveLength(1);
  expect(shown).toContain("a=fingerprint:sha-256 AA:BB");
  expect(shown.endsWith("\r\n")).toBe(true);
  expect(onlyOf("audio", shown)).toBe(shown);
});

test("what describes a voice describes no picture and no data, and no second voice", () => {
  expect(onlyOf("audio", sdp("m=video 9 UDP/TLS/RTP/SAVPF 96"))).toBeNull();
  expect(onlyOf("audio", sdp("m=application 9 UDP/DTLS/SCTP webrtc-datachannel"))).toBeNull();
  expect(onlyOf("audio", sdp("m=audio 9 UDP/TLS/RTP/SAVPF 111"))).toBeNull();
  expect(onlyOf("audio", sdp().replace("m=audio", "m=video"))).toBeNull();
  expect(onlyOf("audio", "v=0\r\n")).toBeNull();
  // Split where a browser would split it too.
  expect(onlyOf("audio", sdp("m=video 9 X 1").replaceAll("\r\n", "\n"))).toBeNull();
});

test("what describes a picture describes exactly one, and no voice", () => {
  const picture = sdp().replace("m=audio", "m=video");
  expect(onlyOf("video", picture)).not.toBeNull();
  expect(onlyOf("video", sdp())).toBeNull();
  expect(onlyOf("video", sdp("m=video 9 UDP/TLS/RTP/SAVPF 96"))).toBeNull();
  expect(onlyOf("video", `${picture}m=video 9 UDP/TLS/RTP/SAVPF 96\r\n`)).toBeNull();
  expect(onlyOf("video", `${picture}m=application 9 X 1\r\n`)).toBeNull();
});

test("a voice fills packets of one size, whether somebody speaks or not", () => {
  const opus = ["a=rtpmap:111 opus/48000/2", "a=fmtp:111 minptime=10;usedtx=1;useinbandfec=1"];
  const other = ["a=rtpmap:63 red/48000/2", "a=fmtp:63 111/111", "a=ptime:20", "a=maxptime:60"];
  const shown = onlyOf("audio", sdp(...opus, ...other))!;
  expect(shown).toContain("a=rtpmap:111 opus/48000/2\r\na=ptime:40\r\n");
  expect(shown).toContain("a=fmtp:111 minptime=10;useinbandfec=1;usedtx=0;cbr=1\r\n");
  expect(shown).toContain("a=fmtp:63 111/111\r\n");
  expect(shown.match(/ptime:/g)).toHaveLength(1);
  expect(onlyOf("audio", shown)).toBe(shown);
});

test("a picture stays small, however large the other side would like it", () => {
  const wish = sdp().replace("m=audio", "m=video").replace("a=rtcp:", "b=AS:4000\r\na=rtcp:");
  const shown = onlyOf("video", wish)!;
  expect(shown).toContain("c=IN IP4 0.0.0.0\r\nb=TIAS:150000\r\n");
  expect(shown.match(/^b=/gm)).toHaveLength(1);
  expect(onlyOf("video", shown)).toBe(shown);
});
