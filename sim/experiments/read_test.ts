import assert from "node:assert/strict";
import { heatmapCells, listSweeps, readSweep } from "#/sim/experiments/read.ts";
import { sweep } from "#/sim/experiments/sweep.ts";
import { fixture, mischiefAxis } from "#/sim/experiments/testing/fixture.ts";
import { mischief } from "#/sim/experiments/testing/fake_run.ts";

Deno.test("a store that does not exist has no sweeps, and reading makes no file", () => {
  using fix = fixture();
  assert.deepEqual(listSweeps(fix.options.store), []);
  assert.throws(() => readSweep(fix.options.store, "any"), /no such store/);
});

Deno.test("a sweep reads back with the analysis it ended with, a row a job, and the heatmap's fields", async () => {
  using fix = fixture();
  const result = await sweep(fix.file, fix.options);
  const [entry] = listSweeps(fix.options.store);
  assert.deepEqual([entry.id, entry.name, entry.jobs, entry.rows, entry.failed], [
    result.id,
    "sweep",
    36,
    36,
    0,
  ]);
  const table = readSweep(fix.options.store, result.id.slice(0, 8));
  assert.deepEqual(table.analysis, result.analysis);
  assert.equal(table.cells.length, 36);
  assert.deepEqual(table.cells.map(({ replication }) => replication).slice(11, 13), [0, 1]);
  assert.equal(table.cells[0].outcomes.gmv.unit, "CNY");
  assert.match(table.cells[0].replay!, /^deno task hutong run /);
  assert.equal(table.design.levers[0].title, "Prefunding of the bridge");
  const fields = heatmapCells(table).filter(({ scenario }) => scenario === "./open.yaml");
  assert.deepEqual(fields.map(({ x, y }) => [x, y]), [1, 2, 3].flatMap((x) => [[x, 10_000], [x, 20_000]]));
  assert.ok(fields.every(({ difference, done }) => Math.abs(difference!.mean - 10) < 1e-9 && done === 3));
});

Deno.test("a heatmap shows further axes at their first value", async () => {
  using fix = fixture();
  fix.write({ heatmap: { x: "severity", y: "scenario", outcome: "gmv" }, replications: 1 });
  const { id } = await sweep(fix.file, fix.options);
  const fields = heatmapCells(readSweep(fix.options.store, id));
  assert.deepEqual(fields.map(({ x, y }) => [x, y]), [
    ...[[10_000, "./closed.yaml"], [10_000, "./open.yaml"], [20_000, "./closed.yaml"], [
      20_000,
      "./open.yaml",
    ]],
  ]);
  assert.ok(fields.every(({ level }) => level!.mean >= 1 && level!.mean < 15 && level!.low === null));
});

Deno.test("missing and failed runs are told apart", async () => {
  using fix = fixture();
  fix.write({ uncertainties: [mischiefAxis(0, mischief.throw)], heatmap: undefined, replications: 1 });
  const stopping = new AbortController();
  await sweep(fix.file, {
    ...fix.options,
    workers: 1,
    signal: stopping.signal,
    onProgress: ({ rows }) => rows === 5 && stopping.abort(),
  });
  const [entry] = listSweeps(fix.options.store);
  assert.deepEqual([entry.jobs, entry.rows, entry.failed], [12, 5, 2]);
  const { cells, analysis } = readSweep(fix.options.store, entry.id);
  assert.deepEqual(cells.map(({ status }) => status).slice(0, 6), [
    ...["done", "done", "failed", "failed", "done", "missing"],
  ]);
  assert.deepEqual(analysis.points.map(({ done, failed, missing }) => [done, failed, missing]).slice(3, 6), [
    ...[[0, 1, 0], [1, 0, 0], [0, 0, 1]],
  ]);
});

Deno.test("an id that no sweep has, or more than one, is refused", async () => {
  using fix = fixture();
  await sweep(fix.file, fix.options);
  await sweep(fix.file, { ...fix.options, engine: "another" });
  assert.throws(() => readSweep(fix.options.store, "nothing"), /no sweep of id nothing/);
  assert.throws(() => readSweep(fix.options.store, ""), /2 sweeps of id/);
});
