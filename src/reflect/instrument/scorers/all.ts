/** Every scorer there is. An instrument whose rule is not certain has none. */
import type { Scorer } from "../scorer.ts";
import { bat12, bat23 } from "./bat.ts";
import { cssrs } from "./c-ssrs.ts";
import { cbi } from "./cbi.ts";
import { cips, yis } from "./impostor.ts";
import { mbi, mbiTwo } from "./mbi.ts";
import { miniZ } from "./mini-z.ts";
import { missHp } from "./miss-hp.ts";
import { olbi } from "./olbi.ts";
import { pfi } from "./pfi.ts";
import { gad2, gad7, phq2, phq4, phq9 } from "./phq-gad.ts";
import { pss10, pss4 } from "./pss.ts";
import { psychologicalSafety } from "./psychological-safety.ts";
import { scsSf } from "./scs-sf.ts";
import { reduceHoursIntention, singleItemBurnout, turnoverIntention } from "./single-item.ts";
import { ucla3 } from "./ucla-3.ts";
import { wbi7, wbi9 } from "./wbi.ts";
import { who5 } from "./who-5.ts";

export const SCORERS: readonly Scorer[] = [
  cbi,
  olbi,
  pfi,
  singleItemBurnout,
  miniZ,
  mbi,
  mbiTwo,
  wbi7,
  wbi9,
  bat12,
  bat23,
  who5,
  phq9,
  phq2,
  gad7,
  gad2,
  phq4,
  cssrs,
  missHp,
  scsSf,
  psychologicalSafety,
  cips,
  yis,
  ucla3,
  pss10,
  pss4,
  turnoverIntention,
  reduceHoursIntention,
];
