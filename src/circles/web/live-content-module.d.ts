/** How an hour goes, as a module that the build checks. */
declare module "virtual:content/circles/facilitating" {
  import type { CircleFacilitating } from "#library/circle-facilitating.ts";
  const content: CircleFacilitating;
  export default content;
}
declare module "virtual:content/circles/script" {
  import type { CircleScript } from "#library/circle-script.ts";
  const content: CircleScript;
  export default content;
}
