/**
 * Last in the build: lays every file that shrinks beside itself, packed with brotli and with gzip as tightly
 * as they can, so that the server packs nothing while somebody waits.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";
import { afterBuild } from "./after-build.ts";

/** Pictures and typefaces are packed already; fingerprints for the server and maps are never sent. */
const SHRINKING = new Set([".js", ".css", ".html", ".svg", ".webmanifest"]);

export function compress(): Plugin {
  return afterBuild("compress", compressFolder);
}

export async function compressFolder(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true });
  await Promise.all(
    names
      .filter((name) => SHRINKING.has(extname(name)))
      .map(async (name) => {
        const path = join(folder, name);
        const plain = await readFile(path);
        const packed = await pack(plain);
        for (const [ending, bytes] of Object.entries(packed))
          if (bytes.length < plain.length) await writeFile(`${path}.${ending}`, bytes);
      }),
  );
}

async function pack(plain: Buffer): Promise<{ readonly br: Buffer; readonly gz: Buffer }> {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
  };
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(plain, { params }),
    promisify(gzip)(plain, { level: constants.Z_BEST_COMPRESSION }),
  ]);
  return { br, gz };
}
