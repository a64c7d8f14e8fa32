/** A number the reader's own way, with at most so many decimals. */
export const toText = (value: number, decimals: number): string =>
  value.toLocaleString(undefined, { maximumFractionDigits: decimals });

/** An amount without its sign; small ones keep a decimal, so that a slow slope is not told as none. */
export const amountText = (value: number): string =>
  toText(Math.abs(value), Math.abs(value) < 10 ? 1 : 0);
