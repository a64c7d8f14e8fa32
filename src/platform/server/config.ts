/**
 * Reads what the operator set, from the environment and one file, and says for each wrong key what was
 * expected. Nothing later reads the environment, and no problem ever repeats a value that may be secret.
 */
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { redact, type Redacted } from "../redacted.ts";
import { ok, refuse, type Result } from "../result.ts";
import { nearestName, SETTINGS, type SettingName } from "./settings.ts";

export interface Config {
  /** The installation's own folder: package.json, dist, content. */
  readonly home: string;
  readonly dataDir: string;
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** Without a slash at the end; null means http://localhost with the port that was taken. */
  readonly origin: string | null;
  readonly databases: { readonly named: ClusterSource; readonly nameless: ClusterSource };
  /** Both databases may lie on one server; members are then told. */
  readonly acceptOneServer: boolean;
  readonly mail: { readonly smtpUrl: Redacted<string> | null; readonly from: string };
  /** `turn:` and `turns:` addresses of the relay for voices; none where circles go by text. */
  readonly turnUrls: readonly string[];
  readonly secretsFile: string;
  readonly backupPassphraseFile: string | null;
  /** Proxies whose X-Forwarded-For is believed; empty means none. */
  readonly trustProxy: readonly string[];
  readonly logLevel: "error" | "warn" | "info" | "debug";
}

export type ClusterSource =
  { readonly kind: "embedded" } | { readonly kind: "address"; readonly url: Redacted<string> };

