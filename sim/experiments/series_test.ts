import assert from "node:assert/strict";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { keepSeries, seriesBytes, seriesOf } from "#/sim/experiments/series.ts";
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
