/** Which text, screen or report carries each numbered thing the mission names. */
import * as v from "valibot";

/** `content:check-in/full#recovery-gives-back` (a file, and an id inside it), or `screen:/crisis`. */
const pointerSchema = v.pipe(
  v.string(),
  v.regex(/^(content:[a-z0-9/-]+(#[a-z0-9-]+)?|screen:\/[a-z0-9/-]*)$/),
);

export const COVERAGE_ITEMS = 126;

/** The numbers of each part, first and last. */
export const COVERAGE_PARTS = {
  state: [1, 28],
  drivers: [29, 38],
  reflection: [39, 64],
  coaching: [65, 84],
  peers: [85, 90],
  boundaries: [91, 98],
  career: [99, 106],
  plan: [107, 110],
  exit: [111, 116],
  small: [117, 126],
} as const;
type CoveragePart = keyof typeof COVERAGE_PARTS;

export const coverageSchema = v.objectWithRest(
  {
    kind: v.literal("coverage"),
    /** Parts of which every number is carried; from then on one that is missing is a fault. */
    whole: v.array(v.picklist(Object.keys(COVERAGE_PARTS) as CoveragePart[])),
  },
  v.pipe(v.array(pointerSchema), v.minLength(1)),
);
export type Coverage = v.InferOutput<typeof coverageSchema>;
