/**
 * Checks everything in content/: that each file fits its schema, points only at what exists, says
 * nothing our texts don't say, carries its sources with their days, and can be read by tired people.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Result } from "#platform/result.ts";
import {
  readContent,
  type Content,
  type ContentFault,
  type ContentRefusal,
} from "../content-file.ts";
import { coverageFaults, type KnownPlaces } from "./coverage-check.ts";
import { faultsBetween, faultsOfAny } from "./content-links.ts";
import { openYaml, type OpenedYaml } from "./open-yaml.ts";
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
  /** Files that are read from elsewhere, such as one that is being written; by their name below the root. */
  readonly instead?: Readonly<Record<string, string>>;
  /** Readers of kinds that slices above this one own, by kind. */
  readonly readers?: Readonly<Record<string, ContentReader>>;
}

export interface ContentReader {
  readonly read: (raw: unknown) => Result<unknown, ContentRefusal>;
  /** What needs more than the file itself. `content` is what `read` gave. */
  readonly faults: (
    file: { readonly name: string; readonly content: unknown },
    among: {
      /** Everything in content/, YAML and Markdown, without endings. */
      readonly names: ReadonlySet<string>;
      /** What this reader read, by name. */
      readonly alike: ReadonlyMap<string, unknown>;
    },
  ) => readonly ContentFault[];
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
  "courses",
  "licence-forms",
  "exercise",
];

export async function checkContent(root: string, options: CheckOptions = {}): Promise<Finding[]> {
  const { instead = {} } = options;
  const names = [
    ...new Set([...(await readdir(root, { recursive: true })), ...Object.keys(instead)]),
  ];
  const files = await Promise.all(
    names
      .filter((name) => name.endsWith(".yaml"))
      .toSorted()
      .map((name) => openFile(name, instead[name] ?? join(root, name))),
  );
  const strays = names
    .filter((name) => /\.(yml|json|ya?ml~)$/.test(name) && !name.endsWith("/schema.json"))
    .map((file): Finding => ({
      file,
      line: 1,
      rule: "yaml",
      message: "content files end in .yaml",
    }));
  const texts = names.filter((name) => name.endsWith(".md")).map((name) => name.slice(0, -3));
  return [...strays, ...judge(files, texts, options)];
}

interface OpenedFile extends OpenedYaml {
  readonly file: string;
}

const openFile = async (file: string, path: string): Promise<OpenedFile> => ({
  file,
  ...openYaml(await readFile(path, "utf8")),
});

/** `texts`: names of what is written in Markdown, which Learn checks; coverage may point at it. */
function judge(
  files: readonly OpenedFile[],
  texts: readonly string[],
  options: CheckOptions,
): Finding[] {
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  const elsewhere = new Set([...READ_ELSEWHERE, ...(options.readElsewhere ?? [])]);
  const findings: Finding[] = [];
  const known: ContentFile[] = [];
  const handed: { name: string; kind: string; content: unknown }[] = [];
  const place = (opened: OpenedFile, fault: Fault): Finding => ({
    file: opened.file,
    line: opened.lineOf(fault.at),
    rule: fault.rule,
    message: fault.at.length > 0 ? `${fault.at.join(".")}: ${fault.message}` : fault.message,
  });

  for (const opened of files) {
    if (opened.faults.length > 0) {
      findings.push(
        ...opened.faults.map((fault) => ({ file: opened.file, rule: "yaml" as const, ...fault })),
      );
      continue;
    }
    const name = nameOf(opened.file);
    const reader = readerOf(opened.raw, options);
    const read = reader === undefined ? readContent(opened.raw) : reader.read(opened.raw);
    if (read.ok) {
      if (reader === undefined) known.push({ name, content: read.value as Content });
      else handed.push({ name, kind: kindOf(opened.raw), content: read.value });
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
    names: new Set([...texts, ...files.map(({ file }) => nameOf(file))]),
    // Also of kinds that somebody else reads.
    idsByName: new Map(files.map(({ file, raw }) => [nameOf(file), idsIn(raw)])),
    screens: options.screens ? new Set(options.screens) : null,
  };
  const handedFaults = new Map(
    handed.map((file) => {
      const alike = new Map(
        handed.filter(({ kind }) => kind === file.kind).map((one) => [one.name, one.content]),
      );
      const between = options.readers![file.kind]!.faults(file, { names: places.names, alike });
      const faults = between.map((fault): Fault => ({ ...fault, rule: "link" }));
      return [file.name, [...faults, ...faultsOfAny(file.content, today)]] as const;
    }),
  );
  for (const opened of files) {
    const name = nameOf(opened.file);
    const file = known.find((candidate) => candidate.name === name);
    const faults = [
      ...(faultsByName.get(name) ?? []),
      ...(handedFaults.get(name) ?? []),
      ...(isEnglish(opened.raw) ? proseFaults(opened.raw, forbidden?.content ?? []) : []),
      ...(file?.content.kind === "coverage" ? coverageFaults(file.content, places) : []),
    ];
    findings.push(...faults.map((fault) => place(opened, fault)));
  }
  return findings;
}

function readerOf(raw: unknown, { readers = {} }: CheckOptions): ContentReader | undefined {
  const kind = kindOf(raw);
  return Object.hasOwn(readers, kind) ? readers[kind] : undefined;
}

const nameOf = (file: string): string => file.replaceAll("\\", "/").replace(/\.(yaml|md)$/, "");

/** Words not to use and how hard a sentence is are known of English only. */
const isEnglish = (raw: unknown): boolean =>
  raw !== null &&
  !(
    typeof raw === "object" &&
    "language" in raw &&
    typeof raw.language === "string" &&
    !raw.language.startsWith("en")
  );

const kindOf = (raw: unknown): string =>
  typeof raw === "object" && raw !== null && "kind" in raw && typeof raw.kind === "string"
    ? raw.kind
    : "";

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
