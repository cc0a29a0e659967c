import assert from "node:assert/strict";
import fc from "fast-check";
import { jackknife } from "./jackknife.ts";

Deno.test("of a mean, with as many groups as rows, the standard error is the classical one", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 3, maxLength: 40 }),
      (values) => {
        const mean = (rows: Uint32Array) => rows.reduce((sum, row) => sum + values[row], 0) / rows.length;
        const { value, standardError } = jackknife(values.length, mean, { groups: values.length });
        const n = values.length, squares = values.reduce((sum, one) => sum + (one - value) ** 2, 0);
        assert.ok(Math.abs(standardError - Math.sqrt(squares / (n - 1) / n)) < 1e-9 * (1 + standardError));
      },
    ),
    { seed: 61, numRuns: 200 },
  );
});

Deno.test("each row is left out exactly once", () => {
  const left = new Uint32Array(103);
  jackknife(103, (rows) => {
    if (rows.length < 103) { for (let row = 0; row < 103; row++) if (!rows.includes(row)) left[row]++; }
    return rows.length;
  }, { groups: 20 });
  assert.deepEqual(left, new Uint32Array(103).fill(1));
});

Deno.test("too few rows or groups are refused", () => {
  assert.throws(() => jackknife(5, () => 0, { groups: 1 }), /Cannot leave out 1 groups of 5 rows/);
  assert.throws(() => jackknife(5, () => 0, { groups: 6 }), /Cannot leave out 6 groups of 5 rows/);
});
