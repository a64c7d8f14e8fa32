/** Every promise that is kept by now has a proof of this name; see decisions and confidentiality in the README. */
export const proofNames = [
  "operator-blind",
  "no-double-booking",
  "kill-nine",
  "restore",
  "deleted",
  "discreet",
  "hostile-input",
  "unlinkable",
  "one-voice",
  "honest-report",
] as const;

export type ProofName = (typeof proofNames)[number];
