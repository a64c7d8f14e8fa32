/**
 * Which signals count: each once, in order, and only from a device that has answered this one. A server that keeps
 * what it passed on could play it again later; to no avail, since whoever comes in has a fresh run, and takes nobody's
 * word before that run was named by them.
 */
import type { Signal } from "./signal-content.ts";
import type { SealedSignal } from "./signal-wire.ts";

export type Passing =
  /** Somebody asks who is there: to be welcomed, and not to be believed yet. */
  | { readonly is: "asking" }
  /** Their device has named this one: from now on what it says counts. `isBack`: it did so before. */
  | { readonly is: "arrived"; readonly isBack: boolean }
  | { readonly is: "heard"; readonly hasMissed: boolean }
  /** The own pseudonym from another device of the same person. */
  | { readonly is: "elsewhere" }
  /** Played again, or for somebody else. */
  | { readonly is: "nothing" };

export interface SignalGate {
  readonly pass: (signal: Pick<SealedSignal, "sender" | "run" | "count">, said: Signal) => Passing;
  /** The run that counts; null for somebody who isn't there. */
  readonly runOf: (member: string) => string | null;
  readonly forget: (member: string) => void;
}

interface Heard {
  readonly run: string;
  readonly count: number;
}

const NOTHING: Passing = { is: "nothing" };

export function makeSignalGate(me: string, run: string): SignalGate {
  const heardByMember = new Map<string, Heard>();
  /** A run that another took the place of, or that has gone, never counts again. */
  const endedRuns = new Set<string>();

  const end = (member: string) => {
    const heard = heardByMember.get(member);
    if (heard) endedRuns.add(heard.run);
    heardByMember.delete(member);
  };

  return {
    runOf: (member) => heardByMember.get(member)?.run ?? null,
    forget: end,
    pass: (signal, said) => {
      const { sender, run: from, count } = signal;
      if (from === run || endedRuns.has(from)) return NOTHING;
      const known = heardByMember.get(sender);
      const isKnown = known?.run === from;
      if (isKnown) {
        if (count <= known.count) return NOTHING;
        // What is meant for somebody else is counted too: a gap is what was lost on the way.
        heardByMember.set(sender, { run: from, count });
      }
      if ("to" in said && said.to !== run) return NOTHING;
      if (said.kind === "here") return { is: "asking" };
      if (sender === me) return said.kind === "welcome" ? { is: "elsewhere" } : NOTHING;
      if (isKnown) {
        if (said.kind === "gone") end(sender);
        return said.kind === "welcome"
          ? { is: "arrived", isBack: true }
          : { is: "heard", hasMissed: count !== known.count + 1 };
      }
      if (said.kind !== "welcome") return NOTHING;
      end(sender);
      heardByMember.set(sender, { run: from, count });
      return { is: "arrived", isBack: false };
    },
  };
}
