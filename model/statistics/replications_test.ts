import assert from "node:assert/strict";
import { meanHalfWidth } from "./interval.ts";
import { precision, replicationsForHalfWidth } from "./replications.ts";

Deno.test("replicationsForHalfWidth() is the smallest n whose normal half-width fits", () => {
  assert.equal(replicationsForHalfWidth(10, 1), 385);
  assert.equal(replicationsForHalfWidth(Math.sqrt(0.01 * 0.99), 0.002), 9_508);
  for (const [sd, halfWidth] of [[1, 0.37], [250, 3], [0.01, 0.0002]]) {
    const n = replicationsForHalfWidth(sd, halfWidth);
    assert.ok(1.959963984540054 * sd / Math.sqrt(n) <= halfWidth);
    assert.ok(1.959963984540054 * sd / Math.sqrt(n - 1) > halfWidth);
  }
});

Deno.test("an outcome that does not vary needs one replication, and more confidence needs more", () => {
  assert.equal(replicationsForHalfWidth(0, 1), 1);
  assert.ok(replicationsForHalfWidth(10, 1, { confidence: 0.99 }) > replicationsForHalfWidth(10, 1));
});

Deno.test("precision() stops at g / (1 + g), not at g", () => {
  const halfWidth = meanHalfWidth(Math.sqrt(0.19), 10);
  const { relativeHalfWidth, isEnough } = precision({ mean: 1.07, halfWidth }, { relativeError: 0.1 });
  assert.equal(relativeHalfWidth.toFixed(6), "0.291418"); // Law and Kelton's example of ten replications
  assert.equal(isEnough, false);
  assert.equal(precision({ mean: -100, halfWidth: 9 }, { relativeError: 0.1 }).isEnough, true);
  assert.equal(precision({ mean: -100, halfWidth: 9.5 }, { relativeError: 0.1 }).isEnough, false);
});

Deno.test("a mean of zero is never precise unless it has no width at all", () => {
  assert.equal(precision({ mean: 0, halfWidth: 1 }, { relativeError: 0.1 }).isEnough, false);
  assert.equal(precision({ mean: 0, halfWidth: 0 }, { relativeError: 0.1 }).isEnough, true);
});

Deno.test("plans of replications refuse widths and errors that are not positive", () => {
  assert.throws(() => replicationsForHalfWidth(-1, 1), { name: "RangeError", message: /-1/ });
  assert.throws(() => replicationsForHalfWidth(NaN, 1), RangeError);
  assert.throws(() => replicationsForHalfWidth(1, 0), { name: "RangeError", message: /half-width of 0/ });
  assert.throws(() => precision({ mean: 1, halfWidth: 1 }, { relativeError: 0 }), RangeError);
});
