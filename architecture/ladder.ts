/**
 * The architecture as data: which slice may stand on which. Read top to bottom; nothing looks down the
 * list. The test beside it holds the code to it, and ARCHITECTURE.md draws it.
 */
export interface Rung {
  readonly slice: string;
  /** The slices it may import from, besides itself. */
  readonly standsOn: readonly string[];
  /** True where no chain of imports may reach identity. */
  readonly nameless?: true;
}

export const LADDER: readonly Rung[] = [
  { slice: "platform", standsOn: [] },
  { slice: "design", standsOn: ["platform"] },
  { slice: "vault", standsOn: ["platform", "design"] },
  { slice: "identity", standsOn: ["platform", "design", "vault"] },
  { slice: "library", standsOn: ["platform", "design"] },
  { slice: "reflect", standsOn: ["platform", "design", "vault", "library"] },
  { slice: "plan", standsOn: ["platform", "design", "vault", "library"] },
  { slice: "coaching", standsOn: ["platform", "design", "vault", "identity", "library"] },
  { slice: "stewardship", standsOn: ["platform", "design", "vault", "identity", "library"] },
  {
    slice: "app",
    standsOn: [
      "platform",
      "design",
      "vault",
      "identity",
      "library",
      "reflect",
      "plan",
      "coaching",
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
