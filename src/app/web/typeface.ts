/**
 * Our typeface. A first visit begins in the stand-in of fonts.css, which has the same widths and heights, because
 * on a slow line 29 KB would hold up the first screen; a device that keeps the app has it at hand.
 */
import latin from "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2?url";
import latinExt from "@fontsource-variable/source-sans-3/files/source-sans-3-latin-ext-wght-normal.woff2?url";

/** As in `--face` of tokens.css. */
const FAMILY = "Source Sans 3 Variable";

/** The second is fetched only where a name or a letter needs it. */
const FILES = [
  {
    address: latin,
    unicodeRange:
      "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, U+0329, U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD",
  },
  {
    address: latinExt,
    unicodeRange:
      "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+0304, U+0308, U+0329, U+1D00-1DBF, U+1E00-1E9F, U+1EF2-1EFF, U+2020, U+20A0-20AB, U+20AD-20C0, U+2113, U+2C60-2C7F, U+A720-A7FF",
  },
] as const;

export const isTypefaceKept = (): boolean => Boolean(navigator.serviceWorker?.controller);

export function wearTypeface(): void {
  for (const { address, unicodeRange } of FILES)
    document.fonts.add(
      new FontFace(FAMILY, `url("${address}") format("woff2")`, {
        weight: "200 900",
        display: "swap",
        unicodeRange,
      }),
    );
}
