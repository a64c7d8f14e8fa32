import fc from "fast-check";
import { expect, test } from "vitest";
import { concatBytes } from "#platform/bytes.ts";
import { encodeContent, LARGEST_CONTENT } from "./message-content.ts";
import { padPlain, unpadPlain, type MessagePlain } from "./message-plain.ts";
import { MESSAGE_SIZES } from "./wire.ts";

const bytes = (minLength: number, maxLength = minLength) =>
  fc.uint8Array({ minLength, maxLength }).map((each) => concatBytes(each));
const plains: fc.Arbitrary<MessagePlain> = fc.record({
  sender: bytes(32),
  veil: bytes(32),
  signature: bytes(64),
  minute: fc.integer({ min: 0, max: 0xffff_ffff }),
  frankingKey: bytes(32),
  content: bytes(0, 1200),
});
const filled = (length: number) => new Uint8Array(length).fill(7);
const plain: MessagePlain = {
  sender: filled(32),
  veil: filled(32),
  signature: filled(64),
  minute: 29_985_120,
  frankingKey: filled(32),
  content: encodeContent({ kind: "text", text: "abc" })!,
};

test("every plain comes back as it was, padded to one of four sizes", () => {
  fc.assert(
    fc.property(plains, (each) => {
      const padded = padPlain(each);
      expect(MESSAGE_SIZES).toContain(padded.length);
      expect(unpadPlain(padded)).toEqual(each);
      // Also where it lies within something larger.
      expect(unpadPlain(concatBytes(filled(3), padded).subarray(3))).toEqual(each);
    }),
  );
});

test("the largest content fits, and one byte more than fits is a defect", () => {
  const content = filled(LARGEST_CONTENT);
  expect(unpadPlain(padPlain({ ...plain, content }))?.content).toEqual(content);
  expect(() => padPlain({ ...plain, content: filled(12_288 - 165) })).toThrow(RangeError);
  for (const wrong of [{ veil: filled(31) }, { minute: -1 }, { minute: 0.5 }, { minute: 2 ** 32 }])
    expect(() => padPlain({ ...plain, ...wrong })).toThrow(RangeError);
});

test("hostile bytes are refused, or have one meaning and one spelling", () => {
  let opened = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...MESSAGE_SIZES),
      fc.uint8Array({ maxLength: 164 }),
      fc.nat(1300),
      (size, start, length) => {
        const padded = new Uint8Array(size);
        padded.set(start);
        new DataView(padded.buffer).setUint16(164, length);
        const read = unpadPlain(padded);
        if (read === null) return;
        opened += 1;
        expect(padPlain(read)).toEqual(padded);
      },
    ),
  );
  expect(opened).toBeGreaterThan(5);
});

test("padding that isn't nothing, or of another size, is refused", () => {
  const padded = padPlain(plain);
  expect(unpadPlain(padded.with(383, 1))).toBeNull();
  expect(unpadPlain(padded.with(165, 3))).toBeNull();
  for (const length of [0, 165, 166, 383])
    expect(unpadPlain(padded.subarray(0, length))).toBeNull();
  expect(unpadPlain(concatBytes(padded, new Uint8Array(640)))).toBeNull();
});
