/** Rules that need more than one file, or more than a schema can say: ids, drivers, days, letters, patterns. */
import type { CheckIn, CheckInResults, Drivers } from "../check-in.ts";
import type { CrisisLines, CrisisPoints, CrisisSigns, Exception } from "../crisis.ts";
import { forbiddenIn, type ForbiddenWords } from "../forbidden-words.ts";
import { placeholdersIn, type Letter } from "../letter.ts";
import type { Path, PathRules } from "../path.ts";
import { compilePattern } from "../word-pattern.ts";
import type { ContentFile, Fault } from "./content-check.ts";

const LINES_GOOD_FOR_DAYS = 365;

/** Faults by the name of the file they stand in. */
export function faultsBetween(
  files: readonly ContentFile[],
  today: string,
): ReadonlyMap<string, readonly Fault[]> {
  const all = files.map(({ content }) => content);
  const results = all.find((c) => c.kind === "check-in-results");
  const drivers = all.find((c) => c.kind === "drivers");
  const forbidden = all.find((c) => c.kind === "words-not-to-use");
  const judge = ({ name, content }: ContentFile): Fault[] => {
    switch (content.kind) {
      case "check-in":
        return [...nameFaults(name, content), ...checkInFaults(content, results)];
      case "check-in-results":
        return resultsFaults(content);
      case "crisis-signs":
        return signsFaults(content);
      case "crisis-points":
        return pointsFaults(content);
      case "crisis-lines":
        return linesFaults(content, today);
      case "path":
        return nameFaults(name, content);
      case "path-rules":
        return rulesFaults(content, drivers, results);
      case "letter":
        return [...nameFaults(name, content), ...letterFaults(content, forbidden)];
      case "agreement":
      case "circle-facilitating":
      case "circle-hours":
      case "circle-norms":
      case "circle-script":
      case "circle-themes":
      case "coverage":
      case "crisis-labelled":
      case "drivers":
      case "words-not-to-use":
        return [];
    }
  };
  return new Map(
    files.map((file) => [file.name, [...judge(file), ...faultsOfAny(file.content, today)]]),
  );
}

/** What holds for content of every kind, also of those that other slices read. */
export const faultsOfAny = (content: unknown, today: string): readonly Fault[] => [
  ...repeatedIds(content),
  ...sourceFaults(content, today),
];

const link = (at: (string | number)[], message: string): Fault => ({ at, rule: "link", message });

const nameFaults = (name: string, content: CheckIn | Path | Letter): Fault[] =>
  name.endsWith(`/${content.id}`) ? [] : [link(["id"], "differs from the file's name")];

function checkInFaults(checkIn: CheckIn, results: CheckInResults | undefined): Fault[] {
  const dimensions = new Set(results?.dimensions.map(({ id }) => id));
  const items = checkIn.items.flatMap((item, i): Fault[] => {
    const scale = checkIn.scales.find(({ id }) => id === item.scale);
    const values = scale?.options.map(({ value }) => value) ?? [];
    return [
      ...(scale ? [] : [link(["items", i, "scale"], `no scale ${item.scale}`)]),
      ...(item.dimension !== undefined && !dimensions.has(item.dimension)
        ? [link(["items", i, "dimension"], `no result text for ${item.dimension}`)]
        : []),
      ...(item.dimension === undefined && !item.safety
        ? [link(["items", i], "is neither scored nor asked out of care")]
        : []),
      ...(item.safety && !values.includes(item.safety.from)
        ? [link(["items", i, "safety"], "no such answer")]
        : []),
      ...(item.safety && item.lead === undefined
        ? [link(["items", i, "lead"], "a question of care says beforehand that nobody is told")]
        : []),
    ];
  });
  const scored = new Set(checkIn.items.flatMap(({ dimension }) => dimension ?? []));
  const noise = checkIn.noise.map(({ dimension }) => dimension);
  return [
    ...items,
    ...[...scored]
      .filter((dimension) => !noise.includes(dimension))
      .map((dimension) => link(["noise"], `no SD and r for ${dimension}`)),
    ...noise
      .filter((dimension, i) => !scored.has(dimension) || noise.indexOf(dimension) !== i)
      .map((dimension) => link(["noise"], `${dimension} is not scored here, or is given twice`)),
  ];
}

