import assert from "node:assert/strict";
import fc from "fast-check";
import { sobolPoints } from "#/model/statistics/designs/sobol.ts";
import { boxOf, type Column, quasiP, quasiPOfEnds, sampleOf, within } from "./box.ts";
import { chosenBox, prim } from "./prim.ts";
import { limitStability } from "./stability.ts";
import { explainedShare, growTree, type TreeNode, treeValue } from "./tree.ts";

/** A sample of even points with so many inputs. */
function sample(rows: number, dims: number, seed: readonly [number, number] = [3, 5]): Column[] {
  const points = sobolPoints({ rows, dims, seed });
  return Array.from({ length: dims }, (_, d) => ({
    name: `x${d}`,
    values: Float64Array.from({ length: rows }, (_, row) => points[row * dims + d]),
  }));
}

const inBox = (columns: Column[], row: number) =>
  columns[0].values[row] > 0.55 && columns[1].values[row] < 0.4;

Deno.test("PRIM finds the box that was planted among inputs that do not matter", () => {
  const columns = sample(1_024, 5),
    is = Uint8Array.from({ length: 1_024 }, (_, row) => inBox(columns, row) ? 1 : 0);
  const { box } = chosenBox(prim(columns, is).trajectory, 0.98);
  assert.ok(box.density >= 0.98 && box.coverage > 0.85, `density ${box.density}, coverage ${box.coverage}`);
  assert.ok(Math.abs(box.limits[0]!.low - 0.55) < 0.04 && Math.abs(box.limits[1]!.high - 0.4) < 0.04);
  assert.deepEqual(box.limits.slice(2), [undefined, undefined, undefined]);
  const p = quasiP(sampleOf(columns, is), box);
  assert.ok(p[0] < 1e-6 && p[1] < 1e-6 && p.slice(2).every(Number.isNaN));
});

Deno.test("each box of a trajectory holds what its limits say, peels shrink it and pastes widen it at a gain", () => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.integer({ min: 60, max: 300 }), (word, rows) => {
      const columns = sample(rows, 3, [word, 1]);
      const is = Uint8Array.from({ length: rows }, (_, row) => {
        const [a, b] = columns.map(({ values }) => values[row]);
        return a * a + b > 1.1 ? 1 : 0;
      });
      const { trajectory, peeled } = prim(columns, is), whole = sampleOf(columns, is);
      for (const [i, box] of trajectory.entries()) {
        const counted = boxOf(whole, box.limits);
        assert.deepEqual([counted.rows, counted.hits], [box.rows, box.hits], `box ${i}`);
        if (i === 0) continue;
        const before = trajectory[i - 1];
        if (i < peeled) assert.ok(box.rows < before.rows && box.mass >= 0.05);
        else assert.ok(box.rows > before.rows && box.density > before.density);
      }
    }),
    { seed: 7, numRuns: 60 },
  );
});

Deno.test("a paste takes back rows that greedy peels gave up", () => {
  const columns = sample(400, 4, [11, 2]);
  const is = Uint8Array.from({ length: 400 }, (_, row) => {
    const [a, b, c] = columns.map(({ values }) => values[row]);
    // Three in four of those inside, without order.
    return a > 0.6 && b > 0.5 && c * 977 % 1 < 0.75 ? 1 : 0;
  });
  const pasted = Array.from(
    { length: 8 },
    (_, i) => prim(columns, is, { peelShare: 0.1 + i * 0.03, massMin: 0.06 }),
  );
  assert.ok(
    pasted.some(({ trajectory, peeled }) => trajectory.length > peeled),
    "no paste in eight searches",
  );
});

Deno.test("a category is peeled value by value", () => {
  const values = Array.from({ length: 300 }, (_, row) => row % 3);
  const noise = sample(300, 1)[0];
  const { trajectory } = prim(
    [noise, { name: "rule", values, kind: "category" }],
    values.map((code) => code === 2),
  );
  const { box } = chosenBox(trajectory, 1);
  assert.deepEqual([box.limits[1]!.codes, box.density, box.coverage], [[2], 1, 1]);
});

