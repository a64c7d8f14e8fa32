/** A string or number that can't be taken for another: `Brand<string, "AccountId">`. */
declare const brand: unique symbol;
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
