/**
 * Kendall's S, pairs of readings that rise minus pairs that fall, and how it falls out by chance: exact up to ten
 * readings, ties and all; above that by the normal approximation. Readings that follow each other are more alike
 * than chance has them, so a real p is larger than the one here: what shows it says so.
 */

const EXACT_UP_TO = 10;

interface MannKendall {
  readonly s: number;
  /** Two-sided. */
  readonly p: number;
  readonly isExact: boolean;
}

/** In the order in which they were given. */
export function mannKendall(values: readonly number[]): MannKendall {
  let s = 0;
  values.forEach((a, i) => values.slice(i + 1).forEach((b) => (s += Math.sign(b - a))));
  const groups = sizesOfTies(values);
  const isExact = values.length <= EXACT_UP_TO;
  return { s, p: isExact ? exactP(groups, s) : normalP(groups, s), isExact };
}

/**
 * How many of the ordered slopes of `count` readings lie outside the 95 % interval on each side (Sen 1968; Hollander
 * and Wolfe, 9.3). As if nothing were tied, which can only widen it. 0 where there are too few for any interval.
 */
export function slopesLeftOut(count: number): number {
  const pairs = (count * (count - 1)) / 2;
  const reach = count <= EXACT_UP_TO ? exactReach(count) : 1.96 * Math.sqrt(untiedVariance(count));
  return Math.max(0, Math.floor((pairs - reach) / 2));
}

/** The largest S that is not yet among the outermost 2.5 % of one side. */
function exactReach(count: number): number {
  const orders = ordersByInversions(Array.from({ length: count }, () => 1));
  const all = orders.reduce((sum, each) => sum + each, 0n);
  let tail = 0n;
  let inversions = 0;
  for (; inversions < orders.length; inversions++) {
    tail += orders[inversions]!;
    if (tail * 40n > all) break;
  }
  return orders.length - 1 - 2 * inversions;
}

export function exactP(groups: readonly number[], s: number): number {
  const orders = ordersByInversions(groups);
  const untied = orders.length - 1;
  const all = orders.reduce((sum, count) => sum + count, 0n);
  const asFar = orders.reduce(
    (sum, count, inversions) =>
      Math.abs(untied - 2 * inversions) >= Math.abs(s) ? sum + count : sum,
    0n,
  );
  return Number(asFar) / Number(all);
}

/**
 * Over all orders of the same values, S = untied pairs - 2 * inversions, and the number of orders with
 * a given count of inversions is the coefficient of the q-multinomial (MacMahon).
 */
function ordersByInversions(groups: readonly number[]): bigint[] {
  let orders = [1n];
  let placed = 0;
  for (const size of groups) {
    placed += size;
    orders = multiply(orders, qBinomial(placed, size));
  }
  return orders;
}

/** With tie and continuity correction (Kendall 1975). */
export function normalP(groups: readonly number[], s: number): number {
  const n = groups.reduce((sum, size) => sum + size, 0);
  const variance = groups.reduce((sum, size) => sum - untiedVariance(size), untiedVariance(n));
  if (variance <= 0) return 1;
  const z = Math.max(0, Math.abs(s) - 1) / Math.sqrt(variance);
  return Math.min(1, 2 * upperTail(z));
}

const untiedVariance = (n: number): number => (n * (n - 1) * (2 * n + 5)) / 18;

export const sizesOfTies = (values: readonly number[]): number[] => {
  const sizes = new Map<number, number>();
  for (const value of values) sizes.set(value, (sizes.get(value) ?? 0) + 1);
  return [...sizes.values()];
};

/** Gaussian binomial coefficient [n over k], as the list of its coefficients, by Pascal's rule. */
function qBinomial(n: number, k: number): bigint[] {
  if (k === 0 || k === n) return [1n];
  const without = qBinomial(n - 1, k);
  const withIt = qBinomial(n - 1, k - 1);
  const sum = Array.from({ length: k * (n - k) + 1 }, () => 0n);
  withIt.forEach((count, power) => (sum[power]! += count));
  without.forEach((count, power) => (sum[power + k]! += count));
  return sum;
}

function multiply(a: readonly bigint[], b: readonly bigint[]): bigint[] {
  const product = Array.from({ length: a.length + b.length - 1 }, () => 0n);
  a.forEach((x, i) => b.forEach((y, j) => (product[i + j]! += x * y)));
  return product;
}

/** 1 - Phi(z) for z >= 0; Abramowitz and Stegun 26.2.17, error under 7.5e-8. */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const series =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
}
