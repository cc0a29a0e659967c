import assert from "node:assert/strict";
import { identification, shiftFor } from "./identification.ts";

Deno.test("a parameter that no target moves is not identified, whatever the others are", () => {
  const { parameters, condition, weakest } = identification({ slopes: [[5, 0, 1], [1, 0, 6], [2, 0, 2]] });
  assert.deepEqual(parameters.map(({ verdict }) => verdict), ["alone", "no", "alone"]);
  assert.equal(parameters[1].width, null);
  assert.deepEqual(parameters[1].by, []);
  assert.equal(condition, null);
  assert.deepEqual(weakest.map((x) => Math.round(x * 1e9) / 1e9), [0, 1, 0]);
});

Deno.test("two parameters that act alike are told jointly only, and named with each other", () => {
  const { parameters, correlation } = identification({ slopes: [[5, 10.01], [4, 8], [3, 6]] });
  assert.deepEqual(parameters.map(({ verdict }) => verdict), ["jointly", "jointly"]);
  assert.equal(parameters[0].with?.parameter, 1);
  assert.ok(correlation[0][1] < -0.99);
  const same = identification({ slopes: [[5, 10], [4, 8], [3, 6]] });
  assert.deepEqual(same.parameters.map(({ width }) => width), [null, null]);
  assert.ok(same.correlation[0][1] < -0.999);
});

Deno.test("slopes within their interval count as nothing", () => {
  const slopes = [[5, 2], [1, 3]], halfWidths = [[1, 2.5], [1.5, 4]];
  const { parameters } = identification({ slopes, halfWidths });
  assert.deepEqual(parameters.map(({ verdict }) => verdict), ["alone", "no"]);
  assert.deepEqual(parameters[0].by, [0]);
});

Deno.test("widths are those of the profile: how far a parameter goes for one tolerance while the other gives way", () => {
  const slopes = [[4, 3], [1, 5], [2, 1]];
  const { parameters } = identification({ slopes });
  // The profile by hand: the least squared misses with the first parameter moved by w are w² · (a − b² / c).
  const a = 16 + 1 + 4, b = 12 + 5 + 2, c = 9 + 25 + 1;
  assert.ok(Math.abs(parameters[0].width! - 1 / Math.sqrt(a - b * b / c)) < 1e-12);
  assert.ok(Math.abs(parameters[0].widthAlone! - 1 / Math.sqrt(a)) < 1e-12);
});

Deno.test("fewer targets than parameters leave a direction unseen", () => {
  const { condition, singularValues } = identification({ slopes: [[4, 3]] });
  assert.equal(condition, null);
  assert.equal(singularValues.length, 2);
});

Deno.test("the shift for residuals solves the linear model", () => {
  const slopes = [[4, 3], [1, 5], [2, 1]], wanted = [0.3, -0.2];
  const residuals = slopes.map((row) => -(row[0] * wanted[0] + row[1] * wanted[1]));
  shiftFor(slopes, residuals).forEach((x, j) => assert.ok(Math.abs(x - wanted[j]) < 1e-12));
});

Deno.test("rows of several lengths, or none, are refused", () => {
  assert.throws(() => identification({ slopes: [] }), RangeError);
  assert.throws(() => identification({ slopes: [[1, 2], [1]] }), RangeError);
});
