import assert from "node:assert/strict";
import type { Axis, DesignTerms } from "#/scenarios/sweep_schema.ts";
import { analyse } from "#/sim/experiments/analyse.ts";
import { designRows } from "#/sim/experiments/design_rows.ts";
import { discover, readCondition } from "#/sim/experiments/discover.ts";
import type { SweepTable } from "#/sim/experiments/read.ts";
import { methodsFor, outcomeByRow, sensitivityOf } from "#/sim/experiments/sensitivity.ts";

const levers = [
  { name: "a", title: "What matters most", path: "p.a", values: [], range: { low: 0, high: 1 } },
  { name: "b", title: "What matters less", path: "p.b", values: [], range: { low: 0, high: 10 } },
  { name: "c", title: "What does not", path: "p.c", values: ["x", "y", "z"] },
];

/** A sweep of a made-up outcome: loss = 4 a + 0.2 b in the first scenario, twice that in the second. */
function made(
  design: DesignTerms,
  { missing = [] as number[], shuffle = false, axes = levers as Axis[] } = {},
): SweepTable {
  const base = ["closed", "open"];
  const rows = [...designRows({ axes, design, seed: "s" })];
  let points = rows.flatMap((settings, row) =>
    base.map((scenario) => ({ id: `${scenario}/${row}`, scenario, settings }))
  );
  // Rows that say the same are one point.
  points = [
    ...new Map(points.map((point) => [`${point.scenario}${JSON.stringify(point.settings)}`, point])).values(),
  ];
  if (shuffle) points = points.toReversed();
  const analysis = analyse(points, {
    base,
    outcomes: ["loss"],
    replications: 2,
    found: (id, replication) => {
      const [scenario, row] = id.split("/");
      if (missing.includes(Number(row))) return { status: "failed" };
      const { a, b } = rows[Number(row)] as { a: number; b: number };
      const value = (4 * a + 0.2 * b) * (scenario === "open" ? 2 : 1) + (replication === 0 ? 0.01 : -0.01);
      return { status: "done", outcomes: { loss: { value, unit: "CNY" } } };
    },
  });
  return {
    id: "i",
    name: "made",
    title: "A made-up sweep",
    engine: "e",
    jobs: 0,
    rows: 0,
    failed: 0,
    design: {
      name: "made",
      title: "A made-up sweep",
      base,
      seed: "s",
      shoppers: 100,
      days: 1,
      replications: 2,
      design,
      levers: axes,
      uncertainties: [],
      outcomes: ["loss"],
      heatmap: null,
    },
    points,
    cells: [],
    analysis,
  } as SweepTable;
}

const wanted = { outcome: "loss", scenario: "closed" };
// Variances of the parts: 16 / 12 and 4 / 12.
const exact = [0.8, 0.2, 0];

const designs: { design: DesignTerms; room: number }[] = [
  { design: { kind: "saltelli", baseRows: 256 }, room: 0.03 },
  { design: { kind: "fast", rows: 129 }, room: 0.03 },
  { design: { kind: "latinHypercube", rows: 500 }, room: 0.06 },
  { design: { kind: "sobol", rows: 512 }, room: 0.06 },
  { design: { kind: "halton", rows: 500 }, room: 0.06 },
];

for (const { design, room } of designs) {
  Deno.test(`first-order indices from a ${design.kind} design are the shares of variance`, () => {
    const method = methodsFor(design).includes("rbdFast") ? "rbdFast" as const : undefined;
    const { axes, dropped } = sensitivityOf(made(design), { ...wanted, method });
    assert.equal(dropped, 0);
    for (const [i, { measures }] of axes.entries()) {
      assert.ok(Math.abs(measures.first.value - exact[i]) < room, `${i}: ${measures.first.value}`);
    }
  });
}

Deno.test("the order of results does not matter: rows are joined by what they set", () => {
  const design = { kind: "saltelli", baseRows: 32 } as const;
  assert.deepEqual(
    sensitivityOf(made(design, { shuffle: true }), wanted),
    sensitivityOf(made(design), wanted),
  );
});

