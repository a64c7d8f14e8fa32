import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { beforeAll, expect, test } from "vitest";
import { checkDrawn, drawingsOf, scriptFrom, withDrawings, type Drawn } from "./drawings.ts";

const web = join(import.meta.dirname, "../../src/app/web");
const page = '<body>\n    <div id="app"></div>\n  </body>';

let drawn: Drawn;
beforeAll(async () => {
  drawn = await drawingsOf(join(web, "drawings.tsx"));
});

test("the landing page is drawn whole, in words, with ways on that need no script", () => {
  const { landing } = drawn.htmlByName;
  expect(landing).toContain("A room for doctors, with a door that closes.</h1>");
  expect(landing).toMatch(/<a href="\/sign-in"/);
  expect(landing).toMatch(/<a href="\/crisis"/);
});

test("the frames hold no room's words, and the rooms' has their navigation", () => {
  const { rooms, open } = drawn.htmlByName;
  for (const frame of [rooms, open]) expect(frame).toMatch(/<main id="main"[^>]*>.*One moment/);
  expect(rooms).toMatch(/<nav .*href="\/reflect"/);
  expect(open).not.toContain("<nav");
  expect(rooms + open!).not.toContain("aria-current");
});

test("each address that needs an open safe is known for a room's by its first part", () => {
  expect(drawn.rooms).toEqual(expect.arrayContaining(["today", "reflect", "desk", "account"]));
  expect(drawn.rooms).not.toContain("crisis");
  expect(drawn.rooms).not.toContain("");
});

test("the page carries the drawings as templates, and the script after its place", () => {
  const html = withDrawings(page, { landing: "<h1>A room for $& doctors</h1>" }, "go();");
  expect(html).toContain(
    '<template data-drawing="landing"><h1>A room for $& doctors</h1></template>',
  );
  expect(html.indexOf("<script>go();</script>")).toBeGreaterThan(html.indexOf("</template>"));
  expect(html.indexOf("</template>")).toBeGreaterThan(html.indexOf('<div id="app"></div>'));
});

test("a page without its place, or a script that would end early, stops the build", () => {
  expect(() => withDrawings("<body></body>", {}, "")).toThrow(/lost/);
  for (const script of ["'</script>'", "'<!--'"])
    expect(() => withDrawings(page, {}, script)).toThrow(/early/);
});

test("a class that the built style doesn't know stops the build", () => {
  const html = '<p class="_lead_1 _quiet_2">Two honest minutes</p>';
  expect(() => checkDrawn(html, "._lead_1{}._quiet_2{}")).not.toThrow();
  expect(() => checkDrawn(html, "._lead_1{}")).toThrow(/_quiet_2/);
});

test.each(['<p style="color: red">', "<style>", '<a onclick="x()">', "<script>"])(
  "%s would need a wider policy, and stops the build",
  (html) => {
    expect(() => checkDrawn(html, "")).toThrow(/policy/);
  },
);

// The script as it runs in the page, against as much of a page as it touches.
class Place {
  readonly dataset: Record<string, string> = {};
  readonly put: unknown[] = [];
  readonly links = ["/today", "/reflect", "/plan"].map((href) => new NavLink(href));
  append(node: unknown) {
    this.put.push(node);
  }
  querySelectorAll = () => this.links;
}
class NavLink {
  current: string | null = null;
  readonly href: string;
  constructor(href: string) {
    this.href = href;
  }
  getAttribute = () => this.href;
  setAttribute(_: string, value: string) {
    this.current = value;
  }
}

async function firstPaintAt(pathname: string, kept: Record<string, string> = {}) {
  const script = await scriptFrom(join(web, "first-paint.ts"), drawn.rooms);
  const place = new Place();
  const documentElement = { dataset: {} as Record<string, string> };
  const storage = { getItem: (key: string) => kept[key] ?? null };
  const document = {
    documentElement,
    getElementById: () => place,
    querySelector: (selector: string) => ({ content: { cloneNode: () => selector } }),
  };
  runInNewContext(script, {
    document,
    location: { pathname },
    localStorage: storage,
    sessionStorage: storage,
  });
  return { place, root: documentElement.dataset };
}

test.each([
  ["/", "landing"],
  ["/today", "rooms"],
  ["/coach/book/3", "rooms"],
  ["/crisis", "open"],
  ["/todays", "open"],
  ["/nowhere/at/all", "open"],
])("at %s the first paint is the drawing of %s", async (path, name) => {
  const { place } = await firstPaintAt(path);
  expect(place.put).toEqual([`template[data-drawing=${name}]`]);
  expect(place.dataset["drawn"]).toBe(name);
});

test("the room one is in is marked in the navigation, and only that", async () => {
  const { place } = await firstPaintAt("/reflect/check-in");
  expect(place.links.map(({ current }) => current)).toEqual([null, "page", null]);
});

test("chosen colours hold from the first paint on", async () => {
  expect((await firstPaintAt("/")).root).toEqual({});
  expect((await firstPaintAt("/", { theme: "dark" })).root).toEqual({ theme: "dark" });
});

test("behind a lowered curtain nothing is put up", async () => {
  const { place } = await firstPaintAt("/today", { covered: "1" });
  expect([place.put, place.dataset]).toEqual([[], {}]);
});