Deno.test("resamples find the planted limits again and again, and limits on noise seldom", () => {
  const columns = sample(512, 4),
    is = Uint8Array.from({ length: 512 }, (_, row) => inBox(columns, row) ? 1 : 0);
  const { limits, resamples } = limitStability(columns, is, { densityMin: 0.9, resamples: 20, seed: [1, 2] });
  assert.equal(resamples, 20);
  const of = (name: string, end: string) => limits.find((one) => one.name === name && one.end === end)!;
  assert.ok(of("x0", "low").share === 1 && Math.abs(of("x0", "low").median - 0.55) < 0.06);
  assert.ok(of("x1", "high").share === 1 && of("x1", "high").low <= of("x1", "high").high);
  assert.ok(of("x2", "low").share < 0.5 && of("x3", "high").share < 0.5);
});

Deno.test("samples and shares that cannot be are refused by name", () => {
  const columns = sample(32, 1), is = Uint8Array.from({ length: 32 }, (_, row) => row % 2);
  const refused = (make: () => unknown, text: RegExp) =>
    assert.throws(make, { name: "RangeError", message: text });
  refused(() => prim(columns, new Uint8Array(32)), /0 of 32 rows are of interest/);
  refused(() => prim(columns, new Uint8Array(32).fill(1)), /32 of 32/);
  refused(() => prim([{ name: "rate", values: [1, 2] }], is), /"rate" has 2 values, the sample 32 rows/);
  refused(() => prim([{ name: "rate", values: new Array(32).fill(NaN) }], is), /"rate" is NaN in row 0/);
  refused(
    () => prim([{ name: "kind", values: new Array(32).fill(0.5), kind: "category" }], is),
    /whole codes/,
  );
  refused(() => prim(columns, is, { peelShare: 0.7 }), /share of a peel is 0\.7/);
  refused(() => prim(columns.slice(0, 0), is), /0 as inputs/);
  refused(() => growTree([{ name: "x", values: [1] }], [1, 2]), /"x" has 1 values, the sample 2 rows/);
  refused(() => growTree(columns, is, { depthMax: 31 }), /31 as depth/);
});

const leaves = (node: TreeNode): TreeNode[] =>
  node.cut ? [...leaves(node.cut.below), ...leaves(node.cut.rest)] : [node];

Deno.test("a tree's leaves part the sample, its squares never grow, and it says the mean of its leaf", () => {
  fc.assert(
    fc.property(
      fc.nat(1_000),
      fc.integer({ min: 30, max: 200 }),
      fc.integer({ min: 0, max: 5 }),
      (word, rows, depthMax) => {
        const columns = sample(rows, 3, [word, 4]);
        const y = Float64Array.from(
          { length: rows },
          (_, row) => columns[0].values[row] > 0.5 ? columns[1].values[row] : 3,
        );
        const tree = growTree(columns, y, { depthMax, rowsMin: 5, gainMin: 0 });
        assert.equal(leaves(tree).reduce((sum, leaf) => sum + leaf.rows, 0), rows);
        assert.ok(leaves(tree).every((leaf) => leaf.rows >= 5 || leaf === tree));
        const own = y.reduce((sum, value, row) => sum + (value - treeValue(tree, columns, row)) ** 2, 0);
        const left = leaves(tree).reduce((sum, leaf) => sum + leaf.squares, 0);
        assert.ok(Math.abs(own - left) < 1e-9 && left <= tree.squares + 1e-9);
        assert.ok(explainedShare(tree) >= -1e-12 && explainedShare(tree) <= 1);
      },
    ),
    { seed: 8, numRuns: 60 },
  );
});

Deno.test("a tree cuts at the best place over all inputs, a category one code against the rest", () => {
  const columns = sample(200, 2), codes = Array.from({ length: 200 }, (_, row) => row % 4);
  const y = codes.map((code) => code === 1 ? 10 : 0);
  const { cut } = growTree([...columns, { name: "rule", values: codes, kind: "category" }], y, {
    rowsMin: 5,
  });
  assert.deepEqual([cut!.column, cut!.at, cut!.below.mean, cut!.rest.mean], [2, 1, 10, 0]);
  const last = codes.map((code) => code === 3 ? 10 : 0);
  assert.equal(growTree([{ name: "rule", values: codes, kind: "category" }], last).cut!.at, 3);
});

