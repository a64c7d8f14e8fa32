/**
 * Scores of a nine-item response a second, beside survey-core: the same answers from the same panel, every response
 * checked whole on our side, and both sides' sums compared before anything is timed.
 */
import { readFile } from "node:fs/promises";
import { Model } from "survey-core";
import { readInstrument, type Instrument } from "#reflect/instrument/instrument.ts";
import { scoreAnswers } from "#reflect/instrument/instrument-score.ts";

const RESPONSES = 512;
/** Repeated until it took as long: some systems count a thread's time in steps of milliseconds. */
const LEAST_MEASURED_MS = 600;

type Response = Readonly<Record<string, string>>;

export async function bench(options: {
  log: (line: string) => void;
}): Promise<Record<string, number>> {
  const instrument = await panel();
  const items = instrument.asked.filter(({ place }) => place >= 0);
  const responses = Array.from({ length: RESPONSES }, (_, at): Response => {
    const answers = items.map(({ question, pointsByAnswer }, index) => {
      const all = [...pointsByAnswer.keys()] as string[];
      return [question.linkId, all[(at * 7 + index * (1 + (at % 3))) % all.length]!] as const;
    });
    return Object.fromEntries(answers);
  });

  const ours = (response: Response): number => {
    const scored = scoreAnswers(instrument, response);
    if (!scored.ok) throw new Error(scored.refusal.type);
    return scored.value.scales[0]!.score!;
  };
  const theirs = surveyScoring(instrument);

  let mismatches = 0;
  for (const response of responses) if (ours(response) !== theirs(response)) mismatches += 1;

  const oursASecond = perSecond(responses, ours);
  const theirsASecond = perSecond(responses, theirs);
  options.log(
    `${RESPONSES} responses, ${mismatches} scored otherwise: ours ${Math.round(oursASecond)} a second, ` +
      `survey-core ${Math.round(theirsASecond)}`,
  );
  return {
    vsSurveyJs: oursASecond / theirsASecond,
    mismatches,
    oursPerSecond: Math.round(oursASecond),
    surveyJsPerSecond: Math.round(theirsASecond),
  };
}

async function panel(): Promise<Instrument> {
  const file = new URL("../src/reflect/instrument/fixtures/phq-9.json", import.meta.url);
  const read = readInstrument(await readFile(file, "utf8"));
  if (!read.ok) throw new Error("The panel was refused");
  return read.value;
}

/** A survey that is made once and given each response as its data: of its ways to a sum the fastest that was found. */
function surveyScoring(instrument: Instrument): (response: Response) => number {
  const items = instrument.asked.filter(({ place }) => place >= 0);
  const nameByLinkId = new Map(items.map(({ question }, at) => [question.linkId, `item${at}`]));
  const survey = new Model({
    elements: items.map(({ pointsByAnswer }, at) => ({
      type: "radiogroup",
      name: `item${at}`,
      choices: [...pointsByAnswer.values()],
    })),
  });
  const sum = items.map((_, at) => `{item${at}}`).join(" + ");
  const valueOf = (linkId: string, answer: string) =>
    instrument.askedByLinkId.get(linkId)!.pointsByAnswer.get(answer)!;
  return (response) => {
    survey.data = Object.fromEntries(
      Object.entries(response).map(([linkId, answer]) => [
        nameByLinkId.get(linkId)!,
        valueOf(linkId, answer),
      ]),
    );
    return survey.runExpression(sum) as number;
  };
}

/** Kept, so that no compiler can find the work useless. */
let kept = 0;

/** By the time of this thread's processor: what others do on the machine meanwhile counts for neither. */
function perSecond(responses: readonly Response[], score: (response: Response) => number): number {
  const before = process.threadCpuUsage();
  for (let rounds = 1; ; rounds++) {
    for (const response of responses) kept += score(response);
    const { user, system } = process.threadCpuUsage(before);
    const spent = (user + system) / 1000;
    if (spent >= LEAST_MEASURED_MS && kept > 0) return (rounds * responses.length * 1000) / spent;
  }
}
