/** How many decimals a reading or a difference is told with: short scales have one, long ones none. */
export const decimalsOf = ([low, high]: readonly [number, number]): 0 | 1 =>
  high - low <= 10 ? 1 : 0;
