import assert from "node:assert/strict";
import { cells, discover, readSweep, sensitivity, sweep } from "#/mod.ts";
import * as study from "#/notebooks/a_sweep.ts";
import { readSweepFile } from "#/sim/experiments/sweep_file.ts";
import { fixture } from "#/sim/experiments/testing/fixture.ts";

const { design, levers, uncertainties, base } = readSweepFile(study.sweepFile, {});

Deno.test("the notebook's sweep compares the closed world with the open one at points that are drawn", () => {
  assert.deepEqual([base, design.kind], [["baseline", "interop"], "latinHypercube"]);
  assert.deepEqual(levers.map(({ name, actsOn }) => [name, actsOn]), [["prefunding", ["interop"]]]);
  assert.equal(uncertainties.length, 3);
});

Deno.test("the notebook has a row a point, a sentence, and pictures that say what they show", async () => {
  using fix = fixture();
  fix.write({
    design: { kind: "latinHypercube", rows: 60 },
    replications: 1,
    heatmap: undefined,
    levers: [{
      name: "prefunding",
      title: "Prefunding of the bridge",
      path: "clearing.prefundingCny",
      range: { low: 100, high: 10_000, scale: "log" },
    }],
    uncertainties: [{
      name: "severity",
      title: "Severity of the downturn",
      path: "macro.severityBps",
      range: { low: 0, high: 20_000 },
    }],
  });
  const { store } = fix.options;
  const { id } = await sweep(fix.file, { ...fix.options, workers: 1 });
  const table = readSweep(id, { store }), rows = study.opened(table);
  assert.equal(rows.numRows(), 60);
  assert.deepEqual(rows.columnNames().slice(0, 3), ["prefunding", "severity", "gmv"]);
  const values = (rows.array("gmv") as number[]).toSorted((a, b) => a - b);
  const falls = values.filter((value) => value < 0).length;
  assert.match(
    study.howOften(rows, "gmv"),
    new RegExp(`at \\*\\*${falls} of 60\\*\\* points; the middle one is`),
  );
  for (const axis of ["prefunding", "severity"]) {
    const drawn = study.against(rows, {
      ...{ axis, outcome: "gmv", title: axis, label: axis },
      isLog: axis === "prefunding",
    });
    assert.ok("svg" in drawn && drawn.svg.includes("<circle"));
    assert.match(drawn.title, /: −?CNY .* where low, −?CNY .* where high$/);
  }
  // What opening adds is the same at every point of the made-up runs, so the level stands in for it.
  const found = sensitivity(table, { outcome: "gmv", method: "delta", resamples: 20 });
  const bars = study.explained(found);
  assert.match(bars.title, /^(Prefunding of the bridge|Severity of the downturn): .* % of the variance$/);
  const levels = (cells(table).array("gmv") as number[]).toSorted((a, b) => a - b);
  const box = discover(table, { where: `gmv > ${levels[80]}`, resamples: 5 });
  assert.match(study.boxInWords(box), /^It holds at \d+ of 60 points\. A box of \d+ points has /);
});
