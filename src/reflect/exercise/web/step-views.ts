/** The view of every kind of step, each fetched when an exercise first has one. */
import { lazy, type ComponentType } from "react";
import type { Step } from "../exercise.ts";
import type { Answer, StepKind } from "../steps.ts";
import type { StepView, StepViewProps } from "./step-view.ts";

/** Each module exports its component as `View`. */
type Fetch<Kind extends StepKind> = () => Promise<{ readonly View: StepView<Kind> }>;

const fetchByKind = {
  prose: () => import("../steps/prose/web/view.tsx"),
  choice: () => import("../steps/choice/web/view.tsx"),
  scale: () => import("../steps/scale/web/view.tsx"),
  frequency: () => import("../steps/frequency/web/view.tsx"),
  list: () => import("../steps/list/web/view.tsx"),
  pairs: () => import("../steps/pairs/web/view.tsx"),
  cards: () => import("../steps/cards/web/view.tsx"),
  ranking: () => import("../steps/ranking/web/view.tsx"),
  matrix: () => import("../steps/matrix/web/view.tsx"),
  sorter: () => import("../steps/sorter/web/view.tsx"),
  timed: () => import("../steps/timed/web/view.tsx"),
  words: () => import("../steps/words/web/view.tsx"),
  map: () => import("../steps/map/web/view.tsx"),
  review: () => import("../steps/review/web/view.tsx"),
  promote: () => import("../steps/promote/web/view.tsx"),
} satisfies { readonly [Kind in StepKind]: Fetch<Kind> };

type AnyView = ComponentType<StepViewProps<Step, Answer>>;

/** A view is only ever given steps and answers of its own kind; TypeScript can't say so of a union. */
const fetchView = async (kind: StepKind): Promise<AnyView> =>
  (await fetchByKind[kind]()).View as unknown as AnyView;

const lazily = (kind: StepKind): AnyView => lazy(async () => ({ default: await fetchView(kind) }));

export const viewByKind = Object.fromEntries(
  (Object.keys(fetchByKind) as StepKind[]).map((kind) => [kind, lazily(kind)]),
) as Readonly<Record<StepKind, AnyView>>;

/** So that the steps to come need no connection. */
export const fetchViews = (kinds: readonly StepKind[]): Promise<unknown> =>
  Promise.allSettled([...new Set(kinds)].map((kind) => fetchByKind[kind]()));
