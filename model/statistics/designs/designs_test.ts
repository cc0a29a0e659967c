import assert from "node:assert/strict";
import fc from "fast-check";
import { type Discrepancy, discrepancy } from "./discrepancy.ts";
import { haltonPoints } from "./halton.ts";
import { isLatin, isOrthogonal, latinHypercube } from "./latin_hypercube.ts";
import { morrisPaths } from "./morris.ts";
import { saltelliBlock, saltelliDesign } from "./saltelli.ts";
import { sobolPoints } from "./sobol.ts";

type Design = (rows: number, dims: number, seed: readonly [number, number]) => Float64Array;
const seeds = fc.tuple(fc.nat(2 ** 32 - 1), fc.nat(2 ** 32 - 1));

/** Designs that grow by rows, with the rows that a design of so many units has. */
const growing: Record<string, { make: Design; doubles: boolean }> = {
  "plain Sobol'": { make: (rows, dims) => sobolPoints({ rows, dims }), doubles: false },
  "scrambled Sobol'": { make: (rows, dims, seed) => sobolPoints({ rows, dims, seed }), doubles: false },
  "plain Halton": { make: (rows, dims) => haltonPoints({ rows, dims }), doubles: false },
  "scrambled Halton": { make: (rows, dims, seed) => haltonPoints({ rows, dims, seed }), doubles: false },
  "Latin hypercube": { make: (rows, dims, seed) => latinHypercube({ rows, dims, seed }), doubles: true },
  "Saltelli": { make: (baseRows, dims, seed) => saltelliDesign({ baseRows, dims, seed }), doubles: false },
  "Saltelli with pairs": {
    make: (baseRows, dims, seed) => saltelliDesign({ baseRows, dims, isSecondOrder: true, seed }),
    doubles: false,
  },
  "Morris": { make: (paths, dims, seed) => morrisPaths({ paths, dims, seed }), doubles: false },
};

for (const [name, { make, doubles }] of Object.entries(growing)) {
  Deno.test(`${name}: a design of twice the size begins with the smaller one, number by number`, () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 1, max: 9 }),
        seeds,
        (rows, dims, seed) => {
          const small = make(rows, dims, seed), large = make(2 * rows, dims, seed);
          assert.equal(large.length, 2 * small.length);
          assert.deepEqual(large.subarray(0, small.length), small);
          if (doubles) return;
          const next = make(rows + 1, dims, seed);
          assert.deepEqual(next.subarray(0, small.length), small);
        },
      ),
      { seed: 1, numRuns: 60 },
    );
  });

  Deno.test(`${name}: all numbers lie in the unit cube, and the same seed gives the same design`, () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 12 }),
        seeds,
        (rows, dims, seed) => {
          const points = make(rows, dims, seed);
          assert.ok(points.every((x) => x >= 0 && x <= 1 && (name === "Morris" || x < 1)));
          assert.deepEqual(make(rows, dims, seed), points);
        },
      ),
      { seed: 2, numRuns: 60 },
    );
  });
}

Deno.test("every power of two of Sobol' points is a Latin hypercube, scrambled or not, in all 64 dimensions", () => {
  for (const seed of [undefined, [3, 4], [5, 6]] as const) {
    for (const rows of [2, 64, 512]) {
      assert.ok(
        isLatin(sobolPoints({ rows, dims: 64, seed }), { rows, dims: 64 }),
        `${rows} rows, seed ${seed}`,
      );
    }
  }
});

Deno.test("scrambling keeps the net: 256 points of two dimensions have one in each cell of 16 by 16", () => {
  assert.ok(isOrthogonal(sobolPoints({ rows: 256, dims: 2 }), { rows: 256, dims: 2, levels: 16 }));
  for (let word = 0; word < 40; word++) {
    const points = sobolPoints({ rows: 256, dims: 2, seed: [word, 9] });
    assert.ok(isOrthogonal(points, { rows: 256, dims: 2, levels: 16 }), `seed ${word}`);
  }
});

Deno.test("scrambled points are where chance would put them: each mean over seeds is near a half", () => {
  const seedsOf = 400, sums = new Float64Array(8 * 5);
  for (let word = 0; word < seedsOf; word++) {
    sobolPoints({ rows: 8, dims: 5, seed: [word, word ^ 77] }).forEach((x, i) => sums[i] += x);
  }
  // The deviation of a mean of 400 uniform numbers is 0.0144.
  assert.ok(
    sums.every((sum) => Math.abs(sum / seedsOf - 0.5) < 0.0144 * 4.5),
    `${sums.map((sum) => sum / seedsOf)}`,
  );
});

