/**
 * Reads the monthly file of the United States' registry of providers (NPPES) as a stream: CSV as RFC 4180 has
 * it, one row of some 330 columns a provider, several GB. Gives the people who are physicians or in training,
 * and where in the file to go on; holds no more of it than a row and a chunk.
 */
import { isPhysicianTaxonomy, normaliseNpi, STUDENT_TAXONOMY } from "#identity/npi.ts";
import { ok, refuse, type Result } from "#platform/result.ts";

export interface RegistryPerson {
  readonly npi: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly otherFamilyName: string;
  readonly physician: boolean;
  readonly student: boolean;
}

/** Places of the columns that are read; -1 where the file lacks one that it may lack. */
export interface RegistryColumns {
  readonly count: number;
  readonly npi: number;
  readonly entity: number;
  readonly familyName: number;
  readonly givenName: number;
  readonly otherFamilyName: number;
  readonly deactivated: number;
  readonly reactivated: number;
  readonly taxonomies: readonly number[];
}

const NEEDED = {
  npi: "NPI",
  entity: "Entity Type Code",
  familyName: "Provider Last Name (Legal Name)",
  givenName: "Provider First Name",
  deactivated: "NPI Deactivation Date",
} as const;
const FIRST_TAXONOMY = "Healthcare Provider Taxonomy Code_1";

export function registryColumns(
  heading: readonly string[],
): Result<RegistryColumns, { type: "ColumnsMissing"; lacking: readonly string[] }> {
  const place = (name: string) => heading.indexOf(name);
  const lacking = [...Object.values(NEEDED), FIRST_TAXONOMY].filter((name) => place(name) < 0);
  if (lacking.length > 0) return refuse({ type: "ColumnsMissing", lacking });
  return ok({
    count: heading.length,
    npi: place(NEEDED.npi),
    entity: place(NEEDED.entity),
    familyName: place(NEEDED.familyName),
    givenName: place(NEEDED.givenName),
    otherFamilyName: place("Provider Other Last Name"),
    deactivated: place(NEEDED.deactivated),
    reactivated: place("NPI Reactivation Date"),
    taxonomies: Array.from({ length: 15 }, (_, nth) =>
      place(`Healthcare Provider Taxonomy Code_${nth + 1}`),
    ).filter((at) => at >= 0),
  });
}

/** Null for organisations, for other professions, and for whoever's number was taken back. */
export function rowToPerson(row: CsvRow, columns: RegistryColumns): RegistryPerson | null {
  if (row.length !== columns.count || row.field(columns.entity) !== "1") return null;
  const codes = columns.taxonomies.map((at) => row.field(at));
  const physician = codes.some(isPhysicianTaxonomy);
  const student = codes.includes(STUDENT_TAXONOMY);
  const isGone = row.field(columns.deactivated) !== "" && row.field(columns.reactivated) === "";
  const npi = physician || student ? normaliseNpi(row.field(columns.npi)) : null;
  if (npi === null || isGone) return null;
  return {
    npi,
    givenName: row.field(columns.givenName),
    familyName: row.field(columns.familyName),
    otherFamilyName: row.field(columns.otherFamilyName),
    physician,
    student,
  };
}

/** A quote that is never closed would otherwise take the rest of the file into memory. */
const LONGEST_ROW = 1024 * 1024;
const MOST_COLUMNS = 1000;
const [QUOTE, COMMA, LINE_FEED, RETURN] = [34, 44, 10, 13];

export class RowTooLong extends Error {}

/** One row of the file; good until the next is read. */
export class CsvRow {
  length = 0;
  /** Bytes from the row's first to after its line's end. */
  bytes = 0;
  #source: Buffer = Buffer.alloc(0);
  /** Where each field begins, and one after the end of the last. */
  readonly #starts = new Int32Array(MOST_COLUMNS + 1);

  /** Unquoted; empty for a column that the file lacks. */
  field(at: number): string {
    if (at < 0 || at >= this.length) return "";
    let [start, end] = [this.#starts[at]!, this.#starts[at + 1]! - 1];
    // Most fields of most rows are `""`.
    if (end - start === 2 && this.#source[start] === QUOTE) return "";
    if (this.#source[start] !== QUOTE) return this.#source.toString("utf8", start, end).trim();
    start += 1;
    if (this.#source[end - 1] === QUOTE) end -= 1;
    return this.#source.toString("utf8", start, end).replaceAll('""', '"').trim();
  }

  fields(): string[] {
    return Array.from({ length: this.length }, (_, at) => this.field(at));
  }

  /** False where the row doesn't end in `source`. With `isLast` the source's end is the row's. */
  read(source: Buffer, from: number, isLast: boolean): boolean {
    const starts = this.#starts;
    let column = 0;
    let quoted = false;
    starts[0] = from;
    // Byte by byte: most of the time goes here, and nothing else is as fast.
    for (let at = from; at < source.length; at++) {
      const byte = source[at]!;
      // What parts fields and rows are small numbers; most bytes are large ones.
      if (byte > COMMA) continue;
      // A quote within quotes is written twice, and so turns them off and on again.
      if (byte === QUOTE) quoted = !quoted;
      else if (quoted) continue;
      else if (byte === COMMA) {
        if (column + 1 < MOST_COLUMNS) column += 1;
        starts[column] = at + 1;
      } else if (byte === LINE_FEED) return this.#end(source, from, at, at + 1, column);
    }
    if (source.length - from > LONGEST_ROW) throw new RowTooLong();
    return isLast && this.#end(source, from, source.length, source.length, column);
  }

  #end(source: Buffer, from: number, end: number, next: number, column: number): true {
    const last = end > from && source[end - 1] === RETURN ? end - 1 : end;
    this.#starts[column + 1] = last + 1;
    this.#source = source;
    this.length = column + 1;
    this.bytes = next - from;
    return true;
  }
}

/**
 * Calls `onRow` for every row of a stream that begins where a row begins; after each chunk it waits for
 * `onChunk`, so that what was read can be written before more is.
 */
export async function readRows(
  bytes: AsyncIterable<Buffer>,
  onRow: (row: CsvRow) => void,
  onChunk: () => Promise<void>,
): Promise<void> {
  const row = new CsvRow();
  let held: Buffer = Buffer.alloc(0);
  const readHeld = (isLast: boolean) => {
    let from = 0;
    while (from < held.length && row.read(held, from, isLast)) {
      onRow(row);
      from += row.bytes;
    }
    held = held.subarray(from);
  };
  for await (const chunk of bytes) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    readHeld(false);
    await onChunk();
  }
  readHeld(true);
  await onChunk();
}
