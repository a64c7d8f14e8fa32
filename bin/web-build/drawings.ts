/**
 * Draws the landing page and the empty frames once, when the app is built, into index.html, with the few lines
 * of script that put up the right one: something can be read before any file of script has arrived.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ReactNode } from "react";
import { renderToString } from "react-dom/server";
import { build, createServer, type Plugin, type Rolldown } from "vite";

export interface DrawingsOptions {
  /** The module with `drawings` and `rooms`. */
  readonly drawings: string;
  /** The script that puts one up. */
  readonly script: string;
}

export interface Drawn {
  readonly htmlByName: Readonly<Record<string, string>>;
  readonly rooms: readonly string[];
}

export function drawings(options: DrawingsOptions): Plugin {
  return {
    name: "callroom-drawings",
    apply: "build",
    enforce: "post",
    writeBundle: {
      order: "post",
      sequential: true,
      async handler({ dir }) {
        if (dir === undefined) throw new Error("The build has no folder");
        const { htmlByName, rooms } = await drawingsOf(options.drawings);
        const styles = await stylesIn(join(dir, "assets"));
        for (const html of Object.values(htmlByName)) checkDrawn(html, styles);
        const page = join(dir, "index.html");
        const script = await scriptFrom(options.script, rooms);
        await writeFile(page, withDrawings(await readFile(page, "utf8"), htmlByName, script));
      },
    },
  };
}

export async function drawingsOf(module: string): Promise<Drawn> {
  // Some files listen to the window as soon as they are read; here there is none.
  Object.assign(globalThis, { addEventListener: () => undefined });
  const server = await createServer({
    configFile: false,
    root: dirname(module),
    appType: "custom",
    logLevel: "error",
    server: { middlewareMode: true, watch: null, ws: false },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    const read = (await server.ssrLoadModule(module)) as {
      drawings: Readonly<Record<string, ReactNode>>;
      rooms: readonly string[];
    };
    const drawn = Object.entries(read.drawings).map(([name, it]) => [name, renderToString(it)]);
    return { htmlByName: Object.fromEntries(drawn) as Record<string, string>, rooms: read.rooms };
  } finally {
    await server.close();
  }
}

export async function scriptFrom(file: string, rooms: readonly string[]): Promise<string> {
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    define: { ROOMS: JSON.stringify(rooms) },
    build: {
      write: false,
      rolldownOptions: { input: file, output: { format: "iife" } },
    },
  });
  const { output } = built as Rolldown.RolldownOutput;
  return output[0].code.trim();
}

/** The script stands last: the style before it has then been read, and no script of a file has run. */
export function withDrawings(
  page: string,
  htmlByName: Readonly<Record<string, string>>,
  script: string,
): string {
  const place = '<div id="app"></div>';
  if (!page.includes(place)) throw new Error("index.html lost the app's place");
  if (/<\/script|<!--/i.test(script)) throw new Error("The page's own script would end early");
  const templates = Object.entries(htmlByName).map(
    ([name, html]) => `<template data-drawing="${name}">${html}</template>`,
  );
  const parts = [place, ...templates, `<script>${script}</script>`];
  return page.replace(place, () => parts.join("\n    "));
}

/** Every class must be one that the built style knows, and nothing may need a wider Content-Security-Policy. */
export function checkDrawn(html: string, styles: string): void {
  if (/<(?:style|script)\b|<[^>]*\s(?:style|on\w+)=/.test(html))
    throw new Error("A drawing holds something that the page's own policy forbids");
  for (const [, classes] of html.matchAll(/ class="([^"]*)"/g))
    for (const name of classes!.split(" "))
      if (!styles.includes(`.${name}`)) throw new Error(`The built style has no ${name}`);
}

async function stylesIn(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".css"));
  return (await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")))).join("\n");
}
