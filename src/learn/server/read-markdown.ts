/**
 * Reads the body of a text: Markdown of headings, paragraphs, lists, quotes, bold, italics, tables and links to
 * other content. Everything else (HTML, pictures, links out) is a fault with its line: nothing is dropped in silence.
 */
import type {
  AlignType,
  BlockContent,
  DefinitionContent,
  Heading,
  PhrasingContent,
  RootContent,
  Table,
} from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";
import { plainInline, type Block, type Cell, type Inline } from "../document.ts";
import { CONTENT_NAME } from "../front-matter.ts";

interface MarkdownFault {
  /** From 1, in the text that was given. */
  readonly line: number;
  readonly message: string;
}

export interface ReadBody {
  readonly blocks: readonly Block[];
  /** The line of each block in `blocks`. */
  readonly lines: readonly number[];
  readonly faults: readonly MarkdownFault[];
}

type Node = RootContent | BlockContent | DefinitionContent | PhrasingContent;

/** A doctor reads one in five minutes; what is far longer can take the reader of Markdown minutes as well. */
const MOST_CHARACTERS = 40_000;

export function readMarkdown(text: string): ReadBody {
  if (text.length > MOST_CHARACTERS) return unreadable("is longer than any text is");
  try {
    return readShort(text);
  } catch (error) {
    if (error instanceof RangeError) return unreadable("is nested too deeply");
    throw error;
  }
}

const unreadable = (message: string): ReadBody => ({
  blocks: [],
  lines: [],
  faults: [{ line: 1, message }],
});

function readShort(text: string): ReadBody {
  const root = fromMarkdown(text, {
    extensions: [gfmTable()],
    mdastExtensions: [gfmTableFromMarkdown()],
  });
  const faults: MarkdownFault[] = [];
  const headings = new Set<string>();
  const fault = (node: Node, message: string) =>
    faults.push({ line: node.position?.start.line ?? 1, message });

  const blocksOf = (nodes: readonly RootContent[]): Block[] =>
    nodes.flatMap((node) => blockOf(node) ?? []);

  function blockOf(node: RootContent): Block | null {
    if (node.type === "heading") return headingOf(node);
    if (node.type === "paragraph") return { kind: "paragraph", of: inlinesOf(node.children) };
    if (node.type === "list") {
      const items = node.children.map((item) => blocksOf(item.children));
      return { kind: "list", ordered: node.ordered === true, items };
    }
    if (node.type === "blockquote") return { kind: "quote", of: blocksOf(node.children) };
    if (node.type === "table") return tableOf(node);
    fault(node, whyNot(node));
    return null;
  }

  function headingOf(node: Heading): Block | null {
    const title = plainInline(inlinesOf(node.children));
    if (node.depth !== 2 && node.depth !== 3) {
      fault(node, "headings are ## or ###; the title stands in the front matter");
      return null;
    }
    const id = headingId(title);
    if (id === "" || headings.has(id)) fault(node, `the heading "${title}" stands twice`);
    headings.add(id);
    return { kind: "heading", level: node.depth, text: title, id };
  }

  function tableOf(node: Table): Block {
    if (node.align?.some((align: AlignType) => align !== null))
      fault(node, "a table's columns are not aligned by hand");
    const [head = [], ...rows] = node.children.map((row) =>
      row.children.map((cell): Cell => inlinesOf(cell.children)),
    );
    return { kind: "table", head, rows };
  }

  function inlinesOf(nodes: readonly PhrasingContent[]): Inline[] {
    return nodes.flatMap((node): Inline[] => {
      if (node.type === "text")
        return [{ kind: "text", text: node.value.replace(/\s*\n\s*/g, " ") }];
      if (node.type === "strong" || node.type === "emphasis")
        return [{ kind: node.type, of: inlinesOf(node.children) }];
      if (node.type !== "link") {
        fault(node, whyNot(node));
        return [];
      }
      const of = inlinesOf(node.children);
      if (CONTENT_NAME.test(node.url)) return [{ kind: "link", to: node.url, of }];
      fault(node, `${node.url} is no link to other content, as learn/topics/saying-no is`);
      return of;
    });
  }

  const pairs = root.children.flatMap((node) => {
    const block = blockOf(node);
    return block === null ? [] : [{ block, line: node.position?.start.line ?? 1 }];
  });
  return {
    blocks: pairs.map(({ block }) => block),
    lines: pairs.map(({ line }) => line),
    faults,
  };
}

/** "What it can't do" is `what-it-cant-do`. */
export const headingId = (title: string): string =>
  title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/['\u2019]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

const whyNot = (node: Node): string => WHY_NOT[node.type] ?? `no ${node.type}`;

const NO_CODE = "no code; indent nothing, and quote words with >";
const WHY_NOT: Readonly<Record<string, string>> = {
  html: "no HTML",
  image: "no pictures",
  imageReference: "no pictures",
  code: NO_CODE,
  inlineCode: NO_CODE,
  thematicBreak: "no rules; use a heading",
  break: "no line breaks by hand",
};
