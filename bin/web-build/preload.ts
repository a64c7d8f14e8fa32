/**
 * Shortens the way to the first screen: index.html names the files that its first script will ask for at once,
 * so that all of them come side by side, and carries the icon itself.
 */
import { readFile } from "node:fs/promises";
import type { Plugin, Rolldown } from "vite";

export interface PreloadOptions {
  /** Ends of the modules that the first script fetches by `import()`. */
  readonly imports: readonly string[];
  readonly icon: string;
}

export function preload({ imports, icon }: PreloadOptions): Plugin {
  return {
    name: "callroom-preload",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: async (html, { bundle }) =>
        withPreloads(
          withIcon(html, await readFile(icon, "utf8")),
          filesBehind(Object.values(bundle ?? {}), imports),
        ),
    },
  };
}

/** Before all other files: the first of them takes the connection that is open already. */
export function withPreloads(html: string, files: readonly string[]): string {
  const links = files
    .filter((file) => !html.includes(`"/${file}"`))
    .map((file) => `<link rel="modulepreload" crossorigin href="/${file}">\n    `);
  return html.replace('<script type="module"', (script) => links.join("") + script);
}

type Output = Pick<Rolldown.OutputChunk, "type" | "fileName" | "imports" | "moduleIds" | "code">;

/** The files that hold these modules, and what those stand on; the largest first. */
export function filesBehind(
  outputs: readonly (Output | Rolldown.OutputAsset)[],
  ends: readonly string[],
): readonly string[] {
  const chunks = outputs.filter((output) => output.type === "chunk");
  const found = new Set<Output>();
  const add = (chunk: Output | undefined) => {
    if (chunk === undefined || found.has(chunk)) return;
    found.add(chunk);
    for (const file of chunk.imports) add(chunks.find(({ fileName }) => fileName === file));
  };
  for (const end of ends) {
    const chunk = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(end)));
    if (chunk === undefined) throw new Error(`No file of the build holds ${end}`);
    add(chunk);
  }
  return [...found]
    .toSorted((a, b) => b.code.length - a.code.length)
    .map(({ fileName }) => fileName);
}

export function withIcon(html: string, svg: string): string {
  const link = 'href="/icon.svg"';
  if (!html.includes(link)) throw new Error("index.html lost its icon");
  const address = `data:image/svg+xml,${encodeURIComponent(svg.replaceAll(/\n\s*/g, ""))}`;
  return html.replace(link, () => `href="${address}"`);
}
