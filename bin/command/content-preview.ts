/** Shows one exercise in the browser while it is written: the real screens, no account, again at every save. */
import { basename, join, resolve } from "node:path";
import { readFile, realpath } from "node:fs/promises";
import react from "@vitejs/plugin-react";
import { createServer, type Plugin } from "vite";
import { parse } from "yaml";
import { checkContent } from "../../src/library/server/content-check.ts";
import { readExercise } from "../../src/reflect/exercise/exercise-file.ts";
import { lineOf } from "../../src/reflect/exercise/exercise-index.ts";
import { exerciseReader } from "../../src/reflect/exercise/server/exercise-reader.ts";
import { content } from "../web-build/content.ts";
import { titlesOf } from "../web-build/exercises.ts";
import type { Given } from "./given.ts";

const PORT = 5175;

export async function run({ home, work, operands }: Given): Promise<number> {
  const file = resolve(work, operands[0]!);
  await readFile(file, "utf8").catch(() => {
    throw new Error(`There is no file ${file}`);
  });
  const server = await createServer({
    configFile: false,
    root: join(home, "src/app/web/preview"),
    cacheDir: join(home, "node_modules/.vite-preview"),
    appType: "spa",
    plugins: [
      react(),
      previewed(file, join(home, "content")),
      content({ folder: join(home, "content") }),
    ],
    server: {
      host: "localhost",
      port: PORT,
      fs: { allow: [home, await realpath(join(home, "node_modules"))] },
    },
  });
  await server.listen();
  console.log(`Previewing ${file}; it is shown again whenever you save it. Ctrl-C stops.`);
  server.printUrls();
  await new Promise<void>((stop) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop());
  });
  await server.close();
  return 0;
}

const OURS = ["virtual:preview", "virtual:content/exercises", "virtual:preview-exercise"];

/** The index of one exercise, that exercise, and what is wrong with it: all read anew when the file is saved. */
function previewed(file: string, folder: string): Plugin {
  return {
    name: "callroom-preview",
    enforce: "pre",
    configureServer({ watcher, ws, moduleGraph }) {
      watcher.add(file);
      watcher.on("change", (changed) => {
        if (resolve(changed) !== file) return;
        for (const id of OURS) {
          const module = moduleGraph.getModuleById(`\0${id}`);
          if (module) moduleGraph.invalidateModule(module);
        }
        ws.send({ type: "full-reload" });
      });
    },
    resolveId: (id) => (OURS.includes(id) ? `\0${id}` : null),
    async load(id) {
      if (!OURS.includes(id.slice(1))) return null;
      const exercise = await readPreviewed(file);
      switch (id.slice(1)) {
        case "virtual:preview":
          return codeOf({
            id: exercise?.id ?? null,
            findings: await findingsIn(file, folder),
          });
        case "virtual:preview-exercise":
          return (
            `export default ${JSON.stringify(exercise)};\n` +
            codeOf({ titles: exercise === null ? {} : titlesOf(folder, exercise) })
          );
        default:
          return exercise === null
            ? codeOf({ lines: [], fetches: {} })
            : `${codeOf({ lines: [lineOf(exercise)] })}
               export const fetches = {
                 ${JSON.stringify(exercise.id)}: {
                   ${JSON.stringify(exercise.language)}: () => import("virtual:preview-exercise"),
                 },
               };`;
      }
    },
  };
}

async function readPreviewed(file: string) {
  try {
    const read = readExercise(parse(await readFile(file, "utf8")));
    return read.ok ? read.value : null;
  } catch {
    // Not even YAML: the findings say where.
    return null;
  }
}

/** As `content check` finds them, were the file in content/exercises. */
async function findingsIn(file: string, folder: string) {
  const name = `exercises/${basename(file)}`;
  const all = await checkContent(folder, {
    readers: { exercise: exerciseReader },
    instead: { [name]: file },
  });
  return all
    .filter((finding) => finding.file === name)
    .map(({ line, rule, message }) => ({ line, rule, message }));
}

const codeOf = (names: Readonly<Record<string, unknown>>): string =>
  Object.entries(names)
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
    .join("\n");
