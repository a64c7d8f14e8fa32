import * as fc from "fast-check";
import { expect, test } from "vitest";
import { STAGES } from "./account.ts";
import { readRoster } from "./roster.ts";

const two = [
  { email: "ada@clinic.example", stage: "attending" },
  { email: "ben@clinic.example", stage: "pre-retirement" },
];
const read = (text: string) => {
  const { lines, problems } = readRoster(text);
  return { lines: lines.map(({ email, stage }) => ({ email, stage })), problems };
};

test("a file as Excel saves it in English is read: byte order mark, carriage returns, a heading", () => {
  const text =
    "\ufeffEmail,Stage\r\nada@clinic.example,Attending\r\nben@clinic.example,Pre-retirement\r\n";
  expect(read(text)).toEqual({ lines: two, problems: [] });
});

test("a file as Excel saves it in German is read: semicolons, its own heading, the separator's note", () => {
  const text =
    "sep=;\r\nE-Mail-Adresse;Stufe\r\nada@clinic.example;attending\r\nben@clinic.example;pre retirement\r\n";
  expect(read(text)).toEqual({ lines: two, problems: [] });
});

test("a file as LibreOffice saves it is read: every cell in quotes, line feeds, empty lines between", () => {
  const text =
    '\n"E-mail","Stage"\n\n"ada@clinic.example","attending"\n,\n"ben@clinic.example","pre-retirement"\n\n';
  expect(read(text)).toEqual({ lines: two, problems: [] });
});

test("cells copied out of Google Sheets are read: tabs, no heading, no end of line at the end", () => {
  expect(read("ada@clinic.example\tattending\nben@clinic.example\tPreRetirement")).toEqual({
    lines: two,
    problems: [],
  });
});

test("old line ends, trailing empty columns and stray blanks do no harm", () => {
  const text = "  ADA@Clinic.Example , Attending ,,\rben@clinic.example,pre_retirement,,\r";
  expect(read(text)).toEqual({ lines: two, problems: [] });
});

test("umlauts in a name or a domain stay, composed or not", () => {
  expect(read("Jörg@Ärzte.example;resident\nju\u0308rgen@clinic.example;leader").lines).toEqual([
    { email: "jörg@ärzte.example", stage: "resident" },
    { email: "jürgen@clinic.example", stage: "leader" },
  ]);
});

test("headings in other languages are headings", () => {
  for (const heading of [
    "Correo electrónico",
    "Courriel",
    "Adresse e-mail",
    "Indirizzo",
    "メールアドレス",
  ])
    expect(read(`${heading};x\nada@clinic.example;attending`).problems).toEqual([]);
});

test("bad lines are told by their number in the file and the good ones are kept", () => {
  const text = [
    "email,stage",
    "ada@clinic.example,attending",
    "",
    "not-an-address,resident",
    "cy@clinic.example,surgeon",
    "dee@clinic.example,",
    "ADA@clinic.example,resident",
    "ben@clinic.example,pre-retirement",
    "eve@clinic.example,leader,Ward 4",
    "fay@@clinic.example,leader",
    "gus@clinic,leader",
    "attending,hal@clinic.example",
  ].join("\n");
  expect(read(text)).toEqual({
    lines: two,
    problems: [
      { line: 4, reason: "Address" },
      { line: 5, reason: "Stage" },
      { line: 6, reason: "Stage" },
      { line: 7, reason: "Twice" },
      { line: 9, reason: "TooManyColumns" },
      { line: 10, reason: "Address" },
      { line: 11, reason: "Address" },
      { line: 12, reason: "Address" },
    ],
  });
});

test("a first line that lacks its @ is a fault, not a heading", () => {
  expect(read("mail.clinic.example,attending").problems).toEqual([{ line: 1, reason: "Address" }]);
});

test("a heading counts as one only where the file begins", () => {
  expect(read("ada@clinic.example,attending\nEmail,Stage").problems).toEqual([
    { line: 2, reason: "Address" },
  ]);
});

test("each good line knows its place in the file", () => {
  expect(
    readRoster("Email;Stage\n\na@b.example;leader\nx;leader\nc@d.example;leader").lines.map(
      (l) => l.line,
    ),
  ).toEqual([3, 5]);
});

const address = fc
  .tuple(
    fc.stringMatching(/^[a-zäöü0-9]{1,12}([._+-][a-z0-9]{1,8}){0,2}$/),
    fc.stringMatching(/^[a-z0-9]{1,10}$/),
  )
  .map(([local, domain]) => `${local}@${domain}.example`);

test("any list survives any spreadsheet's way of writing it", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.record({ email: address, stage: fc.constantFrom(...STAGES) }), {
        minLength: 1,
        maxLength: 30,
        selector: ({ email }) => email,
      }),
      fc.record({
        mark: fc.boolean(),
        heading: fc.boolean(),
        quotes: fc.boolean(),
        separator: fc.constantFrom(",", ";", "\t"),
        end: fc.constantFrom("\n", "\r\n", "\r"),
        gap: fc.nat(3),
        capitals: fc.boolean(),
      }),
      (list, way) => {
        const cell = (text: string) => (way.quotes ? `"${text}"` : text);
        const rows = list.map(({ email, stage }) =>
          [way.capitals ? email.toUpperCase() : email, stage].map(cell).join(way.separator),
        );
        if (way.heading) rows.unshift(["Email", "Stage"].map(cell).join(way.separator));
        const text =
          (way.mark ? "\ufeff" : "") + rows.join(way.end + way.end.repeat(way.gap)) + way.end;
        expect(read(text)).toEqual({ lines: list, problems: [] });
      },
    ),
  );
});

test("of any text whatever, every line is read, told or empty, and none twice", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" }), { maxLength: 12 }), (rows) => {
      const text = rows.join("\n");
      const { lines, problems } = readRoster(text);
      const told = [...lines, ...problems].map(({ line }) => line);
      expect(new Set(told).size).toBe(told.length);
      const count = text.split(/\r\n|\r|\n/).length;
      for (const line of told) expect(line >= 1 && line <= count).toBe(true);
    }),
  );
});