const resultsFaults = (results: CheckInResults): Fault[] =>
  results.dimensions.flatMap(({ bands }, i) => {
    const order = bands.map(({ id }) => id).join();
    const climbs = bands.every((band, j) =>
      j === 0 ? band.from === 0 : band.from > bands[j - 1]!.from,
    );
    return order === "low,middle,high" && climbs
      ? []
      : [link(["dimensions", i, "bands"], "must be low, middle, high, from 0 upwards")];
  });

function signsFaults(signs: CrisisSigns): Fault[] {
  const compiles = (pattern: string, at: (string | number)[]): Fault[] => {
    try {
      compilePattern(pattern, signs);
      return [];
    } catch (error) {
      return [link(at, (error as Error).message)];
    }
  };
  const exceptionCompiles = (e: Exception, at: (string | number)[]): Fault[] =>
    patternsOf(e).flatMap((pattern) => compiles(pattern, at));
  const guards = new Set(signs.guards.map(({ id }) => id));
  const spellings = Object.values(signs.spellings).flat();
  return [
    ...spellings
      .filter((spelling, i) => spellings.indexOf(spelling) !== i)
      .map((spelling) => link(["spellings"], `${spelling} is read as two words`)),
    ...signs.guards.flatMap(({ unless }, i) =>
      unless.flatMap((e, j) => exceptionCompiles(e, ["guards", i, "unless", j])),
    ),
    ...signs.signs.flatMap(({ any, unless = [], despite = [] }, i) => [
      ...any.flatMap((one, j) => [one].flat().flatMap((p) => compiles(p, ["signs", i, "any", j]))),
      ...unless.flatMap((e, j) => exceptionCompiles(e, ["signs", i, "unless", j])),
      ...despite
        .filter((id) => !guards.has(id))
        .map((id) => link(["signs", i, "despite"], `no guard ${id}`)),
    ]),
  ];
}

function patternsOf(exception: Exception): string[] {
  if ("near" in exception) return [exception.near, exception.but ?? []].flat();
  if ("before" in exception) return [exception.before, exception.butFrom ?? []].flat();
  return [exception.after];
}

function pointsFaults({ points }: CrisisPoints): Fault[] {
  const features = points.flatMap(({ features: some }) => some);
  const seen = new Set<string>();
  return features
    .filter((feature) => seen.has(feature) || !seen.add(feature))
    .map((feature) => link(["points"], `${feature} has points twice`));
}

function linesFaults({ lines }: CrisisLines, today: string): Fault[] {
  const fault = (at: (string | number)[], message: string): Fault => ({
    at,
    rule: "source",
    message,
  });
  const countries = new Set(lines.map(({ country }) => country));
  return [
    ...lines.flatMap(({ verified, verified_on: day }, i): Fault[] => {
      const at = ["lines", i, "verified_on"];
      if (day === undefined) return verified ? [fault(at, "verified, but not when")] : [];
      if (day > today) return [fault(at, "lies in the future")];
      return daysBetween(day, today) > LINES_GOOD_FOR_DAYS
        ? [fault(at, "was checked more than a year ago; check again")]
        : [];
    }),
    ...[...countries]
      .filter((c) => !lines.some(({ country, kind }) => country === c && kind === "emergency"))
      .map((country) => fault(["lines"], `no emergency number for ${country}`)),
    ...(countries.has("*") ? [] : [fault(["lines"], "no line for all other countries")]),
  ];
}

