/**
 * A text of Learn as a small tree: only what our Markdown may hold, so that showing it is a walk over known
 * kinds and never a string of HTML.
 */
export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "strong" | "emphasis"; readonly of: readonly Inline[] }
  /** `to` names other content: `learn/topics/delegation`. */
  | { readonly kind: "link"; readonly to: string; readonly of: readonly Inline[] };

export type Block =
  /** `id` is the heading's own, for the address and the contents. */
  | { readonly kind: "heading"; readonly level: 2 | 3; readonly text: string; readonly id: string }
  | { readonly kind: "paragraph"; readonly of: readonly Inline[] }
  | {
      readonly kind: "list";
      readonly ordered: boolean;
      readonly items: readonly (readonly Block[])[];
    }
  | { readonly kind: "quote"; readonly of: readonly Block[] }
  | {
      readonly kind: "table";
      readonly head: readonly Cell[];
      readonly rows: readonly (readonly Cell[])[];
    };

export type Cell = readonly Inline[];

/** The words alone, a paragraph, list item or row of a table each, for reading levels and for search. */
export function plainTexts(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block): string[] => {
    switch (block.kind) {
      case "heading":
        return [block.text];
      case "paragraph":
        return [plainInline(block.of)];
      case "list":
        return block.items.flatMap(plainTexts);
      case "quote":
        return plainTexts(block.of);
      case "table":
        return [block.head, ...block.rows].map((row) => row.map(plainInline).join(" · "));
    }
  });
}

export const plainInline = (inlines: readonly Inline[]): string =>
  inlines.map((inline) => (inline.kind === "text" ? inline.text : plainInline(inline.of))).join("");

export function linksIn(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block): string[] => {
    switch (block.kind) {
      case "heading":
        return [];
      case "paragraph":
        return linksInInline(block.of);
      case "list":
        return block.items.flatMap(linksIn);
      case "quote":
        return linksIn(block.of);
      case "table":
        return [block.head, ...block.rows].flat().flatMap(linksInInline);
    }
  });
}

const linksInInline = (inlines: readonly Inline[]): string[] =>
  inlines.flatMap((inline) => {
    if (inline.kind === "text") return [];
    return [...(inline.kind === "link" ? [inline.to] : []), ...linksInInline(inline.of)];
  });
