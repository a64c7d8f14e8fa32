import { execFile, spawn } from "node:child_process";
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

// Real databases and processes, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const run = promisify(execFile);

/** A small project with our own starter and two packages of its own, one of them for development only. */
let project: string;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "callroom-bootstrap-"));
  await mkdir(join(project, "bin"));
  for (const name of ["bootstrap.mjs", "callroom", "callroom-run"])
    await copyFile(join(import.meta.dirname, name), join(project, "bin", name));
  for (const name of ["needed", "developing"]) {
    const folder = join(project, name);
    await mkdir(folder);
    const optionalDependencies = { "callroom-test-of-another-system": "1.0.0" };
    await writeFile(
      join(folder, "package.json"),
      JSON.stringify({ name, version: "1.0.0", optionalDependencies }),
    );
    await run("npm", ["pack", "--silent", `./${name}`], { cwd: project });
  }
  await writeFile(
    join(project, "package.json"),
    JSON.stringify({
      name: "small",
      version: "1.0.0",
      type: "module",
      dependencies: { needed: "file:needed-1.0.0.tgz" },
      devDependencies: { developing: "file:developing-1.0.0.tgz" },
    }),
  );
  await run("npm", ["install", "--package-lock-only", "--offline"], { cwd: project });
  const script = (line: string) => `${line}\nconst words: string[] = process.argv.slice(2);\n`;
  await writeFile(join(project, "bin/command-line.ts"), script('console.log("command line");'));
  await writeFile(join(project, "say.ts"), `${script("")}console.log("said", ...words);`);
  await writeFile(join(project, "fail.ts"), "process.exit(7);");
  await writeFile(
    join(project, "wait.ts"),
    `process.on("SIGTERM", () => { console.log("asked to stop"); process.exit(3); });
     setInterval(() => undefined, 1000); console.log("waiting");`,
  );
});

afterAll(() => rm(project, { recursive: true }));

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function start(words: readonly string[], env: Record<string, string> = {}): Promise<Outcome> {
  const options = {
    cwd: project,
    env: { ...process.env, CALLROOM_NODE: process.execPath, npm_config_offline: "true", ...env },
  };
  try {
    const { stdout, stderr } = await run(process.execPath, [...words], options);
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

const isThere = (path: string) =>
  readFile(join(project, "node_modules", path, "package.json")).then(
    () => true,
    () => false,
  );

test("the lock file lacks a package of another system, which npm ci refuses", async () => {
  const refused = run("npm", ["ci", "--offline"], { cwd: project });
  await expect(refused).rejects.toThrow(/EUSAGE/);
});

test("a first start installs what running needs and no more, says so, and hands over", async () => {
  const first = await start(["bin/callroom"]);
  expect(first).toMatchObject({ code: 0, out: "command line\n" });
  expect(first.err).toContain("Installing");
  expect(await isThere("needed")).toBe(true);
  expect(await isThere("developing")).toBe(false);
  expect((await start(["bin/callroom"])).err).toBe("");
});

test("a script for development has the rest installed first, and gets its words as they are", async () => {
  const first = await start(["bin/callroom-run", "say.ts", "a b", "--c", "*"]);
  expect(first).toMatchObject({ code: 0, out: "said a b --c *\n" });
  expect(first.err).toContain("Installing");
  expect(await isThere("developing")).toBe(true);
  expect((await start(["bin/callroom-run", "say.ts"])).err).toBe("");
  expect((await start(["bin/callroom"])).err).toBe("");
});

test("what npm installed by hand is taken as it is", async () => {
  await rm(join(project, "node_modules"), { recursive: true, force: true });
  await run("npm", ["install", "--no-save", "--offline"], { cwd: project });
  expect((await start(["bin/callroom-run", "say.ts"])).err).toBe("");
});

test("a changed lock file, or an installation that was cut short, is installed anew", async () => {
  const lock = join(project, "package-lock.json");
  const text = await readFile(lock, "utf8");
  const marker = join(project, "node_modules/.callroom-lock");
  await writeFile(marker, "0000 everything\n");
  await rm(join(project, "node_modules/.package-lock.json"));
  expect((await start(["bin/callroom"])).err).toContain("Installing");
  expect(await readFile(lock, "utf8")).toBe(text);
});

test("when installing fails, npm's own words are shown and nothing is started", async () => {
  await rm(join(project, "node_modules"), { recursive: true });
  const lock = join(project, "package-lock.json");
  const text = await readFile(lock, "utf8");
  await writeFile(lock, text.replaceAll(/sha512-[^"]{10}/g, "sha512-AAAAAAAAAA"));
  const failed = await start(["bin/callroom"]);
  expect(failed.code).toBe(1);
  expect(failed.out).toBe("");
  expect(failed.err).toMatch(/EINTEGRITY.*Installing failed/s);
  await writeFile(lock, text);
  expect((await start(["bin/callroom"])).out).toBe("command line\n");
});

test("exit status and signals pass through", async () => {
  expect((await start(["bin/callroom-run", "fail.ts"])).code).toBe(7);
  const child = spawn(process.execPath, ["bin/callroom-run", "wait.ts"], {
    cwd: project,
    env: { ...process.env, CALLROOM_NODE: process.execPath },
  });
  let out = "";
  const code = await new Promise((settle) => {
    child.stdout.on("data", (part: Buffer) => {
      out += part.toString();
      if (part.toString().includes("waiting")) child.kill("SIGTERM");
    });
    child.on("exit", settle);
  });
  expect(out).toContain("asked to stop");
  expect(code).toBe(3);
});

test("when npm's shell is stopped, what it started is stopped in good order too", async () => {
  const command = `"${process.execPath}" bin/callroom-run wait.ts; true`;
  const shell = spawn("/bin/sh", ["-c", command], {
    cwd: project,
    env: { ...process.env, CALLROOM_NODE: process.execPath, npm_lifecycle_event: "start" },
  });
  let out = "";
  await new Promise((settle) => {
    shell.stdout.on("data", (part: Buffer) => {
      out += part.toString();
      if (part.toString().includes("waiting")) shell.kill("SIGTERM");
    });
    // Closed once the last process that writes into it has ended.
    shell.stdout.on("close", settle);
  });
  expect(out).toContain("asked to stop");
});

test("a Node that isn't there, or can't run here, is told with what to do", async () => {
  const missing = await start(["bin/callroom"], { CALLROOM_NODE: "/nowhere/node" });
  expect(missing).toMatchObject({ code: 1, out: "" });
  expect(missing.err).toContain("/nowhere/node");
  // As on a system without the loader that the program was made for.
  const foreign = join(project, "foreign-node");
  await writeFile(foreign, "#!/nowhere/loader\n");
  await chmod(foreign, 0o755);
  const cannot = await start(["bin/callroom"], { CALLROOM_NODE: foreign });
  expect(cannot.code).toBe(1);
  expect(cannot.err).toMatch(/could not be run.*CALLROOM_NODE/s);
});
