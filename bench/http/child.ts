/** A script in a process of its own that is told one thing at a time and answers each. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export interface Child<Told, Answer> {
  readonly tell: (told: Told) => Promise<Answer>;
  readonly stop: () => void;
}

export function startChild<Told extends object, Answer>(script: string): Child<Told, Answer> {
  const child = fork(join(import.meta.dirname, script), { stdio: ["ignore", 2, 2, "ipc"] });
  return {
    tell: async (told) => {
      const listening = new AbortController();
      const { signal } = listening;
      const ended = once(child, "exit", { signal }).then(() => {
        throw new Error(`${script} ended`);
      });
      child.send(told);
      try {
        const [answer] = (await Promise.race([once(child, "message", { signal }), ended])) as [
          Answer,
        ];
        return answer;
      } finally {
        ended.catch(() => undefined);
        listening.abort();
      }
    },
    stop: () => void child.kill(),
  };
}
