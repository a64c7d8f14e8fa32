/** The four paths, in the order in which they stand when nothing tells them apart. */
import type { Path, PathId } from "#library/path.ts";
import burnout from "virtual:content/paths/burnout";
import career from "virtual:content/paths/career";
import leadership from "virtual:content/paths/leadership";
import sustainablePractice from "virtual:content/paths/sustainable-practice";

export const paths: readonly Path[] = [burnout, career, leadership, sustainablePractice];

export const pathNamed = (id: PathId): Path => {
  const path = paths.find((candidate) => candidate.id === id);
  if (path === undefined) throw new Error(`No path ${id}`);
  return path;
};

/** Where coaches for a path are matched, on the device. */
export const coachHref = (path: PathId): string => `/coach/match?path=${path}`;
