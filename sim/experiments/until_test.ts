import assert from "node:assert/strict";
import { meanInterval } from "#/model/statistics/interval.ts";
import { listSweeps, readSweep } from "#/sim/experiments/read.ts";
import { fixture } from "#/sim/experiments/testing/fixture.ts";
import { sweepUntil } from "#/sim/experiments/until.ts";

Deno.test("replications go on until the half-width is as asked, and not further than twice what is needed", async () => {
  using fix = fixture();
  const rule = { outcome: "gmv", relative: 0.1, least: 3, most: 200 };
  const { until, id, analysis, hash } = await sweepUntil(fix.file, rule, fix.options);
  assert.ok(until.isReached && until.replications > 3 && until.replications < 200, `${until.replications}`);
  assert.ok(until.widest! <= 0.1 && until.widest! > 0.01, `${until.widest}`);
  assert.equal(analysis.points[0].levels.gmv.n, until.replications);
  // The widest is that of the smallest mean: the closed scenario with the least prefunding.
  const values = readSweep(fix.options.store, id).cells
    .filter(({ scenario, settings }) => scenario === "./closed.yaml" && settings.prefunding === 1)
    .filter(({ settings }) => settings.severity === 10_000).map(({ outcomes }) => outcomes.gmv.value);
  const { mean, halfWidth } = meanInterval(values);
  assert.ok(Math.abs(until.widest! - halfWidth / mean) < 1e-12);
  assert.equal(listSweeps(fix.options.store).length, 1);
  const again = await sweepUntil(fix.file, rule, fix.options);
  assert.deepEqual([again.hash, again.rows - again.reused], [hash, 0]);
});

Deno.test("a width that cannot be had ends at the most replications and says so", async () => {
  using fix = fixture();
  const rule = { outcome: "gmv", relative: 1e-9, least: 3, most: 7 };
  const { until, rows } = await sweepUntil(fix.file, rule, fix.options);
  assert.deepEqual([until.isReached, until.replications, rows], [false, 7, 84]);
  await assert.rejects(sweepUntil(fix.file, { ...rule, least: 2 }, fix.options), /from 2 to 7 replications/);
});

Deno.test("the gain from shared luck stands beside each paired difference", async () => {
  using fix = fixture();
  const { analysis } = await sweepUntil(
    fix.file,
    { outcome: "gmv", relative: 1, least: 4, most: 4 },
    fix.options,
  );
  const open = analysis.points.find(({ scenario }) => scenario === "./open.yaml")!;
  // The fake's two sides have the same luck to the last digits: separate luck would need ever so many more.
  const { gain, n } = open.differences.gmv;
  assert.equal(n, 4);
  assert.ok(gain === null || gain! > 1e6, `${gain}`);
});
