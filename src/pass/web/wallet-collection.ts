/** The collection of the safe that passes are kept in, a record each. */
export const WALLET = "wallet";
