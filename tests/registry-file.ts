/**
 * Makes files that look like the registry's monthly one and hold nobody: every family name begins with
 * FICTIONAL. The same number gives the same row.
 */

const COLUMNS: readonly string[] = [
  "NPI",
  "Entity Type Code",
  "Replacement NPI",
  "Provider Organization Name (Legal Business Name)",
  "Provider Last Name (Legal Name)",
  "Provider First Name",
  "Provider Middle Name",
  "Provider Other Last Name",
  "Provider Enumeration Date",
  "NPI Deactivation Date",
  "NPI Reactivation Date",
  ...Array.from({ length: 15 }, (_, nth) => [
    `Healthcare Provider Taxonomy Code_${nth + 1}`,
    `Provider License Number_${nth + 1}`,
    `Healthcare Provider Primary Taxonomy Switch_${nth + 1}`,
  ]).flat(),
  // As wide as the real one.
  ...Array.from({ length: 330 - 56 }, (_, nth) => `A column that nobody reads_${nth + 1}`),
];

export type RegistryRow = Readonly<Record<string, string>>;

/** One in four is an organisation; of the people every fifth a physician, every twentieth in training. */
export function fictionalRow(nth: number): RegistryRow {
  const npi = npiOf(nth);
  if (nth % 4 === 3)
    return {
      NPI: npi,
      "Entity Type Code": "2",
      "Provider Organization Name (Legal Business Name)": `FICTIONAL PRACTICE, "THE ${nth}" LLC`,
      "Healthcare Provider Taxonomy Code_1": "207Q00000X",
    };
  const code = nth % 5 === 0 ? "207R00000X" : nth % 20 === 1 ? "390200000X" : "363L00000X";
  return {
    NPI: npi,
    "Entity Type Code": "1",
    "Provider Last Name (Legal Name)": `FICTIONAL-${nth}`,
    "Provider First Name": `PERSON${nth}`,
    "Provider Enumeration Date": "01/02/2006",
    "Healthcare Provider Taxonomy Code_1": code,
    "Provider License Number_1": `NONE${nth}`,
    "Healthcare Provider Primary Taxonomy Switch_1": "Y",
    "A column that nobody reads_1": `${nth} FICTIONAL AVENUE, SUITE "${nth % 90}"`,
    "A column that nobody reads_2": "NOWHERE",
  };
}

/** Ten digits with a right check digit. */
export function npiOf(nth: number): string {
  const nine = String(100_000_000 + nth);
  let sum = 24;
  for (const [fromRight, digit] of [...nine].toReversed().entries()) {
    const value = Number(digit) * (fromRight % 2 === 0 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return `${nine}${(10 - (sum % 10)) % 10}`;
}

export const headingLine = (columns = COLUMNS): string => columns.map(quoted).join(",");

export const rowLine = (row: RegistryRow, columns = COLUMNS): string =>
  columns.map((name) => quoted(row[name] ?? "")).join(",");

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** At least so many bytes, a few MB at a time. */
export function* registryFile(bytes: number): Generator<Buffer> {
  let made = 0;
  let nth = 0;
  yield Buffer.from(`${headingLine()}\n`);
  while (made < bytes) {
    const lines: string[] = [];
    for (let row = 0; row < 4000; row++) lines.push(rowLine(fictionalRow(nth++)));
    const chunk = Buffer.from(`${lines.join("\n")}\n`);
    made += chunk.length;
    yield chunk;
  }
}
