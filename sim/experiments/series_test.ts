import assert from "node:assert/strict";
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { hasSeries, keepSeries, seriesBytes, seriesOf, tidySeries } from "#/sim/experiments/series.ts";
import { fixture } from "#/sim/experiments/testing/fixture.ts";

const id = "ab".repeat(32);

Deno.test("a daily record comes back from its Arrow file bit by bit, and leaves no draft behind", () => {
  using fix = fixture();
  const columns = { gmv: [1, 0.1 + 0.2, -3], "loss.ant": [0, 5, 7e300] };
  keepSeries(fix.path("series"), id, seriesBytes({ columns }));
  keepSeries(fix.path("series"), id, seriesBytes({ columns }));
  assert.deepEqual(seriesOf(fix.path("series"), id), { columns });
  assert.deepEqual(readdirSync(fix.path("series/ab")), [`${id}.arrow`]);
  assert.equal(seriesOf(fix.path("series"), "cd".repeat(32)), undefined);
});

Deno.test("a series that is cut short or is no Arrow file is refused by name, before it is read", () => {
  using fix = fixture();
  mkdirSync(fix.path("series/ab"), { recursive: true });
  for (const text of ["", "ARROW1 and no more", "x".repeat(400)]) {
    writeFileSync(fix.path(`series/ab/${id}.arrow`), text);
    assert.throws(() => seriesOf(fix.path("series"), id), /arrow: \d+ bytes that are no whole Arrow file/);
  }
});

Deno.test("a draft that a killed writer left behind is no series, and goes when it is old; one in work stays", () => {
  using fix = fixture();
  const folder = fix.path("series"), other = "cd".repeat(32);
  assert.equal(tidySeries(folder), 0);
  keepSeries(folder, id, seriesBytes({ columns: { gmv: [1] } }));
  for (const [name, isOld] of [["old", true], ["new", false]] as const) {
    const draft = fix.path(`series/ab/${other}.arrow.${name}.draft`);
    writeFileSync(draft, "ARROW1");
    if (isOld) utimesSync(draft, 1, 1);
  }
  assert.equal(hasSeries(folder, other), false);
  assert.equal(tidySeries(folder), 1);
  assert.deepEqual(readdirSync(fix.path("series/ab")).sort(), [
    `${id}.arrow`,
    `${other}.arrow.new.draft`,
  ]);
});
