/** What the circles' screens read of content/, as modules that the build checks (bin/web-build/content.ts). */
declare module "virtual:content/circles/themes" {
  import type { CircleThemes } from "#library/circle-content.ts";
  const content: CircleThemes;
  export default content;
}
declare module "virtual:content/circles/hours" {
  import type { CircleHours } from "#library/circle-content.ts";
  const content: CircleHours;
  export default content;
}
declare module "virtual:content/circles/norms" {
  import type { CircleNorms } from "#library/circle-content.ts";
  const content: CircleNorms;
  export default content;
}
/** Checked when they are read. */
declare module "virtual:content/circles/names" {
  const content: unknown;
  export default content;
}