function rulesFaults(
  rules: PathRules,
  drivers: Drivers | undefined,
  results: CheckInResults | undefined,
): Fault[] {
  const known = {
    driver: new Set(drivers?.drivers.map(({ id }) => id)),
    want: new Set(rules.wants.map(({ id }) => id)),
    dimension: new Set(results?.dimensions.map(({ id }) => id)),
  };
  const asked = [
    ...rules.rules.flatMap(({ when }, i) =>
      when.map((c, j) => ({ c, at: ["rules", i, "when", j] })),
    ),
    ...rules.care.flatMap(({ alsoWhen = [] }, i) =>
      alsoWhen.map((c, j) => ({ c, at: ["care", i, "alsoWhen", j] })),
    ),
  ];
  const used = { driver: new Set<string>(), want: new Set<string>() };
  const unknown = asked.flatMap(({ c, at }): Fault[] => {
    if ("driver" in c) used.driver.add(c.driver);
    if ("want" in c) used.want.add(c.want);
    const [sort, id] = Object.entries(c)[0] as [keyof typeof known, string];
    return known[sort].has(id) ? [] : [link(at, `no ${sort} ${id}`)];
  });
  const idle = (["driver", "want"] as const).flatMap((sort) =>
    [...known[sort]]
      .filter((id) => !used[sort].has(id))
      .map((id) => link(["rules"], `picking the ${sort} ${id} changes nothing`)),
  );
  return [...unknown, ...idle];
}

function letterFaults(letter: Letter, forbidden: ForbiddenWords | undefined): Fault[] {
  const found = placeholdersIn(letter);
  const written = [
    { at: ["subject"], text: letter.subject },
    ...letter.body.map((text, i) => ({ at: ["body", i], text })),
  ];
  return [
    ...found
      .filter((name) => !letter.fills.includes(name))
      .map((name) => link(["fills"], `{${name}} is never filled`)),
    ...letter.fills
      .filter((name) => !found.includes(name))
      .map((name) => link(["fills"], `${name} is filled in nowhere`)),
    ...written.flatMap(({ at, text }) =>
      forbiddenIn(text, forbidden?.discreet ?? []).map(({ found: word, why }): Fault => ({
        at,
        rule: "words",
        message: `"${word}" in a letter: ${why}`,
      })),
    ),
  ];
}

/** Within one list, an id stands for one thing. */
function repeatedIds(value: unknown, at: (string | number)[] = []): Fault[] {
  if (typeof value !== "object" || value === null) return [];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.map((part, i) => [i, part])
    : Object.entries(value);
  const ids = entries.map(([, part]) => (Array.isArray(value) ? idOf(part) : null));
  return entries.flatMap(([key, part], i) => {
    const id = ids[i] ?? null;
    return [
      ...(id !== null && ids.indexOf(id) !== i
        ? [link([...at, key], `the id ${id} stands twice`)]
        : []),
      ...repeatedIds(part, [...at, key]),
    ];
  });
}

const idOf = (value: unknown): string | null =>
  typeof value === "object" && value !== null && "id" in value && typeof value.id === "string"
    ? value.id
    : null;

/** A study is no younger than today, and nobody checked it tomorrow. */
function sourceFaults(value: unknown, today: string, at: (string | number)[] = []): Fault[] {
  if (typeof value !== "object" || value === null) return [];
  const own: Fault[] = [];
  if ("checked_on" in value && String(value.checked_on) > today) {
    own.push({ at: [...at, "checked_on"], rule: "source", message: "lies in the future" });
  }
  if ("study" in value && "year" in value && Number(value.year) > Number(today.slice(0, 4))) {
    own.push({ at: [...at, "year"], rule: "source", message: "lies in the future" });
  }
  const inner = Object.entries(value).flatMap(([key, part]) =>
    sourceFaults(part, today, [...at, Array.isArray(value) ? Number(key) : key]),
  );
  return [...own, ...inner];
}

const daysBetween = (from: string, to: string): number =>
  (Date.parse(to) - Date.parse(from)) / 86_400_000;
