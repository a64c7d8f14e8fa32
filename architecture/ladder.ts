/**
 * The architecture as data: which slice may stand on which. Read top to bottom; nothing looks down the
 * list. The test beside it holds the code to it, and ARCHITECTURE.md draws it.
 */
export interface Rung {
  readonly slice: string;
  /** The slices it may import from, besides itself. */
  readonly standsOn: readonly string[];
  /** Where no chain of imports may reach identity: the whole slice, or all of it but files that begin so. */
  readonly nameless?: true | { readonly but: readonly string[] };
}

export const LADDER: readonly Rung[] = [
  { slice: "platform", standsOn: [] },
  { slice: "design", standsOn: ["platform"] },
  { slice: "vault", standsOn: ["platform", "design"] },
  { slice: "identity", standsOn: ["platform", "design", "vault"] },
  {
    slice: "pass",
    standsOn: ["platform", "design", "vault", "identity"],
    // Issuing asks identity who is a doctor; redeeming, and whatever stands on it, must not be able to.
    nameless: { but: ["src/pass/server/issue", "src/pass/web/issue"] },
  },
  { slice: "library", standsOn: ["platform", "design"] },
  { slice: "reflect", standsOn: ["platform", "design", "vault", "library"] },
  { slice: "plan", standsOn: ["platform", "design", "vault", "library"] },
  { slice: "learn", standsOn: ["platform", "design", "vault", "library"] },
  { slice: "coaching", standsOn: ["platform", "design", "vault", "identity", "library"] },
  { slice: "circles", standsOn: ["platform", "design", "library", "pass"], nameless: true },
  { slice: "stewardship", standsOn: ["platform", "design", "vault", "identity", "library"] },
  {
    slice: "app",
    standsOn: [
      "platform",
      "design",
      "vault",
      "identity",
      "pass",
      "library",
      "reflect",
      "plan",
      "learn",
      "coaching",
      "circles",
      "stewardship",
    ],
  },
];

/** Where a file may run. Pure code runs on both sides and may import only pure code. */
export type Side = "pure" | "server" | "web";

export function sideOf(path: string): Side {
  if (path.startsWith("src/design/") || path.includes("/web/")) return "web";
  return path.includes("/server/") ? "server" : "pure";
}

export const sliceOf = (path: string): string => path.split("/")[1] ?? "";

export function isNameless(path: string): boolean {
  const nameless = LADDER.find((rung) => rung.slice === sliceOf(path))?.nameless;
  if (nameless === undefined) return false;
  return nameless === true || !nameless.but.some((start) => path.startsWith(start));
}

/** Files of a nameless slice that may know who somebody is. */
export const isNamedException = (path: string): boolean =>
  !isNameless(path) && LADDER.some((rung) => rung.slice === sliceOf(path) && rung.nameless);
