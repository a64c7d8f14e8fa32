/**
 * Slow drift: a series that keeps leaning one way though no single step is large. Theil-Sen slope and
 * Mann-Kendall test, exact up to ten readings and correct with ties.
 */
import type { Reading } from "./change.ts";

export interface Drift {
  readonly direction: "rising" | "falling";
  /** Points per day, the median over all pairs. */
  readonly slope: number;
  /** Two-sided. */
  readonly p: number;
}

const ENOUGH_READINGS = 6;
const SIGNIFICANT = 0.05;
const EXACT_UP_TO = 10;

/** Null while there are fewer than six readings, or when the lean may be chance. */
export function driftOf(readings: readonly Reading[]): Drift | null {
  if (readings.length < ENOUGH_READINGS) return null;
  const slope = theilSenSlope(readings);
  const { p } = mannKendall(readings.map((reading) => reading.score));
  if (p >= SIGNIFICANT || slope === 0) return null;
  return { direction: slope > 0 ? "rising" : "falling", slope, p };
}

export function theilSenSlope(readings: readonly Reading[]): number {
  const slopes = readings
    .flatMap((a, i) =>
      readings.slice(i + 1).flatMap((b) => {
        const days = daysBetween(a.day, b.day);
        return days === 0 ? [] : [(b.score - a.score) / days];
      }),
    )
    .toSorted((a, b) => a - b);
  if (slopes.length === 0) return 0;
  const half = Math.floor(slopes.length / 2);
  return slopes.length % 2 === 1 ? slopes[half]! : (slopes[half - 1]! + slopes[half]!) / 2;
}

/** S = pairs that rise minus pairs that fall, and its two-sided p. */
export function mannKendall(values: readonly number[]): { s: number; p: number } {
  let s = 0;
  values.forEach((a, i) => values.slice(i + 1).forEach((b) => (s += Math.sign(b - a))));
  const groups = sizesOfTies(values);
  return { s, p: values.length <= EXACT_UP_TO ? exactP(groups, s) : normalP(groups, s) };
}

/**
 * Over all orders of the same values, S = untied pairs - 2 * inversions, and the number of orders with
 * a given count of inversions is the coefficient of the q-multinomial (MacMahon).
 */
function exactP(groups: readonly number[], s: number): number {
  let orders = [1n];
  let placed = 0;
  for (const size of groups) {
    placed += size;
    orders = multiply(orders, qBinomial(placed, size));
  }
  const untied = orders.length - 1;
  const all = orders.reduce((sum, count) => sum + count, 0n);
  const asFar = orders.reduce(
    (sum, count, inversions) =>
      Math.abs(untied - 2 * inversions) >= Math.abs(s) ? sum + count : sum,
    0n,
  );
  return Number(asFar) / Number(all);
}

/** Normal approximation with tie and continuity correction (Kendall 1975). */
function normalP(groups: readonly number[], s: number): number {
  const n = groups.reduce((sum, size) => sum + size, 0);
  const weight = (k: number): number => k * (k - 1) * (2 * k + 5);
  const variance = (weight(n) - groups.reduce((sum, size) => sum + weight(size), 0)) / 18;
  if (variance === 0) return 1;
  const z = Math.max(0, Math.abs(s) - 1) / Math.sqrt(variance);
  return Math.min(1, 2 * upperTail(z));
}

const sizesOfTies = (values: readonly number[]): number[] => {
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

const daysBetween = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;