export interface ConfigProblem {
  readonly name: string;
  readonly problem: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Folders that relative paths start from. */
export interface Places {
  readonly home: string;
  readonly work: string;
  readonly fileFolder: string;
}

export function readConfig(
  env: Environment,
  fileText: string | null,
  places: Places,
): Result<Config, readonly ConfigProblem[]> {
  const problems: ConfigProblem[] = [];
  const fromFile = readFileText(fileText ?? "", problems);
  lookForMisspelt(env, problems);

  const text = (name: SettingName): string | undefined => {
    const value = env[name]?.trim() || fromFile.get(name)?.trim();
    return value === "" ? undefined : value;
  };
  const wrong = (name: SettingName): undefined => {
    problems.push({ name, problem: `expected ${SETTINGS[name].expected}` });
    return undefined;
  };
  const path = (name: SettingName): string | undefined => {
    const value = text(name);
    if (value === undefined) return undefined;
    return resolve(env[name]?.trim() ? places.work : places.fileFolder, value);
  };
  const parsed = <Value>(
    name: SettingName,
    fallback: Value,
    parse: (value: string) => Value | undefined,
  ): Value => {
    const value = text(name);
    return value === undefined ? fallback : (parse(value) ?? wrong(name) ?? fallback);
  };

  const dataDir = path("CALLROOM_DATA_DIR") ?? join(places.home, "data");
  const named = parsed("CALLROOM_DATABASE_URL", EMBEDDED, readDatabaseUrl);
  const nameless = parsed("CALLROOM_NAMELESS_DATABASE_URL", EMBEDDED, readDatabaseUrl);
  if (named.kind === "address" && text("CALLROOM_NAMELESS_DATABASE_URL") === undefined)
    problems.push({
      name: "CALLROOM_NAMELESS_DATABASE_URL",
      problem:
        "is needed beside CALLROOM_DATABASE_URL: the nameless side has a database server of its own",
    });
  const smtpUrl = parsed<Redacted<string> | null>("CALLROOM_SMTP_URL", null, readSmtpUrl);
  if (smtpUrl !== null && text("CALLROOM_MAIL_FROM") === undefined)
    problems.push({ name: "CALLROOM_MAIL_FROM", problem: "is needed beside CALLROOM_SMTP_URL" });

  const config: Config = {
    home: places.home,
    dataDir,
    host: parsed("CALLROOM_HOST", "127.0.0.1", readHost),
    port: parsed("CALLROOM_PORT", 4173, readPort),
    origin: parsed<string | null>("CALLROOM_ORIGIN", null, readOrigin),
    databases: { named, nameless },
    acceptOneServer: parsed("CALLROOM_ACCEPT_ONE_SERVER", false, readYesOrNo),
    mail: { smtpUrl, from: parsed("CALLROOM_MAIL_FROM", "front-desk@localhost", readMailFrom) },
    turnUrls: parsed<readonly string[]>("CALLROOM_TURN_URL", [], readTurnUrls),
    secretsFile: path("CALLROOM_SECRETS_FILE") ?? join(dataDir, "secrets.json"),
    backupPassphraseFile: path("CALLROOM_BACKUP_PASSPHRASE_FILE") ?? null,
    trustProxy: parsed<readonly string[]>("CALLROOM_TRUST_PROXY", [], readProxies),
    logLevel: parsed<Config["logLevel"]>("CALLROOM_LOG_LEVEL", "info", readLogLevel),
  };
  return problems.length > 0 ? refuse(problems) : ok(deepFreeze(config));
}

/** Reads the file that CALLROOM_CONFIG names, or callroom.conf in the installation's folder if there is one. */
export async function loadConfig(
  env: Environment,
  places: { readonly home: string; readonly work: string },
): Promise<Result<Config, readonly ConfigProblem[]>> {
  const asked = env["CALLROOM_CONFIG"]?.trim();
  const file = asked ? resolve(places.work, asked) : join(places.home, "callroom.conf");
  let fileText: string | null = null;
  try {
    fileText = await readFile(file, "utf8");
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    if (asked || !missing)
      return refuse([{ name: "CALLROOM_CONFIG", problem: `${file} could not be read` }]);
  }
  return readConfig(env, fileText, { ...places, fileFolder: dirname(file) });
}

export function problemsToWords(problems: readonly ConfigProblem[]): string {
  const lines = problems.map(({ name, problem }) => `  ${name}  ${problem}`);
  return ["The configuration has to be mended first:", ...lines].join("\n");
}

const EMBEDDED: ClusterSource = { kind: "embedded" };

function readFileText(fileText: string, problems: ConfigProblem[]): Map<string, string> {
  const values = new Map<string, string>();
  for (const [index, line] of fileText.split(/\r?\n/).entries()) {
    const trimmed = line.trim();
    if (trimmed === "" || trimmed.startsWith("#")) continue;
    const where = `line ${index + 1} of the file`;
    const match = /^([A-Z][A-Z0-9_]*)\s*=\s*(.*)$/.exec(trimmed);
    if (!match) {
      problems.push({ name: where, problem: "expected NAME=value" });
      continue;
    }
    const name = match[1]!;
    if (!Object.hasOwn(SETTINGS, name))
      problems.push({ name, problem: `is no setting of Callroom (${where})${suggestion(name)}` });
    else if (values.has(name)) problems.push({ name, problem: `is set twice (${where})` });
    else values.set(name, match[2]!.replace(/^(["'])(.*)\1$/, "$2"));
  }
  return values;
}

// Only near misses: container platforms put names of their own, such as CALLROOM_SERVICE_HOST, beside ours.
function lookForMisspelt(env: Environment, problems: ConfigProblem[]): void {
  for (const name of Object.keys(env)) {
    if (!name.startsWith("CALLROOM_") || Object.hasOwn(SETTINGS, name)) continue;
    if (nearestName(name) !== null)
      problems.push({ name, problem: `is no setting of Callroom${suggestion(name)}` });
  }
}

function suggestion(name: string): string {
  const nearest = nearestName(name);
  return nearest === null ? "" : `; did you mean ${nearest}?`;
}

function readDatabaseUrl(value: string): ClusterSource | undefined {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || !["postgres:", "postgresql:"].includes(url.protocol)) return undefined;
  if (url.pathname.length < 2) return undefined;
  return { kind: "address", url: redact(value) };
}

function readSmtpUrl(value: string): Redacted<string> | undefined {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || !["smtp:", "smtps:"].includes(url.protocol) || url.hostname === "")
    return undefined;
  return redact(value);
}

function readHost(value: string): string | undefined {
  return /^[A-Za-z0-9.:[\]-]+$/.test(value) ? value.replace(/^\[(.*)\]$/, "$1") : undefined;
}

function readPort(value: string): number | undefined {
  return /^\d{1,5}$/.test(value) && Number(value) <= 65_535 ? Number(value) : undefined;
}

function readOrigin(value: string): string | undefined {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || url.pathname !== "/" || url.search !== "" || url.hash !== "" || url.username)
    return undefined;
  // Browsers hand out their cryptography to https pages and to this machine's own, to nobody else.
  const local = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  return url.protocol === "https:" || (url.protocol === "http:" && local) ? url.origin : undefined;
}

function readYesOrNo(value: string): boolean | undefined {
  if (/^(yes|true|1)$/i.test(value)) return true;
  return /^(no|false|0)$/i.test(value) ? false : undefined;
}

function readMailFrom(value: string): string | undefined {
  return /^[^\s<>@"]+@[^\s<>@"]+$/.test(value) ? value : undefined;
}

function readProxies(value: string): readonly string[] | undefined {
  const proxies = value.split(/[\s,]+/).filter((part) => part !== "");
  const isProxy = (part: string) =>
    part === "loopback" ||
    part === "uniquelocal" ||
    /^[0-9a-fA-F.:]{3,45}(?:\/\d{1,3})?$/.test(part);
  if (proxies.length === 1 && proxies[0] === "none") return [];
  return proxies.every(isProxy) ? proxies : undefined;
}

/** RFC 7065. One relay, whatever the ways to it: its configuration is made for one name. */
function readTurnUrls(value: string): readonly string[] | undefined {
  const urls = value.split(/[\s,]+/).filter((part) => part !== "");
  const hosts = urls.map(
    (url) =>
      /^turns?:(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d{1,5})?(?:\?transport=(?:udp|tcp))?$/i.exec(
        url,
      )?.[1],
  );
  return urls.length > 0 && new Set(hosts).size === 1 && hosts[0] !== undefined ? urls : undefined;
}

function readLogLevel(value: string): Config["logLevel"] | undefined {
  return (["error", "warn", "info", "debug"] as const).find((level) => level === value);
}

function deepFreeze<Value extends object>(value: Value): Value {
  for (const part of Object.values(value) as unknown[])
    if (typeof part === "object" && part !== null) deepFreeze(part);
  return Object.freeze(value);
}
