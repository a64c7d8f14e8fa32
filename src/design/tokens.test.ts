import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

type Colour = readonly [lightness: number, chroma: number, hue: number];

const schemes = ["light", "dark"] as const;
const colours = readColours(readFileSync(join(import.meta.dirname, "tokens.css"), "utf8"));

const PAPERS = ["canvas", "paper", "sunk"];
const WASHES = ["accent", "warm", "refusal", "named", "sealed", "nameless"];

describe.each(schemes)("in the %s scheme", (scheme) => {
  const contrast = (front: string, back: string) =>
    contrastOf(colourNamed(front, scheme), colourNamed(back, scheme));

  test.each([...PAPERS, ...WASHES.map((wash) => `${wash}-wash`)])(
    "text, loud or quiet, keeps 7:1 on %s",
    (back) => {
      expect(contrast("ink", back)).toBeGreaterThanOrEqual(7);
      expect(contrast("quiet", back)).toBeGreaterThanOrEqual(7);
    },
  );

  test.each(WASHES)("%s keeps 4.5:1 on every paper and on its own wash", (tone) => {
    for (const back of [...PAPERS, `${tone}-wash`]) {
      expect(contrast(tone, back), back).toBeGreaterThanOrEqual(4.5);
    }
  });

  test("filled buttons keep 7:1", () => {
    expect(contrast("accent-ink", "accent")).toBeGreaterThanOrEqual(7);
    expect(contrast("accent-ink", "accent-strong")).toBeGreaterThanOrEqual(7);
    expect(contrast("refusal-ink", "refusal")).toBeGreaterThanOrEqual(7);
  });

  test("edges of controls and the focus ring keep 3:1", () => {
    for (const back of PAPERS) {
      expect(contrast("rule-strong", back), back).toBeGreaterThanOrEqual(3);
      expect(contrast("focus", back), back).toBeGreaterThanOrEqual(3);
    }
  });
});

test("the reckoning agrees with WCAG on black, white and a known grey", () => {
  expect(contrastOf([0, 0, 0], [1, 0, 0])).toBeCloseTo(21, 1);
  // #767676 on white is 4.54:1.
  expect(contrastOf([0.5683, 0, 0], [1, 0, 0])).toBeCloseTo(4.54, 1);
});

function colourNamed(name: string, scheme: (typeof schemes)[number]): Colour {
  const colour = colours.get(name)?.[scheme];
  if (colour === undefined) throw new Error(`tokens.css has no colour called ${name}`);
  return colour;
}

function readColours(css: string) {
  const pair = /--([\w-]+):\s*light-dark\(\s*oklch\(([^)]+)\),\s*oklch\(([^)]+)\)\s*\)/g;
  const toColour = (text: string) => text.trim().split(/\s+/).slice(0, 3).map(Number);
  return new Map(
    [...css.matchAll(pair)].map(([, name, light, dark]) => [
      name!,
      { light: toColour(light!), dark: toColour(dark!) } as unknown as Record<
        "light" | "dark",
        Colour
      >,
    ]),
  );
}

/** WCAG 2.2 contrast ratio. */
function contrastOf(one: Colour, other: Colour): number {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

/** OKLCH to linear sRGB (Björn Ottosson's matrices), clipped as a screen clips, then relative luminance. */
function luminance([lightness, chroma, hue]: Colour): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  return (
    0.2126 * clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s) +
    0.7152 * clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s) +
    0.0722 * clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
  );
}
