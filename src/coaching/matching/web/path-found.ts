/** The path that the path finder left in the member's safe. It belongs to a room above, so only what is needed is read. */
import { PATHS, type Path } from "../../directory/coach.ts";

/** `contents`: the records of the collection "path"; null where none names a path. */
export function pathFound(contents: readonly unknown[]): Path | null {
  for (const content of contents) {
    const chosen = (content as { readonly path?: unknown } | null)?.path;
    const path = PATHS.find((each) => each === chosen);
    if (path !== undefined) return path;
  }
  return null;
}
