// A notebook reads sweeps that were run, and runs futures and suites, by the front door alone.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import * as hutong from "#/mod.ts";
import { keepSeries, seriesBytes, seriesFolderOf } from "#/sim/experiments/series.ts";
import { fixture } from "#/sim/experiments/testing/fixture.ts";

const set = { "world.history.shoppers": 200, "world.history.days": 40 };

Deno.test("a sweep that was run is read back: listed, a row a run, what moves it, where a condition holds", async () => {
  using fix = fixture();
  const { store } = fix.options;
  fix.write({
    design: { kind: "sobol", rows: 64 },
    replications: 2,
    heatmap: undefined,
    levers: [{
      name: "prefunding",
      title: "Prefunding of the bridge",
      path: "clearing.prefundingCny",
      range: { low: 1, high: 1_000 },
    }],
    uncertainties: [{
      name: "severity",
      title: "Severity of the downturn",
      path: "macro.severityBps",
      range: { low: 0, high: 20_000 },
    }],
  });
  const result = await hutong.sweep(fix.file, { ...fix.options, workers: 1 });
  const [row] = hutong.sweeps({ store }).objects() as Record<string, unknown>[];
  assert.deepEqual([row.name, row.rows, row.id], ["sweep", result.rows, result.id]);

  const table = hutong.readSweep("sweep", { store });
  assert.equal(hutong.readSweep(result.id.slice(0, 8), { store }).id, table.id);
  assert.deepEqual(hutong.points(table).objects(), hutong.points(result).objects());
  const cells = hutong.cells(table);
  assert.equal(cells.numRows(), result.jobs);
  for (const name of ["scenario", "prefunding", "severity", "replication", "status", "gmv"]) {
    assert.ok(cells.columnNames().includes(name), name);
  }
  const { id } = table.cells[5];
  keepSeries(seriesFolderOf(store), id, seriesBytes({ columns: { gmv: [5, 6.5], settled: [1, 2] } }));
  assert.deepEqual(hutong.series(id, { store }).objects(), [
    { day: 0, gmv: 5, settled: 1 },
    { day: 1, gmv: 6.5, settled: 2 },
  ]);
  assert.throws(() => hutong.series("0".repeat(64), { store }), /no series of the run 000000000000/);
  const { value } = table.cells[5].outcomes.gmv;
  assert.equal(cells.get("gmv", 5), value);

  const found = hutong.sensitivity(table, { outcome: "gmv", resamples: 20 });
  assert.deepEqual([found.outcome, found.scenario, found.rows], ["gmv", table.design.base[1], 64]);
  const measures = hutong.measures(found).objects() as { axis: string; measure: string; low: number }[];
  assert.deepEqual([...new Set(measures.map(({ axis }) => axis))], ["prefunding", "severity"]);
  assert.throws(() => hutong.sensitivity(table, { outcome: "gmw" }), /gmw/);

  const values = (cells.array("gmv") as number[]).toSorted((a, b) => a - b);
  const where = `gmv > ${values[Math.floor(values.length * 0.75)]}`;
  const box = hutong.discover(table, { where, scenario: table.design.base[0], resamples: 5 });
  assert.ok(box.hits > 0 && box.hits < box.rows && box.trajectory.length > 1);
  assert.throws(() => hutong.discover(table, { where: "much" }), SyntaxError);
  assert.throws(
    () => hutong.readSweep("sweeep", { store }),
    /sweep: found "sweeep"; allowed are sweep, .*did you mean "sweep"\?/,
  );
});

Deno.test("futures share their past and part after it; what they cannot be is refused", async () => {
  const asked = { forkAt: 2, shoppers: 400, days: 5, workers: 1, outcomes: ["gmv"], set };
  const found = await hutong.futures("interop", { ...asked, futures: 3 });
  assert.equal(found.table[0].n, 3);
  const days = hutong.lines(found).objects() as { luck: number; day: number; lent: number }[];
  assert.equal(days.length, 3 * 5);
  const lent = (day: number) => new Set(days.filter((row) => row.day === day).map((row) => row.lent)).size;
  assert.equal(lent(1), 1);
  assert.ok(lent(4) > 1);
  // The first luck is the run's own: two halves are the whole.
  const whole = hutong.run("interop", { shoppers: 400, days: 5, set });
  assert.deepEqual(found.runs[0].outcomes.gmv, whole.outcomes.gmv);
  const spring = hutong.futures("interop", { ...asked, futures: "spring" });
  await assert.rejects(spring, /fromDay: found 30; allowed are days 2 to 4/);
  await assert.rejects(
    hutong.futures("interop", { ...asked, futures: 0 }),
    /found 0; allowed is a whole number/,
  );
  await assert.rejects(
    hutong.futures("interop", { ...asked, forkAt: 5, futures: 3 }),
    /^RangeError: Cannot fork at day 5; allowed is a whole number from 1 to 4: the run has 5 days/,
  );
  await assert.rejects(
    hutong.futures("interop", { ...asked, futures: 3, outcomes: ["gmw"] }),
    /did you mean "gmv"\?/,
  );
});

Deno.test("a suite stands beside its golden, a row an outcome; without one each outcome says so", async () => {
  const folder = Deno.makeTempDirSync(), file = `${folder}/tiny.yaml`;
  try {
    writeFileSync(
      file,
      JSON.stringify({
        title: "A tiny suite",
        shoppers: 200,
        days: 3,
        replications: 1,
        cases: [{ name: "open", scenario: "interop" }],
        outcomes: { gmv: { relative: 0.1 } },
      }),
    );
    const table = await hutong.replay([file], { workers: 1, store: `${folder}/runs.sqlite` });
    assert.deepEqual(table.columnNames().slice(0, 3), ["suite", "case", "outcome"]);
    assert.deepEqual(table.array("status"), ["failed"]);
    assert.match(String(table.get("reason", 0)), /no golden/);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
