/** Builds the app once, where it isn't fresh: two houses that start at the same time must not both do so. */
import { join } from "node:path";
import { buildWebIfNeeded } from "../../bin/command/web-build.ts";

export default (): Promise<void> =>
  buildWebIfNeeded(join(import.meta.dirname, "../.."), () =>
    console.error("Building the web app."),
  );
