/** The stewards' HTTP surface: invitations, rosters, sponsors and what failed. No view shows who came. */
import * as v from "valibot";
import { emailField, roleField, STAGES, stageField } from "#identity/account.ts";
import { ROSTER_KINDS } from "#identity/verification.ts";
import { route } from "#platform/contract.ts";
import { empty, idField, textField } from "#platform/wire.ts";

export const makeInvitations = route({
  name: "makeInvitations",
  about:
    "Sends one invitation letter. With `show` the link is answered instead, to be handed over in person.",
  method: "POST",
  path: "/api/named/stewardship/invitations",
  zone: "named",
  who: "steward",
  body: v.strictObject({
    email: v.nullable(emailField),
    roles: v.pipe(v.array(roleField), v.maxLength(2)),
    stage: v.nullable(stageField),
    show: v.boolean(),
  }),
  answer: v.strictObject({ link: v.nullable(v.string()) }),
  refusals: { AddressNeeded: 422 },
  perMinute: 60,
});

export const readInvitations = route({
  name: "readInvitations",
  about: "Single invitations not yet used.",
  method: "GET",
  path: "/api/named/stewardship/invitations",
  zone: "named",
  who: "steward",
  answer: v.strictObject({
    invitations: v.array(
      v.strictObject({
        id: idField,
        email: v.nullable(v.string()),
        roles: v.array(v.string()),
        stage: v.nullable(v.picklist(STAGES)),
        expiresOn: v.string(),
      }),
    ),
  }),
  refusals: {},
  perMinute: 60,
});

export const withdrawInvitation = route({
  name: "withdrawInvitation",
  about: "Makes an invitation's code worthless.",
  method: "DELETE",
  path: "/api/named/stewardship/invitations/:id",
  zone: "named",
  who: "steward",
  params: v.strictObject({ id: idField }),
  answer: empty,
  refusals: {},
  perMinute: 60,
});

const rosterProblem = v.strictObject({
  line: v.number(),
  /** The last: this sponsor's earlier roster, whose window is still open, has the address. */
  reason: v.picklist(["Address", "Stage", "Twice", "TooManyColumns", "AlreadyWritten"]),
});

export const sendRoster = route({
  name: "sendRoster",
  about:
    "One identical letter on one day to every line that parses, with a code to type elsewhere. Lines that don't parse are told; nothing ever shows which code was used.",
  method: "POST",
  path: "/api/named/stewardship/rosters",
  zone: "named",
  who: "steward",
  body: v.strictObject({
    sponsor: idField,
    csv: v.pipe(v.string(), v.maxLength(600_000)),
    /** True reads the file and tells the problems, but keeps and sends nothing. */
    onlyCheck: v.boolean(),
  }),
  answer: v.strictObject({
    goodLines: v.number(),
    problems: v.array(rosterProblem),
    windowEnds: v.nullable(v.string()),
  }),
  refusals: { NoGoodLine: 422, TooManyLines: 422, SponsorNotFound: 422 },
  perMinute: 20,
  bodyLimit: 700_000,
});

export const readRosters = route({
  name: "readRosters",
  about: "Rosters under way: sponsor, day of the letter, end of the window. No count of who came.",
  method: "GET",
  path: "/api/named/stewardship/rosters",
  zone: "named",
  who: "steward",
  answer: v.strictObject({
    rosters: v.array(
      v.strictObject({
        id: idField,
        sponsor: v.string(),
        letterOn: v.string(),
        windowEnds: v.string(),
      }),
    ),
    sponsors: v.array(
      v.strictObject({ id: idField, name: v.string(), kind: v.picklist(ROSTER_KINDS) }),
    ),
  }),
  refusals: {},
  perMinute: 60,
});

export const addSponsor = route({
  name: "addSponsor",
  about:
    "Adds a sponsor by name. Being on a roster of students or residents is evidence of being one; on an employer's of nothing.",
  method: "POST",
  path: "/api/named/stewardship/sponsors",
  zone: "named",
  who: "steward",
  body: v.strictObject({
    name: textField(120),
    kind: v.optional(v.picklist(ROSTER_KINDS), "employer"),
  }),
  answer: v.strictObject({ id: idField }),
  refusals: { NameTaken: 409 },
  perMinute: 30,
});

export const readFailedJobs = route({
  name: "readFailedJobs",
  about:
    "Background work that failed for good: what kind, how often tried, which kind of error. No content, no address.",
  method: "GET",
  path: "/api/named/stewardship/failed-jobs",
  zone: "named",
  who: "steward",
  answer: v.strictObject({
    jobs: v.array(
      v.strictObject({
        id: v.string(),
        task: v.string(),
        attempts: v.number(),
        error: v.nullable(v.string()),
      }),
    ),
    /** All that failed for good; `jobs` holds the first hundred. */
    failed: v.number(),
    /** Due now, or being tried again. */
    waiting: v.number(),
  }),
  refusals: {},
  perMinute: 60,
});

export const retryFailedJob = route({
  name: "retryFailedJob",
  about: "Tries a failed piece of work again, or lets it go.",
  method: "POST",
  path: "/api/named/stewardship/failed-jobs/:id",
  zone: "named",
  who: "steward",
  params: v.strictObject({ id: v.pipe(v.string(), v.regex(/^\d{1,18}$/)) }),
  body: v.strictObject({ act: v.picklist(["retry", "let-go"]) }),
  answer: empty,
  refusals: {},
  perMinute: 60,
});

export const retryAllFailedJobs = route({
  name: "retryAllFailedJobs",
  about: "Tries everything again that failed for good, as after an outage of the mail server.",
  method: "POST",
  path: "/api/named/stewardship/failed-jobs",
  zone: "named",
  who: "steward",
  body: empty,
  answer: empty,
  refusals: {},
  perMinute: 6,
});
