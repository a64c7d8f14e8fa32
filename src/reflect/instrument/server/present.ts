/** What leaves: an instrument as every member gets it. */
import type { InstrumentRow } from "./store.ts";

export const presentInstrument = ({ id, questionnaire, licence }: InstrumentRow) => ({
  id,
  questionnaire,
  licence: { by: licence.by, terms: licence.terms, on: licence.on },
});
