/** What the build makes of content/learn (bin/web-build/learn.ts). */
declare module "virtual:learn/index" {
  import type { ContentEntry } from "#learn/learn-text.ts";
  const entries: readonly ContentEntry[];
  export default entries;
}
declare module "virtual:learn/shelves" {
  import type { LearnText } from "#learn/learn-text.ts";
  interface TextsModule {
    readonly default: Readonly<Record<string, LearnText>>;
  }
  /** By the file that texts lie in. */
  export const fetches: Readonly<Record<string, () => Promise<TextsModule>>>;
  /** The file of each text, by the text's name. */
  export const bundleByName: Readonly<Record<string, string>>;
}
declare module "virtual:learn/words" {
  import type { SearchWords } from "#learn/search-words.ts";
  const words: SearchWords;
  export default words;
}
declare module "virtual:learn/courses" {
  import type { Courses } from "#learn/catalogue.ts";
  const courses: Courses;
  export default courses;
}
declare module "virtual:learn/licence-forms" {
  import type { LicenceForms } from "#learn/catalogue.ts";
  const forms: LicenceForms;
  export default forms;
}
