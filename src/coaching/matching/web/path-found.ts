/** The path that the path finder left in the member's safe. It belongs to a room above, so only what is needed is read. */
import { PATHS, type Path } from "../../directory/coach.ts";

/** `contents`: the records of the collection "path"; the latest that names a path counts, null where none does. */
export function pathFound(contents: readonly unknown[]): Path | null {
  const findings = contents.map((content) => content as Partial<Record<"on" | "path", unknown>>);
  const latestFirst = findings.toSorted((a, b) => (String(a?.on) < String(b?.on) ? 1 : -1));
  for (const finding of latestFirst) {
    const path = PATHS.find((each) => each === finding?.path);
    if (path !== undefined) return path;
  }
  return null;
}
