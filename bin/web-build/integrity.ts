/**
 * After the build, gives every script and style its fingerprint: on the tags of index.html, in an import
 * map for what is imported later, and in csp.json for the server. A file altered on the way is not run.
 */
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Plugin } from "vite";
import { isWorkerFile } from "./worker-name.ts";

/** What csp.json holds. */
interface WebFingerprints {
  /** For script-src: what stands in the page itself, the import map and the script of the first paint. */
  readonly inlineHashes: readonly string[];
  readonly assets: Readonly<Record<string, string>>;
  /** These need `'wasm-unsafe-eval'` on their own answer. */
  readonly workers: readonly string[];
}

export function integrity(): Plugin {
  return {
    name: "callroom-integrity",
    apply: "build",
    enforce: "post",
    writeBundle: {
      order: "post",
      sequential: true,
      async handler({ dir }) {
        if (dir === undefined) throw new Error("The build has no folder");
        const assets = await fingerprints(dir);
        const page = join(dir, "index.html");
        const html = withIntegrity(await readFile(page, "utf8"), assets);
        await writeFile(page, html);
        await writeFile(
          join(dir, "csp.json"),
          JSON.stringify({
            inlineHashes: inlineHashes(html),
            assets,
            workers: Object.keys(assets).filter(isWorkerFile),
          } satisfies WebFingerprints),
        );
      },
    },
  };
}

async function fingerprints(dir: string): Promise<Record<string, string>> {
  const names = (await readdir(join(dir, "assets"))).filter((name) => /\.(js|css)$/.test(name));
  const pairs = names.toSorted().map(async (name) => {
    const hash = createHash("sha384").update(await readFile(join(dir, "assets", name)));
    return [`/assets/${name}`, `sha384-${hash.digest("base64")}`] as const;
  });
  return Object.fromEntries(await Promise.all(pairs));
}

/** The map stands before the first script, behind the encoding, which must come in the first 1024 bytes. */
export function withIntegrity(html: string, assets: Readonly<Record<string, string>>) {
  const modules = Object.entries(assets).filter(
    ([path]) => path.endsWith(".js") && !isWorkerFile(path),
  );
  const importMap = JSON.stringify({ integrity: Object.fromEntries(modules) });
  const tagged = html.replaceAll(
    /<(?:script|link)\b[^>]*\b(?:src|href)="(\/assets\/[^"]+\.(?:js|css))"/g,
    (tag, path: string) => {
      const hash = assets[path];
      if (hash === undefined) throw new Error(`index.html names ${path}, which was not built`);
      return `${tag} integrity="${hash}"`;
    },
  );
  const charset = '<meta charset="utf-8" />';
  if (!tagged.includes(charset)) throw new Error("index.html lost its encoding");
  return tagged.replace(
    charset,
    () => `${charset}\n    <script type="importmap">${importMap}</script>`,
  );
}

/** CSP sources, `sha256-…`, of every script without an address. */
export function inlineHashes(html: string): readonly string[] {
  return [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([^]*?)<\/script>/g)].map(
    ([, script]) => `sha256-${createHash("sha256").update(script!).digest("base64")}`,
  );
}
