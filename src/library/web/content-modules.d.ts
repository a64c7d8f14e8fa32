/**
 * Content as modules: `import checkIn from "virtual:content/check-in/full"`. The build reads the YAML
 * file of that name, checks it against its schema and fails if it does not fit (bin/web-build/content.ts).
 */
declare module "virtual:content/check-in/full" {
  import type { CheckIn } from "#library/check-in.ts";
  const content: CheckIn;
  export default content;
}
declare module "virtual:content/check-in/pulse" {
  import type { CheckIn } from "#library/check-in.ts";
  const content: CheckIn;
  export default content;
}
declare module "virtual:content/check-in/results" {
  import type { CheckInResults } from "#library/check-in.ts";
  const content: CheckInResults;
  export default content;
}
declare module "virtual:content/check-in/drivers" {
  import type { Drivers } from "#library/check-in.ts";
  const content: Drivers;
  export default content;
}
declare module "virtual:content/crisis/signs" {
  import type { CrisisSigns } from "#library/crisis.ts";
  const content: CrisisSigns;
  export default content;
}
declare module "virtual:content/crisis/points" {
  import type { CrisisPoints } from "#library/crisis.ts";
  const content: CrisisPoints;
  export default content;
}
declare module "virtual:content/crisis/lines" {
  import type { CrisisLines } from "#library/crisis.ts";
  const content: CrisisLines;
  export default content;
}
declare module "virtual:content/paths/rules" {
  import type { PathRules } from "#library/path.ts";
  const content: PathRules;
  export default content;
}
declare module "virtual:content/paths/*" {
  import type { Path } from "#library/path.ts";
  const content: Path;
  export default content;
}
declare module "virtual:content/agreement/agreement" {
  import type { Agreement } from "#library/agreement.ts";
  const content: Agreement;
  export default content;
}
