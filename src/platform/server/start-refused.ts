/** Why Callroom doesn't start, in words for the person at the console; printed without a stack. */
export class StartRefused extends Error {
  override readonly name = "StartRefused";
}
