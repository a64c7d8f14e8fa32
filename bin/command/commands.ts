/** Every command: what it is for, what follows it, and where it is. `callroom --help` prints this. */
import type { Run } from "./given.ts";

interface Command {
  readonly summary: string;
  /** Words that must follow, such as DIR. */
  readonly operands: readonly string[];
  readonly flags: Readonly<Record<string, string>>;
  readonly details: string;
  readonly load: () => Promise<{ readonly run: Run }>;
}

export const COMMANDS = {
  start: {
    summary: "run Callroom",
    operands: [],
    flags: {
      sample: "begin with the sample community, all of it fictional, and print its sign-ins",
    },
    details:
      "Builds the web app when it is missing or older than the sources, starts its own PostgreSQL unless\n" +
      "databases are given by address, and prints where it can be reached. Ctrl-C or SIGTERM stops it after\n" +
      "what was begun is finished.",
    load: () => import("./start.ts"),
  },
  backup: {
    summary: "write an encrypted backup into a folder, also while Callroom runs",
    operands: ["DIR"],
    flags: {
      "make-passphrase": "make a passphrase and print it once, instead of asking for one",
    },
    details:
      "One file for each database and one for the secrets, encrypted under a passphrase. Each backup needs a\n" +
      "folder of its own. Letters and reminders that wait to go out are not in it.",
    load: () => import("./backup.ts"),
  },
  restore: {
    summary: "bring a backup back into an empty place",
    operands: ["DIR"],
    flags: {},
    details:
      "All files are read to their end and checked before anything is written. The databases must be\n" +
      "empty. Put deletions.ledger into the data folder: who is in it is deleted again at the next start.",
    load: () => import("./restore.ts"),
  },
  doctor: {
    summary: "check this installation, a line for each thing",
    operands: [],
    flags: { json: "print one JSON object instead of lines" },
    details: "Changes nothing. The exit status is 1 when something is wrong.",
    load: () => import("./doctor.ts"),
  },
  turn: {
    summary: "write the configuration of coturn, the relay that circles' voices go through",
    operands: [],
    flags: {},
    details:
      "Writes turnserver.conf into the data folder, readable by its owner only, for the relay that\n" +
      "CALLROOM_TURN_URL names, and says how to run it. The same every time; nothing else is changed.",
    load: () => import("./turn.ts"),
  },
  "content check": {
    summary: "check everything in content/",
    operands: [],
    flags: {},
    details: "A line for each problem; the exit status is 1 when there is one.",
    load: () => import("./content-check.ts"),
  },
  "instrument add": {
    summary: "add a questionnaire that members can fill in",
    operands: ["FILE"],
    flags: {
      check: "say whether it fits, and do nothing",
      "protocol-ready": "the community has the response protocol that the instrument needs",
    },
    details:
      "FILE is a FHIR R4 Questionnaire in JSON. It must fit one of Callroom's scorers exactly; what differs is\n" +
      "said item by item. Asks who asserts the right to use it, under which terms, and on which day: all\n" +
      "members see that. The three can be piped in, a line each. The log of decisions tells that it was added.",
    load: () => import("./instrument-add.ts"),
  },
  "instrument list": {
    summary: "list the questionnaires that members can fill in",
    operands: [],
    flags: {},
    details: "With the licence that was asserted for each.",
    load: () => import("./instrument-list.ts"),
  },
  "instrument remove": {
    summary: "take a questionnaire off",
    operands: ["ID"],
    flags: {},
    details:
      "What members have answered stays in their safes. The log of decisions tells that it was done.",
    load: () => import("./instrument-remove.ts"),
  },
  "content preview": {
    summary: "show an exercise in the browser while you write it",
    operands: ["FILE"],
    flags: {},
    details:
      "FILE is an exercise as in content/exercises. It is shown with the screens that members have, without an\n" +
      "account, again at every save, with what is wrong in it above. What is typed stays in the browser's tab.",
    load: () => import("./content-preview.ts"),
  },
  "content schema": {
    summary: "print the JSON Schema of exercises, for editors",
    operands: [],
    flags: { write: "write it to content/exercises/schema.json instead" },
    details:
      "With `# yaml-language-server: $schema=schema.json` as its first line, an exercise is checked and completed\n" +
      "by most editors while it is written.",
    load: () => import("./content-schema.ts"),
  },
  "steward invite": {
    summary: "make a one-time link for a steward who lost everything",
    operands: [],
    flags: {},
    details:
      "The link makes a new steward's account. It can't open what was sealed to the lost one: nothing can.\n" +
      "Whoever can run this command already holds the databases, so it grants no more than they have.",
    load: () => import("./steward-invite.ts"),
  },
  "registry import": {
    summary: "read the United States' registry of providers, so that NPIs can be compared",
    operands: ["FILE"],
    flags: { check: "say what would be done, and do nothing" },
    details:
      "FILE is the large .csv of the monthly NPPES file, unpacked. Physicians and people in training are kept,\n" +
      "with name and number. Broken off, it goes on where it was; a later file takes the place of an earlier.\n" +
      "It is public data and in no backup.",
    load: () => import("./registry-import.ts"),
  },
} as const satisfies Record<string, Command>;

export type CommandName = keyof typeof COMMANDS;
