/** A step after the build, in the folder that it wrote. The steps follow each other as vite.config.ts lists them. */
import type { Plugin } from "vite";

export function afterBuild(name: string, step: (dir: string) => Promise<void>): Plugin {
  return {
    name: `callroom-${name}`,
    apply: "build",
    enforce: "post",
    writeBundle: {
      order: "post",
      sequential: true,
      async handler({ dir }) {
        if (dir === undefined) throw new Error("The build has no folder");
        await step(dir);
      },
    },
  };
}
