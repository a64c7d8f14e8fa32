/**
 * The configuration of coturn, Debian's relay, for one purpose: voices of a circle on their way to each other. It keeps
 * no log, and reaches nothing but itself, since both ends of every voice are relayed: so it is no way into a network.
 */
import { reveal } from "#platform/redacted.ts";
import type { Relay } from "./relay.ts";

export interface RelayPlace {
  /** Network addresses of the relay's name. */
  readonly addresses: readonly string[];
  /** Those of them that this machine has itself; the others lie behind an address translation, or elsewhere. */
  readonly own: ReadonlySet<string>;
}

/** RFC 7065, as the settings have checked it. */
export interface RelayAddress {
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  readonly transport: "udp" | "tcp";
}

export function relayAddress(url: string): RelayAddress {
  const [, scheme, host, port, transport] =
    /^(turns?):(\[[^\]]+\]|[^:?]+)(?::(\d+))?(?:\?transport=(udp|tcp))?$/i.exec(url)!;
  const isTls = scheme!.toLowerCase() === "turns";
  return {
    host: host!.replace(/^\[(.*)\]$/, "$1"),
    port: port === undefined ? (isTls ? 5349 : 3478) : Number(port),
    isTls,
    transport: (transport?.toLowerCase() as "udp" | "tcp" | undefined) ?? (isTls ? "tcp" : "udp"),
  };
}

export function relayConfig({ urls, secret }: Relay, { addresses, own }: RelayPlace): string {
  const ways = urls.map(relayAddress);
  const { host } = ways[0]!;
  const plain = ways.find(({ isTls }) => !isTls);
  const tls = ways.find(({ isTls }) => isTls);
  const lines = [
    "# Made by `callroom turn`. It holds a secret: readable by coturn alone.",
    `realm=${host}`,
    ...addresses.map((address) =>
      own.has(address)
        ? `listening-ip=${address}\nrelay-ip=${address}`
        : `# Not an address of the machine this was written on: behind address translation.\nexternal-ip=${address}`,
    ),
    ...(plain ? [`listening-port=${plain.port}`] : ["no-udp", "no-tcp"]),
    ...(tls
      ? [
          `tls-listening-port=${tls.port}`,
          `cert=/etc/letsencrypt/live/${host}/fullchain.pem`,
          `pkey=/etc/letsencrypt/live/${host}/privkey.pem`,
          "no-tlsv1",
          "no-tlsv1_1",
          "no-dtls",
        ]
      : ["no-tls", "no-dtls"]),
    "",
    "# Names and passwords are made by Callroom, and end with the meeting.",
    "use-auth-secret",
    `static-auth-secret=${reveal(secret)}`,
    "stale-nonce=600",
    "# A device in a full circle needs seven ways, twice as many with faces, and tries several addresses for each.",
    "user-quota=128",
    "total-quota=4000",
    "# Bytes a second: ample for a voice, enough for a small picture, and too little for anything else.",
    "max-bps=32000",
    "",
    "# Nobody is reached but the relay itself: both ends of every voice are here.",
    "denied-peer-ip=0.0.0.0-255.255.255.255",
    "denied-peer-ip=::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    ...addresses.map((address) => `allowed-peer-ip=${address}`),
    ...(addresses.some(isLoopback) ? ["allow-loopback-peers"] : []),
    "no-multicast-peers",
    "no-tcp-relay",
    "no-stun",
    "",
    "# Who was relayed when is written nowhere.",
    "log-file=/dev/null",
    "simple-log",
    "no-stdout-log",
    "no-cli",
    "no-software-attribute",
    "fingerprint",
  ];
  return `${lines.join("\n")}\n`;
}

const isLoopback = (address: string): boolean => address.startsWith("127.") || address === "::1";
