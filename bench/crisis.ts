/**
 * How much the recogniser of crisis words hears, and how often it is mistaken: on the labelled sentences, which its
 * signs and points were made from, and on the unseen ones, which say how it does with words nobody has thought of.
 */
import { readLabelled, readPoints, readSigns } from "#library/content-file.ts";
import { readContentFile } from "#library/server/content-folder.ts";
import type { LabelledSentences } from "#library/crisis.ts";
import { crisisLevelOf, crisisRecogniser, type CrisisRecogniser } from "#reflect/crisis.ts";
import type { Bench } from "./bench.ts";

export const bench: Bench = async ({ log }) => {
  const signs = await readContentFile("content", "crisis/signs", readSigns);
  const points = await readContentFile("content", "crisis/points", readPoints);
  const labelled = await readContentFile("content", "crisis/labelled", readLabelled);
  const unseen = await readContentFile("content", "crisis/unseen", readLabelled);
  const recognise = crisisRecogniser(signs, points);
  const known = figuresOf(recognise, labelled);
  const fresh = figuresOf(recognise, unseen);
  log(`${known.sentences} labelled sentences, ${known.explicit} of them explicit`);
  log(`${fresh.sentences} unseen sentences, ${fresh.explicit} of them explicit`);
  return {
    recallExplicit: known.recallExplicit,
    recallExplicitAtPanel: known.recallExplicitAtPanel,
    precision: known.precision,
    sentences: known.sentences,
    explicitSentences: known.explicit,
    recallExplicitUnseen: fresh.recallExplicit,
    recallExplicitAtPanelUnseen: fresh.recallExplicitAtPanel,
    precisionUnseen: fresh.precision,
    sentencesUnseen: fresh.sentences,
    explicitSentencesUnseen: fresh.explicit,
  };
};

interface Figures {
  readonly sentences: number;
  readonly explicit: number;
  /** Of the explicit sentences, the share for which the panel or the quiet line is shown. */
  readonly recallExplicit: number;
  /** The same for the panel alone. */
  readonly recallExplicitAtPanel: number;
  /** Of the sentences for which anything is shown, the share that are explicit or possible. */
  readonly precision: number;
}

function figuresOf(recognise: CrisisRecogniser, { sentences }: LabelledSentences): Figures {
  const heard = sentences.map(({ text, expect }) => ({
    expect,
    level: crisisLevelOf(recognise(text)),
  }));
  const explicit = heard.filter((one) => one.expect === "explicit");
  const shown = heard.filter(({ level }) => level !== null);
  return {
    sentences: heard.length,
    explicit: explicit.length,
    recallExplicit: explicit.filter(({ level }) => level !== null).length / explicit.length,
    recallExplicitAtPanel:
      explicit.filter(({ level }) => level === "explicit").length / explicit.length,
    precision: shown.filter((one) => one.expect !== "none").length / shown.length,
  };
}
