/**
 * A secret that prints as nothing. Reading one is a separate, named act, so that every place which
 * does it can be found by searching for `reveal(`.
 */
const secrets = new WeakMap<object, unknown>();

export interface Redacted<Secret> {
  readonly redacted: true;
  /** Never called; carries the type. */
  readonly _secret?: () => Secret;
}

export function redact<Secret>(secret: Secret): Redacted<Secret> {
  const holder: Redacted<Secret> = Object.freeze({ redacted: true as const });
  secrets.set(holder, secret);
  return holder;
}

export function reveal<Secret>(holder: Redacted<Secret>): Secret {
  if (!secrets.has(holder)) throw new Error("Not a redacted value made here");
  return secrets.get(holder) as Secret;
}
