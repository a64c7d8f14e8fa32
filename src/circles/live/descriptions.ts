/**
 * What may stand in a session description (RFC 8866, RFC 8829) and in a candidate (RFC 8839): the one medium that it is
 * for, and nothing but relayed ways. Held to on sending and again on receiving, so that nobody's own address reaches
 * another member, and nobody is made to send to one.
 */
export type Medium = "audio" | "video";

/** A small picture, fifteen times a second; the relay would let through little more. RFC 3890, bits a second. */
const PICTURE_LIMIT = "b=TIAS:150000";
/** Milliseconds of sound. */
const PACKET = "a=ptime:40";

/** A candidate without the address it was seen from, or null for one that isn't relayed. */
export function relayedCandidate(line: string): string | null {
  const fields = line.trim().replace(/^a=/, "").split(" ");
  const at = fields.indexOf("typ");
  if (!fields[0]?.startsWith("candidate:") || at !== 6 || fields[7] !== "relay") return null;
  const rest = new Map<string, string>();
  for (let i = 8; i + 1 < fields.length; i += 2) rest.set(fields[i]!, fields[i + 1]!);
  // RFC 8839 section 5.1: both have to be there for a relayed candidate, and may be all zeros.
  const kept = ["generation", "ufrag", "network-cost"].filter((name) => rest.has(name));
  return [
    ...fields.slice(0, 8),
    "raddr 0.0.0.0 rport 0",
    ...kept.map((name) => `${name} ${rest.get(name)}`),
  ].join(" ");
}

/** Null where it is about anything but one line of that medium. */
export function onlyOf(medium: Medium, sdp: string): string | null {
  const lines = sdp.split(/\r\n|\n/);
  const media = lines.filter((line) => line.startsWith("m="));
  if (media.length !== 1 || !media[0]!.startsWith(`m=${medium} `)) return null;
  const shown = lines.flatMap((line) => lineShown(medium, line));
  return (medium === "audio" ? evenVoice(shown) : shown).join("\r\n");
}

/**
 * Opus (RFC 7587, section 6.1) in packets of one size, without a pause where nobody speaks, so that the relay sees
 * neither what is said nor by whom (RFC 6562); and few of them, as a phone sends its voice to seven.
 */
function evenVoice(lines: readonly string[]): string[] {
  const opus = lines.flatMap((line) => /^a=rtpmap:(\d+) opus\//i.exec(line)?.[1] ?? [])[0];
  return lines.flatMap((line) => {
    if (/^a=(?:max)?ptime:/.test(line)) return [];
    if (line.startsWith(`a=rtpmap:${opus} `)) return [line, PACKET];
    const [head, rest] = line.split(/ (.*)/);
    if (head !== `a=fmtp:${opus}`) return [line];
    const kept = (rest ?? "").split(";").filter((each) => !/^\s*(?:usedtx|cbr)=/i.test(each));
    return [`${head} ${[...kept, "usedtx=0", "cbr=1"].join(";")}`];
  });
}

function lineShown(medium: Medium, line: string): readonly string[] {
  if (line.startsWith("a=candidate:")) {
    const candidate = relayedCandidate(line);
    return candidate === null ? [] : [`a=${candidate}`];
  }
  // Where a browser fills in a first address, it may be its own.
  if (line.startsWith("c=")) {
    const nowhere = "c=IN IP4 0.0.0.0";
    // What each side takes is how much the other may send, whatever it would like to.
    return medium === "video" ? [nowhere, PICTURE_LIMIT] : [nowhere];
  }
  if (line.startsWith("b=") && medium === "video") return [];
  if (line.startsWith("a=rtcp:")) return ["a=rtcp:9 IN IP4 0.0.0.0"];
  if (line.startsWith("a=remote-candidates:")) return [];
  if (line.startsWith("o=")) return [line.replace(/ IN IP[46] \S+$/, " IN IP4 127.0.0.1")];
  return [line];
}
