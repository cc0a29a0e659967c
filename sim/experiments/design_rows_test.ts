import assert from "node:assert/strict";
import fc from "fast-check";
import type { Axis, DesignTerms } from "#/scenarios/sweep_schema.ts";
import { designRows, rowCount, unitPoints, valueAt } from "./design_rows.ts";

const ranged = (name: string, range: Axis["range"]): Axis => ({
  name,
  title: "an axis",
  path: name,
  values: [],
  range,
});
const listed = (name: string, values: Axis["values"]): Axis => ({
  name,
  title: "an axis",
  path: name,
  values,
});
const axes = [
  ranged("a", { low: 0, high: 10 }),
  listed("b", ["x", "y", "z"]),
  ranged("c", { low: 1, high: 1e6, scale: "log" }),
];

const designs: DesignTerms[] = [
  { kind: "latinHypercube", rows: 12 },
  { kind: "sobol", rows: 16 },
  { kind: "sobol", rows: 16, scrambled: false },
  { kind: "halton", rows: 9 },
  { kind: "saltelli", baseRows: 8 },
  { kind: "saltelli", baseRows: 8, pairs: true },
  { kind: "morris", paths: 5 },
  { kind: "fast", rows: 65 },
  { kind: "finiteDifferences", baseRows: 8 },
  { kind: "finiteDifferences", baseRows: 8, step: 0.5 },
];

for (const design of designs) {
  Deno.test(`${JSON.stringify(design)}: as many rows as announced, each value within its range or list`, () => {
    const rows = [...designRows({ axes, design, seed: "s" })];
    assert.equal(rows.length, rowCount({ axes, design }));
    for (const { a, b, c } of rows) {
      assert.ok(typeof a === "number" && a >= 0 && a <= 10);
      assert.ok(["x", "y", "z"].includes(String(b)));
      assert.ok(typeof c === "number" && c >= 1 && c <= 1e6);
    }
  });

  Deno.test(`${JSON.stringify(design)}: twice the size begins with the same rows`, () => {
    const twice = { ...design } as Record<string, number | string>;
    for (const key of ["rows", "baseRows", "paths"]) if (key in twice) twice[key] = 2 * Number(twice[key]);
    if (design.kind === "fast") return; // Its blocks are as long as its rows: another length is another design.
    const rows = [...designRows({ axes, design, seed: "s" })];
    const more = [...designRows({ axes, design: twice as unknown as DesignTerms, seed: "s" })];
    assert.deepEqual(more.slice(0, rows.length), rows);
    assert.equal(more.length, 2 * rows.length);
  });
}

Deno.test("factorial, one at a time and list: the rows that a person would write down", () => {
  const two = [listed("a", [1, 2]), listed("b", [5, 6, 7])];
  const of = (design: DesignTerms) =>
    [...designRows({ axes: two, design, seed: "s" })].map(({ a, b }) => `${a}${b}`);
  assert.deepEqual(of({ kind: "factorial" }), ["15", "16", "17", "25", "26", "27"]);
  assert.deepEqual(of({ kind: "oneAtATime" }), ["15", "25", "16", "17"]);
  assert.deepEqual(of({ kind: "list", points: [{ b: 9, a: 4 }] }), ["49"]);
  for (const design of [{ kind: "factorial" }, { kind: "oneAtATime" }] as DesignTerms[]) {
    assert.equal(rowCount({ axes: two, design }), of(design).length);
  }
});

Deno.test("the seed phrase moves a sampled design, and nothing but the phrase does", () => {
  const points = (seed: string) => unitPoints({ axes, design: { kind: "sobol", rows: 8 }, seed });
  assert.deepEqual(points("one"), points("one"));
  assert.notDeepEqual(points("one"), points("two"));
  assert.throws(() => unitPoints({ axes, design: { kind: "factorial" }, seed: "s" }), /draws no points/);
});

Deno.test("a stepped range gives each step the same share, both ends included, in decimals as people write them", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.constantFrom(1, 2, 0.1, 0.25, 5),
      fc.integer({ min: -20, max: 20 }),
      (steps, step, low) => {
        const axis = ranged("a", { low, high: low + steps * step, step });
        const counts = new Map<unknown, number>(), each = 20, draws = (steps + 1) * each;
        for (let i = 0; i < draws; i++) {
          const value = valueAt(axis, (i + 0.5) / draws);
          counts.set(value, (counts.get(value) ?? 0) + 1);
          assert.ok(String(value).length < 8, String(value));
        }
        assert.equal(counts.size, steps + 1);
        assert.ok([...counts.values()].every((count) => count === each));
        assert.equal(valueAt(axis, 0), low);
      },
    ),
    { seed: 5, numRuns: 100 },
  );
});

Deno.test("a logarithmic range is even in its logarithm and keeps to whole steps", () => {
  const axis = ranged("a", { low: 10, high: 100_000, scale: "log", step: 1 });
  assert.deepEqual([0, 0.25, 0.5, 0.75, 1].map((u) => valueAt(axis, u)), [10, 100, 1_000, 10_000, 100_000]);
  assert.ok(Number.isInteger(valueAt(axis, 0.123)));
});