Deno.test("other seeds give other designs", () => {
  for (const [name, { make }] of Object.entries(growing)) {
    if (name.startsWith("plain")) continue;
    assert.notDeepEqual(make(16, 3, [1, 2]), make(16, 3, [1, 3]), name);
    assert.notDeepEqual(make(16, 3, [1, 2]), make(16, 3, [2, 2]), name);
  }
});

Deno.test("every Latin hypercube has one point in each stratum of each column", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 6 }),
      seeds,
      (rows, dims, seed) => {
        assert.ok(isLatin(latinHypercube({ rows, dims, seed }), { rows, dims }));
      },
    ),
    { seed: 3, numRuns: 150 },
  );
});

Deno.test("a column with two points in a stratum, or a number too few, is no Latin hypercube", () => {
  assert.ok(!isLatin([0.1, 0.2], { rows: 2, dims: 1 }));
  assert.ok(!isLatin([0.1, 1], { rows: 2, dims: 1 }));
  assert.ok(!isLatin([0.1], { rows: 2, dims: 1 }));
});

Deno.test("a Saltelli block holds A, each mixture with one column of B, and B", () => {
  const dims = 3, points = saltelliDesign({ baseRows: 5, dims, isSecondOrder: true, seed: [1, 2] });
  const block = saltelliBlock(dims, true);
  assert.equal(points.length, 5 * block * dims);
  const row = (k: number) => [...points.subarray((4 * block + k) * dims, (4 * block + k + 1) * dims)];
  const a = row(0), b = row(block - 1);
  assert.notDeepEqual(a, b);
  for (let i = 0; i < dims; i++) {
    assert.deepEqual(row(1 + i), a.map((x, d) => d === i ? b[d] : x));
    assert.deepEqual(row(1 + dims + i), b.map((x, d) => d === i ? a[d] : x));
  }
});

Deno.test("on a Morris path each input moves once, by half the levels, and stays on the grid", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.constantFrom(4, 6, 8, 10), seeds, (dims, levels, seed) => {
      const points = morrisPaths({ paths: 3, dims, levels, seed });
      for (let path = 0; path < 3; path++) {
        const moved: number[] = [];
        for (let k = 1; k <= dims; k++) {
          const at = (path * (dims + 1) + k) * dims;
          for (let d = 0; d < dims; d++) {
            const step = Math.abs(points[at + d] - points[at - dims + d]) * (levels - 1);
            if (step > 1e-9) {
              moved.push(d);
              assert.ok(Math.abs(step - levels / 2) < 1e-9);
            }
            assert.ok(
              Math.abs(points[at + d] * (levels - 1) % 1) < 1e-9 ||
                points[at + d] * (levels - 1) % 1 > 1 - 1e-9,
            );
          }
        }
        assert.deepEqual(moved.toSorted(), Array.from({ length: dims }, (_, d) => d));
      }
    }),
    { seed: 4, numRuns: 100 },
  );
});

Deno.test("every measure of discrepancy finds Sobol' points more even than a diagonal of as many", () => {
  const rows = 64, dims = 2;
  const diagonal = Float64Array.from({ length: rows * dims }, (_, i) => (Math.floor(i / dims) + 0.5) / rows);
  for (const kind of ["centred", "wraparound", "mixture", "l2star"] as Discrepancy[]) {
    const even = discrepancy(sobolPoints({ rows, dims }), { rows, dims, kind });
    assert.ok(even < discrepancy(diagonal, { rows, dims, kind }) / 2, kind);
  }
});

Deno.test("a design that cannot be is refused with the number and what is allowed", () => {
  const refused = (make: () => unknown, text: RegExp) =>
    assert.throws(make, { name: "RangeError", message: text });
  refused(() => sobolPoints({ rows: 8, dims: 65 }), /65 as dimensions of a Sobol' design: .*from 1 to 64/);
  refused(() => sobolPoints({ rows: 0, dims: 2 }), /0 as rows/);
  refused(() => sobolPoints({ rows: 1.5, dims: 2 }), /1\.5 as rows/);
  refused(() => haltonPoints({ rows: 8, dims: 0 }), /0 as dimensions/);
  refused(() => latinHypercube({ rows: NaN, dims: 1, seed: [1, 2] }), /NaN as rows/);
  refused(
    () => saltelliDesign({ baseRows: 8, dims: 33 }),
    /33 as dimensions of a Saltelli design: .*1 to 32/,
  );
  refused(() => morrisPaths({ paths: 2, dims: 2, levels: 5, seed: [1, 2] }), /even/);
  refused(() => discrepancy([0.5], { rows: 2, dims: 1, kind: "centred" }), /has 2 numbers, not 1/);
  refused(() => discrepancy([0.5, 1.5], { rows: 2, dims: 1, kind: "centred" }), /number 1 is 1\.5/);
});