Deno.test("failed rows are left out by whole base row or path, and counted", () => {
  const { rows, dropped, axes } = sensitivityOf(
    made({ kind: "saltelli", baseRows: 64 }, { missing: [7] }),
    wanted,
  );
  assert.deepEqual([rows, dropped], [63 * 5, 5]);
  assert.ok(Math.abs(axes[0].measures.first.value - 0.8) < 0.1);
  // Rows that say the same share a run, so every path on which one of them lies is left out.
  const design = { kind: "morris", paths: 10 } as const;
  const said = [...designRows({ axes: levers, design, seed: "s" })].map((settings) =>
    JSON.stringify(settings)
  );
  const hit = new Set(said.flatMap((text, row) => text === said[6] ? [Math.floor(row / 4)] : []));
  const paths = sensitivityOf(made(design, { missing: [said.lastIndexOf(said[6])] }), wanted);
  assert.ok(hit.size < 9);
  assert.deepEqual([paths.rows, paths.dropped], [40 - 4 * hit.size, 4 * hit.size]);
  assert.ok(Math.abs(paths.axes[0].measures.mu.value - 4) < 1e-6);
  assert.throws(
    () => sensitivityOf(made({ kind: "fast", rows: 65 }, { missing: [6] }), wanted),
    /FAST needs every row/,
  );
});

const continuous = levers.slice(0, 2);

Deno.test("delta ranks continuous axes with intervals; lists and coarse ranges are refused by name", () => {
  const table = made({ kind: "latinHypercube", rows: 400 }, { axes: continuous, missing: [9] });
  const { axes: [a, b], rows, dropped } = sensitivityOf(table, { ...wanted, method: "delta", resamples: 50 });
  assert.deepEqual([rows, dropped], [399, 1]);
  assert.ok(a.measures.delta.value > 0.3 && a.measures.delta.value > b.measures.delta.value + 0.2);
  assert.ok(
    a.measures.delta.low! < a.measures.delta.value && a.measures.delta.value < a.measures.delta.high!,
  );
  assert.ok(Math.abs(a.measures.first.value - 0.8) < 0.1);
  assert.throws(
    () => sensitivityOf(made({ kind: "sobol", rows: 64 }), { ...wanted, method: "delta" }),
    { name: "RangeError", message: /Delta asks for axes .*: "c" is a list of values; pawn reads them too/ },
  );
  const coarse = [continuous[0], { ...continuous[1], range: { low: 0, high: 10, step: 2 } }];
  assert.throws(
    () => sensitivityOf(made({ kind: "sobol", rows: 64 }, { axes: coarse }), { ...wanted, method: "delta" }),
    /"b" is a range of 5 steps/,
  );
});

Deno.test("derivatives bound the total index and tell slopes across a range, in steps and on a logarithmic scale too", () => {
  const design = { kind: "finiteDifferences", baseRows: 64 } as const;
  assert.deepEqual(methodsFor(design), ["dgsm"]);
  const table = made(design, { axes: continuous, missing: [4] });
  const { axes: [a, b], rows, dropped } = sensitivityOf(table, { ...wanted, resamples: 50 });
  assert.deepEqual([rows, dropped], [63 * 3, 3]);
  // The outcome is 4 a + 0.2 b, b from 0 to 10.
  assert.ok(Math.abs(a.measures.slope.value - 4) < 1e-6 && Math.abs(b.measures.slope.value - 2) < 1e-6);
  for (const [axis, share] of [[a, 0.8], [b, 0.2]] as const) {
    const { value, low, high } = axis.measures.totalBound;
    assert.ok(value > share && value < 1.5 * share && low! < value && value < high!, `${value} for ${share}`);
  }
  const stepped = [
    { ...continuous[0], range: { low: 0, high: 1, step: 0.011 } },
    { ...continuous[1], range: { low: 1, high: 10, scale: "log" as const } },
  ];
  const { axes: [c, d] } = sensitivityOf(made(design, { axes: stepped }), { ...wanted, resamples: 0 });
  assert.ok(Math.abs(c.measures.slope.value - 4) < 1e-6, `${c.measures.slope.value}`);
  // By the share of the way on the scale, 0.2 b rises by 0.2 b ln 10; the mean of b is 9 / ln 10. A step up of 0.05 sees b grow.
  assert.ok(
    Math.abs(d.measures.slope.value - 1.8 * (1 + 0.025 * Math.log(10))) < 0.05,
    `${d.measures.slope.value}`,
  );
  assert.throws(
    () => sensitivityOf(made(design), wanted),
    /A derivative asks for axes .*"c" is a list of values/,
  );
});

