import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalJson, canonicalStrict } from "./canonical.ts";

Deno.test("canonicalJson() sorts keys by UTF-16 code unit, not by code point or language", () => {
  // RFC 8785, section 3.2.3, sorting example.
  const value = {
    "\u20ac": "Euro Sign",
    "\r": "Carriage Return",
    "\ufb33": "Hebrew Letter Dalet With Dagesh",
    "1": "One",
    "\ud83d\ude00": "Emoji: Grinning Face",
    "\u0080": "Control",
    "\u00f6": "Latin Small Letter O With Diaeresis",
  };
  assert.deepEqual(Object.values(JSON.parse(canonicalJson(value))).length, 7);
  assert.equal(
    canonicalJson(value),
    '{"\\r":"Carriage Return","1":"One","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis",' +
      '"\u20ac":"Euro Sign","\ud83d\ude00":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
  );
});

Deno.test("canonicalJson() sorts keys that look like numbers as text", () => {
  assert.equal(canonicalJson({ 10: "b", 9: "c", 1: "a" }), '{"1":"a","10":"b","9":"c"}');
});

Deno.test("canonicalJson() writes numbers as RFC 8785, appendix B, prints them", () => {
  const cases: [string, string][] = [
    ["0000000000000000", "0"],
    ["8000000000000000", "0"],
    ["0000000000000001", "5e-324"],
    ["8000000000000001", "-5e-324"],
    ["7fefffffffffffff", "1.7976931348623157e+308"],
    ["ffefffffffffffff", "-1.7976931348623157e+308"],
    ["4340000000000000", "9007199254740992"],
    ["c340000000000000", "-9007199254740992"],
    ["4430000000000000", "295147905179352830000"],
    ["44b52d02c7e14af5", "9.999999999999997e+22"],
    ["44b52d02c7e14af6", "1e+23"],
    ["44b52d02c7e14af7", "1.0000000000000001e+23"],
    ["444b1ae4d6e2ef4e", "999999999999999700000"],
    ["444b1ae4d6e2ef50", "1e+21"],
    ["3eb0c6f7a0b5ed8c", "9.999999999999997e-7"],
    ["3eb0c6f7a0b5ed8d", "0.000001"],
    ["41b3de4355555555", "333333333.3333333"],
  ];
  const view = new DataView(new ArrayBuffer(8));
  for (const [hex, expected] of cases) {
    view.setBigUint64(0, BigInt(`0x${hex}`));
    assert.equal(canonicalJson(view.getFloat64(0)), expected, hex);
  }
});

Deno.test("canonicalJson() escapes as the RFC asks: short forms, then lower-case hexadecimal, nothing else", () => {
  assert.equal(
    canonicalJson('\u20ac$\u000f\nA\'B"\\\\"/\u007f\b\t\f\r'),
    '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/\u007f\\b\\t\\f\\r"',
  );
});

Deno.test("canonicalJson() refuses what JSON cannot say and names the place", () => {
  const cycle: { a: { b?: unknown } } = { a: {} };
  cycle.a.b = cycle;
  const cases: [unknown, ErrorConstructor, RegExp][] = [
    [{ a: [1, NaN] }, RangeError, /\$\.a\[1\] is NaN/],
    [{ a: { "b c": Infinity } }, RangeError, /\$\.a\["b c"\] is Infinity/],
    [-Infinity, RangeError, /\$ is -Infinity/],
    [{ a: undefined }, TypeError, /\$\.a is of type undefined/],
    [[1, , 2], TypeError, /\$\[1\] is of type undefined/],
    [{ a: 1n }, TypeError, /\$\.a is of type bigint/],
    [{ a: () => 1 }, TypeError, /\$\.a is of type function/],
    [{ a: new Map() }, TypeError, /\$\.a is a Map/],
    [{ a: new Float64Array(2) }, TypeError, /\$\.a is a Float64Array/],
    [new Date(0), TypeError, /\$ is a Date/],
    [cycle, TypeError, /\$\.a\.b contains itself/],
    [["\ud83d"], SyntaxError, /\$\[0\] holds "\\ud83d"/],
    [{ "\udead": 1 }, SyntaxError, /lone surrogate/],
  ];
  for (const [value, constructor, message] of cases) {
    assert.throws(() => canonicalJson(value), (error: Error) => {
      assert.ok(error instanceof constructor, `${error.name}: ${error.message}`);
      assert.match(error.message, message);
      return true;
    });
    assert.throws(() => canonicalStrict(value), constructor);
  }
});

Deno.test("the same object twice is no cycle, and an object without prototype is plain", () => {
  const one = { a: 1 };
  assert.equal(
    canonicalJson([one, one, Object.assign(Object.create(null), one)]),
    '[{"a":1},{"a":1},{"a":1}]',
  );
});

Deno.test("canonicalStrict() refuses -0 and whole numbers beyond 2^53 - 1, which canonicalJson() writes", () => {
  for (const n of [-0, 2 ** 53, -(2 ** 53), 1e300]) {
    assert.doesNotThrow(() => canonicalJson({ a: n }));
    assert.throws(() => canonicalStrict({ world: { a: [0, n] } }), (error: Error) => {
      assert.ok(error instanceof RangeError);
      assert.match(error.message, /\$\.world\.a\[1\]/);
      return true;
    });
  }
  const allowed = { a: 2 ** 53 - 1, b: -(2 ** 53 - 1), c: 0.1, d: 1e-300, e: "-0" };
  assert.equal(canonicalStrict(allowed), canonicalJson(allowed));
});

Deno.test("canonicalJson() reads back as the data, whatever the order in which keys were added", () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "binary" }), fc.infiniteStream(fc.nat()), (value, picks) => {
      const written = canonicalJson(value);
      assert.deepEqual(JSON.parse(written), JSON.parse(JSON.stringify(value)));
      assert.equal(canonicalJson(shuffled(value, () => picks.next().value)), written);
      assert.equal(canonicalJson(JSON.parse(written)), written);
    }),
    { seed: 8785, numRuns: 300 },
  );
});

/** The same data with the keys of every object added in another order. */
function shuffled(value: unknown, pick: () => number): unknown {
  if (Array.isArray(value)) return value.map((inner) => shuffled(inner, pick));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([key, inner]) => ({ key, inner, rank: pick() }));
  entries.sort((a, b) => a.rank - b.rank);
  return Object.fromEntries(entries.map(({ key, inner }) => [key, shuffled(inner, pick)]));
}
