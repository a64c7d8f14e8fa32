/** Every setting there is: what is expected, what holds without it, what it is for. `callroom --help` prints this. */
interface Setting {
  readonly expected: string;
  readonly otherwise: string;
  readonly meaning: string;
}

const DATABASE_URL = "an address such as postgres://user:password@host:5432/database";

export const SETTINGS = {
  CALLROOM_DATA_DIR: {
    expected: "a folder",
    otherwise: "data, in Callroom's folder",
    meaning: "everything that must survive: databases, secrets, unsent mail",
  },
  CALLROOM_HOST: {
    expected: "an address of this machine, such as 127.0.0.1 or ::",
    otherwise: "127.0.0.1",
    meaning: "where to listen",
  },
  CALLROOM_PORT: {
    expected: "a number from 0 to 65535 (0 takes any free port)",
    otherwise: "4173",
    meaning: "where to listen",
  },
  CALLROOM_ORIGIN: {
    expected:
      "an https address without a path (http only for localhost), such as https://callroom.example.org",
    otherwise: "http://localhost with the port",
    meaning: "the address people type; passkeys and letters are bound to it",
  },
  CALLROOM_DATABASE_URL: {
    expected: DATABASE_URL,
    otherwise: "Callroom's own PostgreSQL, in the data folder",
    meaning: "the named database, PostgreSQL 15 or newer",
  },
  CALLROOM_NAMELESS_DATABASE_URL: {
    expected: DATABASE_URL,
    otherwise: "Callroom's own PostgreSQL, in the data folder",
    meaning: "the nameless database, on a server of its own",
  },
  CALLROOM_ACCEPT_ONE_SERVER: {
    expected: "yes or no",
    otherwise: "no",
    meaning: "let both databases lie on one server; members are told",
  },
  CALLROOM_SMTP_URL: {
    expected: "an address such as smtps://user:password@mail.example.org",
    otherwise: "letters are written into the data folder as .eml",
    meaning: "the server that takes letters",
  },
  CALLROOM_MAIL_FROM: {
    expected: "an e-mail address, without a name",
    otherwise: "front-desk@localhost",
    meaning: "the sender of letters",
  },
  CALLROOM_TURN_URL: {
    expected:
      "addresses of one relay with commas, such as turn:relay.example.org:3478,turns:relay.example.org:443?transport=tcp",
    otherwise: "live sessions of circles go by text",
    meaning: "the coturn that voices go through; callroom turn writes its configuration",
  },
  CALLROOM_SECRETS_FILE: {
    expected: "a file",
    otherwise: "secrets.json in the data folder",
    meaning: "the keys of this installation; every node needs the same",
  },
  CALLROOM_BACKUP_PASSPHRASE_FILE: {
    expected: "a file",
    otherwise: "asked at the terminal",
    meaning: "holds the passphrase that backups are encrypted under",
  },
  CALLROOM_TRUST_PROXY: {
    expected:
      "none, loopback, uniquelocal, or addresses and networks such as 10.0.0.0/8, with commas",
    otherwise: "none",
    meaning: "reverse proxies whose X-Forwarded-For is believed",
  },
  CALLROOM_LOG_LEVEL: {
    expected: "error, warn, info or debug",
    otherwise: "info",
    meaning: "how much is written to the log",
  },
  CALLROOM_CONFIG: {
    expected: "a file of NAME=value lines",
    otherwise: "callroom.conf in Callroom's folder",
    meaning: "the file that holds these settings; the environment wins over it",
  },
  CALLROOM_NODE: {
    expected: "a Node.js 26 or newer",
    otherwise: "the one that npm installed",
    meaning: "where the registry has no Node for this machine",
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;

/** The setting that somebody may have meant, or null when none is near. */
export function nearestName(name: string): SettingName | null {
  for (const known of Object.keys(SETTINGS) as SettingName[])
    if (known !== name && editDistance(known, name) <= 2) return known;
  return null;
}

// Wagner and Fischer, 1974: letters put in, left out or changed.
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(
        next[j - 1]! + 1,
        row[j]! + 1,
        row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    row = next;
  }
  return row[b.length]!;
}
