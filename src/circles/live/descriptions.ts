/**
 * What may stand in a session description (RFC 8866, RFC 8829) and in a candidate (RFC 8839): sound alone, and nothing
 * but relayed ways. Held to on sending and again on receiving, so that nobody's own address reaches another member,
 * and nobody is made to send to one.
 */

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

/** Null where it is about anything but one line of sound. */
export function soundOnly(sdp: string): string | null {
  const lines = sdp.split(/\r\n|\n/);
  const media = lines.filter((line) => line.startsWith("m="));
  if (media.length !== 1 || !media[0]!.startsWith("m=audio ")) return null;
  return lines.flatMap((line) => lineShown(line)).join("\r\n");
}

function lineShown(line: string): readonly string[] {
  if (line.startsWith("a=candidate:")) {
    const candidate = relayedCandidate(line);
    return candidate === null ? [] : [`a=${candidate}`];
  }
  // Where a browser fills in a first address, it may be its own.
  if (line.startsWith("c=")) return ["c=IN IP4 0.0.0.0"];
  if (line.startsWith("a=rtcp:")) return ["a=rtcp:9 IN IP4 0.0.0.0"];
  if (line.startsWith("a=remote-candidates:")) return [];
  if (line.startsWith("o=")) return [line.replace(/ IN IP[46] \S+$/, " IN IP4 127.0.0.1")];
  return [line];
}
