/**
 * A plain line drawing of a body, seen from the front, with a dot at each place: the louder, the larger. It is silent
 * for a screen reader, which has the same places as buttons beside it; a tap on a dot does what the button does.
 */
import { BODY_PLACES, type MapPlace, type MapStep } from "../step.ts";
import style from "./body-map.module.css";

type BodyPlace = (typeof BODY_PLACES)[number];

/** On a field of 120 by 300. What there are two of has two dots. */
const pointsByPlace: Record<BodyPlace, readonly (readonly [x: number, y: number])[]> = {
  head: [[60, 14]],
  eyes: [[60, 28]],
  jaw: [[60, 44]],
  neck: [[60, 57]],
  shoulders: [
    [35, 74],
    [85, 74],
  ],
  chest: [[60, 88]],
  back: [[46, 112]],
  belly: [[60, 134]],
  hands: [
    [16, 164],
    [104, 164],
  ],
  legs: [
    [46, 226],
    [74, 226],
  ],
};

/** One half from the neck down; the other is its mirror image. */
const HALF =
  "M67 48V57C70 64 88 63 93 73 98 84 100 108 103 128 105 142 109 152 109 162 109 173 100 173 99 163 98 150 93 138 90 122 88 110 86 101 85 93L84 130C84 142 87 150 87 164 87 190 82 212 80 232 79 252 78 266 79 280 80 290 66 290 66 281 66 262 64 240 63 222 62 205 61 190 60 178";

export function BodyDrawing(props: {
  readonly step: MapStep;
  /** Those named on the left side and on the right, each from top to bottom. */
  readonly sides: readonly (readonly MapPlace[])[];
  readonly open: string | null;
  readonly onOpen: (key: string) => void;
}) {
  const { step, sides, open, onOpen } = props;
  return (
    <svg className={style["drawing"]} viewBox="0 0 120 300" aria-hidden="true" focusable="false">
      <g className={style["outline"]}>
        <ellipse cx="60" cy="29" rx="17" ry="21" />
        <path d={HALF} />
        <path d={HALF} transform="matrix(-1 0 0 1 120 0)" />
      </g>
      {sides.map((places, side) =>
        places.map((place, i) => (
          <Leader
            key={place.key}
            place={place}
            from={[side === 0 ? 0 : 120, (300 * (i + 0.5)) / places.length]}
            isOpen={place.key === open}
          />
        )),
      )}
      {sides.flat().map((place) => (
        <Dots
          key={place.key}
          place={place}
          loudness={
            (step.levels.findIndex(({ id }) => id === place.level) + 1) / step.levels.length
          }
          isOpen={place.key === open}
          onOpen={() => onOpen(place.key)}
        />
      ))}
    </svg>
  );
}

/** From a name at the drawing's side to the dot that it means, or to the nearer one of two. */
function Leader(props: {
  readonly place: MapPlace;
  readonly from: readonly [x: number, y: number];
  readonly isOpen: boolean;
}) {
  const [x, y] = props.from;
  const points = pointsOf(props.place);
  const [toX, toY] = points[x === 0 ? 0 : points.length - 1]!;
  return (
    <line
      className={style["leader"]}
      data-open={props.isOpen ? "" : undefined}
      x1={x}
      y1={y}
      x2={toX}
      y2={toY}
    />
  );
}

function Dots(props: {
  readonly place: MapPlace;
  /** 0 for what is not marked, 1 for the last level. */
  readonly loudness: number;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}) {
  const { place, loudness, isOpen, onOpen } = props;
  return pointsOf(place).map(([x, y]) => (
    // The buttons beside the drawing do the same, by keyboard too.
    <g
      key={x}
      className={style["dot"]}
      data-marked={loudness > 0 ? "" : undefined}
      onClick={onOpen}
    >
      {isOpen && <circle className={style["ring"]} cx={x} cy={y} r={12} />}
      <circle cx={x} cy={y} r={loudness === 0 ? 3 : 3 + 4 * loudness} />
    </g>
  ));
}

const pointsOf = ({ key }: MapPlace) => pointsByPlace[key as BodyPlace];

export const isBodyPlace = (key: string): boolean =>
  (BODY_PLACES as readonly string[]).includes(key);
