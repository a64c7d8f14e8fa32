import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesToInteger, integerToBytes, inverse, raisedTo65537 } from "./modular.ts";

const moduli = fc.bigInt({ min: 3n, max: 1n << 300n });
const numbers = fc.bigInt({ min: 0n, max: 1n << 600n });

test("an inverse times its number is one, and there is none exactly where a factor is shared", () => {
  fc.assert(
    fc.property(numbers, moduli, (value, modulus) => {
      const found = inverse(value, modulus);
      if (found === null) expect(commonFactor(value, modulus)).not.toBe(1n);
      else {
        expect((found * value) % modulus).toBe(1n);
        expect(found).toBeGreaterThan(0n);
        expect(found).toBeLessThan(modulus);
      }
    }),
  );
});

test("the public operation is the power 65537", () => {
  fc.assert(
    fc.property(numbers, moduli, (value, modulus) => {
      let power = 1n;
      for (const bit of (65537).toString(2))
        power = (power * power * (bit === "1" ? value : 1n)) % modulus;
      expect(raisedTo65537(value, modulus)).toBe(power);
    }),
  );
});

test("a number comes back from its bytes, with as many zeros before it as fit", () => {
  fc.assert(
    fc.property(numbers, fc.integer({ min: 76, max: 300 }), (value, length) => {
      expect(integerToBytes(value, length)).toHaveLength(length);
      expect(bytesToInteger(integerToBytes(value, length))).toBe(value);
    }),
  );
  expect(bytesToInteger(new Uint8Array(0))).toBe(0n);
});

test("a number that doesn't fit is a defect", () => {
  expect(integerToBytes(255n, 1)).toEqual(Uint8Array.of(255));
  expect(() => integerToBytes(256n, 1)).toThrow(RangeError);
  expect(() => integerToBytes(-1n, 4)).toThrow(RangeError);
});

function commonFactor(one: bigint, other: bigint): bigint {
  return other === 0n ? one : commonFactor(other, one % other);
}
