/** A text of Learn as the app holds it: its front matter, its tree, and how long it takes to read. */
import { wordCount } from "#library/reading-level.ts";
import { plainTexts, type Block } from "./document.ts";
import type { FrontMatter } from "./front-matter.ts";

export interface LearnText {
  /** `learn/topics/saying-no`. */
  readonly name: string;
  readonly front: FrontMatter;
  readonly body: readonly Block[];
}

/** What lists, links and search need to know of a piece of content, without fetching it. */
export interface ContentEntry {
  /** `learn/topics/saying-no`, `exercises/energy-map`, `paths/burnout`. */
  readonly name: string;
  readonly title: string;
  readonly inOneLine: string;
  readonly tags: readonly string[];
  readonly minutes: number | null;
  /** Whom it speaks to most; empty where to all. */
  readonly stages: readonly string[];
  /** A programme's. */
  readonly path: string | null;
}

/** Words a minute of somebody who reads on a phone, not for the first time today. */
const WORDS_A_MINUTE = 200;

/** Of all that its page shows, but for where it comes from. */
export function readingMinutes({ front, body }: LearnText): number {
  const texts = [front.inOneLine, ...besides(front), ...plainTexts(body)];
  const words = texts.reduce((sum, text) => sum + wordCount(text), 0);
  return Math.max(1, Math.round(words / WORDS_A_MINUTE));
}

function besides(front: FrontMatter): readonly string[] {
  switch (front.kind) {
    case "evidence-card":
      return [front.study, front.design, front.dose, ...front.effect, ...front.limits];
    case "role": {
      const { timeToFirstIncome, pay, remote, reversibility, smallTest } = front;
      const facts = [timeToFirstIncome, pay?.range ?? "", remote, reversibility, smallTest];
      return [...facts, ...front.prerequisites, ...front.warnings];
    }
    case "programme":
      return front.exercises.map(({ why }) => why);
    case "topic":
    case "lesson":
      return [];
  }
}

export function textToEntry(text: LearnText): ContentEntry {
  const { front, name } = text;
  return {
    name,
    title: front.title,
    inOneLine: front.inOneLine,
    tags: front.tags,
    minutes: readingMinutes(text),
    stages: front.kind === "programme" ? [front.stage] : (front.stages ?? []),
    path: front.kind === "programme" ? front.path : null,
  };
}

/** Where content is shown in the app. */
export function contentHref(name: string): string {
  if (name.startsWith("exercises/")) return name.replace("exercises/", "/reflect/exercise/");
  if (name.startsWith("paths/")) return name.replace("paths/", "/plan/path/");
  return `/${name}`;
}