Deno.test("levels and paired differences are different outcomes", () => {
  const table = made({ kind: "morris", paths: 10 });
  const mu = (of: Parameters<typeof sensitivityOf>[1]) => sensitivityOf(table, of).axes[0].measures.mu.value;
  assert.ok(Math.abs(mu({ ...wanted, scenario: "open" }) - 8) < 1e-6);
  assert.ok(Math.abs(mu({ ...wanted, scenario: "open", isDifference: true }) - 4) < 1e-6);
  assert.equal(outcomeByRow(table, wanted).length, 40);
});

Deno.test("what cannot be read is refused with what can", () => {
  const table = made({ kind: "saltelli", baseRows: 8 });
  const refused = (of: Parameters<typeof sensitivityOf>[1], text: RegExp, at = table) =>
    assert.throws(() => sensitivityOf(at, of), { name: "RangeError", message: text });
  refused({ ...wanted, method: "morris" }, /saltelli design cannot be read by morris; allowed are sobol/);
  refused({ ...wanted, outcome: "gmv" }, /no outcome "gmv"; allowed are loss/);
  refused({ ...wanted, scenario: "ope" }, /no scenario "ope"; allowed are closed, open/);
  refused(
    { ...wanted, isDifference: true },
    /"closed" is what differences are taken against; allowed are open/,
  );
  refused(
    wanted,
    /list design cannot be read by any method/,
    made({ kind: "list", points: [{ a: 1, b: 1, c: "x" }] }),
  );
  refused(
    wanted,
    /Too few rows for Sobol' indices: 7 of 8/,
    made({ kind: "saltelli", baseRows: 8 }, { missing: [1] }),
  );
});

Deno.test("discovery finds the corner in which a condition holds, and a tree that cuts what matters first", () => {
  const condition = readCondition("loss >= 4.2"),
    table = made({ kind: "sobol", rows: 512 }, { missing: [3] });
  const found = discover(table, { condition, scenario: "closed", resamples: 10 });
  assert.equal(found.dropped, 1);
  assert.deepEqual(found.limits.map(({ axis }) => axis).slice(0, 2), ["a", "b"]);
  const { density, coverage } = found.trajectory[found.chosen];
  assert.ok(density >= 0.8 && coverage > 0.6, `${density} ${coverage}`);
  assert.equal(found.tree.cut?.axis, "a");
  assert.ok(found.explained > 0.8);
  assert.ok(found.stability.find(({ axis, end }) => axis === "a" && end === "low")!.share > 0.9);
  assert.throws(
    () => discover(table, { condition: readCondition("loss > 99"), scenario: "closed" }),
    /0 of 511 rows/,
  );
});

Deno.test("a condition is an outcome, a comparison and a number", () => {
  assert.deepEqual(readCondition("resultOf.jd<0"), { outcome: "resultOf.jd", comparison: "<", bound: 0 });
  assert.deepEqual(readCondition(" lossBy.jd >= -1.5e3 "), {
    outcome: "lossBy.jd",
    comparison: ">=",
    bound: -1500,
  });
  for (const text of ["", "loss", "loss = 1", "loss > x", "> 1", "loss > 1 > 2"]) {
    assert.throws(() => readCondition(text), { name: "SyntaxError", message: /allowed is an outcome/ }, text);
  }
});
