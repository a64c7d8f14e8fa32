/**
 * Turns `virtual:content/<folder>/<name>` into a module with what content/<folder>/<name>.yaml holds. A
 * file that does not fit its schema stops the build, so a browser never meets a broken one.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Plugin } from "vite";
import { parse } from "yaml";
import { ok } from "../../src/platform/result.ts";
import { readContent, type ContentRefusal } from "../../src/library/content-file.ts";

const PREFIX = "virtual:content/";
const RESOLVED = `\0${PREFIX}`;

const READ_ELSEWHERE = new Set<unknown>([
  "specialties",
  "lived-experiences",
  "coaching-styles",
  "languages",
  "circle-names",
]);

export function content({ folder }: { folder: string }): Plugin {
  return {
    name: "callroom-content",
    resolveId: (id) =>
      id.startsWith(PREFIX) && /^[a-z0-9/-]+$/.test(id.slice(PREFIX.length)) ? `\0${id}` : null,
    async load(id) {
      if (!id.startsWith(RESOLVED)) return null;
      const file = join(folder, `${id.slice(RESOLVED.length)}.yaml`);
      this.addWatchFile(file);
      const raw = parse(await readFile(file, "utf8")) as { kind?: unknown } | null;
      // Coaching reads its own lists, strictly, where it imports them.
      const read = READ_ELSEWHERE.has(raw?.kind) ? ok(raw) : readContent(raw);
      if (!read.ok) throw new Error(`${file}: ${refusalToWords(read.refusal)}`);
      // JSON is read faster than the same written as code, and it is only data.
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(read.value))});`;
    },
  };
}

const refusalToWords = (refusal: ContentRefusal): string =>
  refusal.type === "UnknownKind"
    ? "is of no kind we know"
    : refusal.faults.map((fault) => `${fault.at.join(".")}: ${fault.message}`).join("; ");
