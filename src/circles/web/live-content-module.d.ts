/** How an hour goes, as a module that the build checks. */
declare module "virtual:content/circles/script" {
  import type { CircleScript } from "#library/circle-script.ts";
  const content: CircleScript;
  export default content;
}
