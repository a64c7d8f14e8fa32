/** Checked when they are read, by `readVocabulary`. */
declare module "virtual:content/lived-experiences" {
  const content: unknown;
  export default content;
}
declare module "virtual:content/languages" {
  const content: unknown;
  export default content;
}
declare module "virtual:content/specialties" {
  const content: unknown;
  export default content;
}
declare module "virtual:content/coaching-styles" {
  const content: unknown;
  export default content;
}