Deno.test("limits hold both of their ends", () => {
  assert.ok(
    within(1, { low: 1, high: 2 }) && within(2, { low: 1, high: 2 }) && !within(2.1, { low: 1, high: 2 }),
  );
  assert.ok(
    within(5, undefined) && within(3, { low: 0, high: 9, codes: [3] }) &&
      !within(4, { low: 0, high: 9, codes: [3] }),
  );
});

Deno.test("each objective takes its own best peel, and the plain one gives up a whole value of few", () => {
  // 100 hits in 200 rows: 4 of them in the 40 rows of the first input's last value, none in the second input's lowest 10.
  const rows = 200, few = Array.from({ length: rows }, (_, row) => row % 5);
  const fine = Array.from({ length: rows }, (_, row) => row);
  let others = 0;
  const is = few.map((value, row) => {
    if (row < 10) return 0;
    return value === 4 ? Number(row >= 184) : Number(others++ * 96 % 152 < 96);
  });
  const columns = [{ name: "few", values: few }, { name: "fine", values: fine }];
  const first = (objective: "lenient1" | "lenient2" | "original") => {
    const { limits, rows } = prim(columns, is, { objective }).trajectory[1];
    return { input: limits.findIndex(Boolean), rows };
  };
  assert.deepEqual(first("lenient1"), { input: 1, rows: 190 });
  assert.deepEqual(first("lenient2"), { input: 1, rows: 190 });
  assert.deepEqual(first("original"), { input: 0, rows: 160 });
  assert.deepEqual(prim(columns, is), prim(columns, is, { objective: "lenient1" }));
});

Deno.test("peeling ends where no peel is a gain: a box of nothing but hits is not made smaller", () => {
  const columns = sample(400, 3), is = columns[0].values as Float64Array;
  const { trajectory, peeled } = prim(columns, Array.from(is, (x) => x > 0.7), { peelShare: 0.1 });
  const pure = trajectory.filter(({ density }) => density === 1);
  assert.deepEqual([pure.length, pure[0] === trajectory[peeled - 1]], [1, true]);
});

Deno.test("each end of a limit has a chance of its own, and an end at the sample's own has none", () => {
  // Ten rows of each value; those of 3 and 4 are of interest, and half of those of 5.
  const values = Array.from({ length: 100 }, (_, row) => row % 10);
  const sample = sampleOf(
    [{ name: "x", values }],
    values.map((x, row) => x === 3 || x === 4 || x === 5 && row < 50),
  );
  const both = boxOf(sample, [{ low: 3, high: 4 }]), upper = boxOf(sample, [{ low: 0, high: 4 }]);
  const [ends] = quasiPOfEnds(sample, both), [one] = quasiPOfEnds(sample, upper);
  // All 20 of 20: with density 20/50 below 4.5, with density 25/70 above 2.5.
  assert.ok(Math.abs(ends!.low / 0.4 ** 20 - 1) < 1e-9, `${ends!.low}`);
  assert.ok(Math.abs(ends!.high / (25 / 70) ** 20 - 1) < 1e-9, `${ends!.high}`);
  assert.ok(Number.isNaN(one!.low) && one!.high === quasiP(sample, upper)[0]);
  assert.deepEqual(quasiPOfEnds(sample, boxOf(sample, [undefined])), [undefined]);
});

Deno.test("of cuts that are equal but for rounding a tree takes the first input's", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(9), fc.nat(1)), { minLength: 40, maxLength: 90 }), (rows) => {
      const values = rows.map(([x]) => x), y = rows.map(([, is]) => is);
      const mirrored = values.map((x) => 9 - x);
      const tree = growTree([{ name: "x", values }, { name: "9 - x", values: mirrored }], y, {
        ...{ depthMax: 1, rowsMin: 3, gainMin: 0 },
      });
      assert.equal(tree.cut?.column ?? 0, 0);
    }),
    { seed: 12, numRuns: 300 },
  );
});
