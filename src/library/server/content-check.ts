/**
 * Checks everything in content/: that each file fits its schema, points only at what exists, says
 * nothing our texts don't say, carries its sources with their days, and can be read by tired people.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { LineCounter, parseDocument, type Document } from "yaml";
import { readContent, type Content, type ContentFault } from "../content-file.ts";
import { coverageFaults, type KnownPlaces } from "./coverage-check.ts";
import { faultsBetween } from "./content-links.ts";
import { proseFaults } from "./prose-check.ts";

export interface Finding {
  /** Below the content folder, with its ending. */
  readonly file: string;
  readonly line: number;
  readonly rule: "yaml" | "schema" | "link" | "words" | "source" | "reading" | "coverage";
  readonly message: string;
}

/** What a rule finds before it is known on which line that stands. */
export interface Fault extends ContentFault {
  readonly rule: Finding["rule"];
}

export interface CheckOptions {
  /** ISO day; sources dated after it, or crisis lines seen more than a year before it, are findings. */
  readonly today?: string;
  /** Screens that coverage may point at; without them screen pointers are not judged. */
  readonly screens?: readonly string[];
  /** Kinds that other slices read and test; here only their prose is checked. */
  readonly readElsewhere?: readonly string[];
}

export interface ContentFile {
  /** Without the ending: `check-in/full`. */
  readonly name: string;
  readonly content: Content;
}

/** Read and tested by the slices that own them. */
const READ_ELSEWHERE = [
  "coaching-styles",
  "languages",
  "lived-experiences",
  "specialties",
  "sample-coach",
  "sample-community",
  "sample-members",
  "sample-circles",
  "circle-names",
];

export async function checkContent(root: string, options: CheckOptions = {}): Promise<Finding[]> {
  const names = await readdir(root, { recursive: true });
  const files = await Promise.all(
    names
      .filter((name) => name.endsWith(".yaml"))
      .toSorted()
      .map((name) => openFile(root, name)),
  );
  const strays = names
    .filter((name) => /\.(yml|json|ya?ml~)$/.test(name))
    .map((file): Finding => ({
      file,
      line: 1,
      rule: "yaml",
      message: "content files end in .yaml",
    }));
  return [...strays, ...judge(files, options)];
}

interface OpenedFile {
  readonly file: string;
  readonly raw: unknown;
  readonly document: Document;
  readonly lines: LineCounter;
}

async function openFile(root: string, file: string): Promise<OpenedFile> {
  const lines = new LineCounter();
  const document = parseDocument(await readFile(join(root, file), "utf8"), {
    lineCounter: lines,
    prettyErrors: false,
  });
  const raw: unknown = document.errors.length === 0 ? document.toJS() : null;
  return { file, raw, document, lines };
}

function judge(files: readonly OpenedFile[], options: CheckOptions): Finding[] {
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  const elsewhere = new Set([...READ_ELSEWHERE, ...(options.readElsewhere ?? [])]);
  const findings: Finding[] = [];
  const known: ContentFile[] = [];
  const place = (opened: OpenedFile, fault: Fault): Finding => ({
    file: opened.file,
    line: lineOf(opened, fault.at),
    rule: fault.rule,
    message: fault.at.length > 0 ? `${fault.at.join(".")}: ${fault.message}` : fault.message,
  });

  for (const opened of files) {
    if (opened.document.errors.length > 0) {
      findings.push(
        ...opened.document.errors.map((error) => ({
          file: opened.file,
          line: opened.lines.linePos(error.pos[0]).line,
          rule: "yaml" as const,
          message: error.message,
        })),
      );
      continue;
    }
    const read = readContent(opened.raw);
    if (read.ok) {
      known.push({ name: opened.file.replace(/\.yaml$/, ""), content: read.value });
    } else if (read.refusal.type === "Malformed") {
      const faults = read.refusal.faults.map((fault) => ({ ...fault, rule: "schema" as const }));
      findings.push(...faults.map((fault) => place(opened, fault)));
    } else if (!elsewhere.has(kindOf(opened.raw))) {
      findings.push(place(opened, { at: [], rule: "schema", message: "is of no kind we know" }));
    }
  }

  const forbidden = known.map(({ content }) => content).find((c) => c.kind === "words-not-to-use");
  const faultsByName = faultsBetween(known, today);
  const places: KnownPlaces = {
    names: new Set(files.map(({ file }) => file.replace(/\.yaml$/, ""))),
    idsByName: new Map(known.map(({ name, content }) => [name, idsIn(content)])),
    screens: options.screens ? new Set(options.screens) : null,
  };
  for (const opened of files) {
    const name = opened.file.replace(/\.yaml$/, "");
    const file = known.find((candidate) => candidate.name === name);
    const faults = [
      ...(faultsByName.get(name) ?? []),
      ...(opened.raw === null ? [] : proseFaults(opened.raw, forbidden?.content ?? [])),
      ...(file?.content.kind === "coverage" ? coverageFaults(file.content, places) : []),
    ];
    findings.push(...faults.map((fault) => place(opened, fault)));
  }
  return findings;
}

function lineOf({ document, lines }: OpenedFile, at: readonly (string | number)[]): number {
  for (let depth = at.length; depth > 0; depth--) {
    const node = document.getIn(at.slice(0, depth), true) as { range?: [number] } | undefined;
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

const kindOf = (raw: unknown): string =>
  typeof raw === "object" && raw !== null && "kind" in raw ? String(raw.kind) : "";

function idsIn(value: unknown): Set<string> {
  const ids = new Set<string>();
  const walk = (part: unknown): void => {
    if (typeof part !== "object" || part === null) return;
    if ("id" in part && typeof part.id === "string") ids.add(part.id);
    Object.values(part).forEach(walk);
  };
  walk(value);
  return ids;
}
