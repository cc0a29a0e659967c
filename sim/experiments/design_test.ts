import assert from "node:assert/strict";
import { load } from "#/scenarios/load.ts";
import { scenarioHash } from "#/scenarios/hash.ts";
import { designPoints, sweepId } from "#/sim/experiments/design.ts";
import { grid } from "#/sim/experiments/design_rows.ts";
import { jobId } from "#/sim/experiments/jobs.ts";
import { JobIndex } from "#/sim/experiments/sweep_rows.ts";
import { readFully } from "#/sim/experiments/design_reader.ts";
import { readSweepFile, shippedSweeps } from "#/sim/experiments/sweep_file.ts";
import { fixture } from "#/sim/experiments/testing/fixture.ts";

Deno.test("grid() has every combination once, the last axis moving first", () => {
  const cells = [...grid([{ name: "a", values: [1, 2, 3] }, { name: "b", values: [true, false] }])];
  assert.deepEqual(cells.map(({ a, b }) => `${a}${b}`), [
    ...["1true", "1false", "2true", "2false", "3true", "3false"],
  ]);
  assert.deepEqual([...grid([])], [{}]);
});

Deno.test("a point's id is the hash of what a run of it supposes", () => {
  using fix = fixture();
  const points = designPoints(readSweepFile(fix.file));
  assert.equal(points.length, 12);
  const { scenario, settings, id, supposition } = points[3];
  assert.deepEqual([scenario, settings], ["./open.yaml", { prefunding: 1, severity: 20_000 }]);
  const loaded = load(fix.path("open.yaml"), {
    ...{ seed: "sweeps", shoppers: 1_000, days: 30 },
    set: ["clearing.prefundingCny=1", "macro.severityBps=20000"],
  });
  assert.equal(id, scenarioHash(loaded));
  assert.deepEqual(supposition.scenario, loaded.scenario);
  assert.deepEqual(supposition.history, loaded.history);
});

Deno.test("points of one scenario keep equal parts once, so that memory grows with the settings", () => {
  using fix = fixture();
  const [first, , second] = designPoints(readSweepFile(fix.file));
  assert.equal(first.scenario, second.scenario);
  assert.notEqual(first.supposition.scenario.macro, second.supposition.scenario.macro);
  assert.equal(first.supposition.scenario.acceptance, second.supposition.scenario.acceptance);
  assert.equal(first.supposition.history, second.supposition.history);
});

Deno.test("a point put together from a shared reading is what the full reader gives, hash and all", () => {
  for (const name of shippedSweeps()) {
    const sweep = readSweepFile(name), points = designPoints(sweep);
    const step = Math.max(1, Math.floor(points.length / 6));
    for (let i = 0; i < points.length; i += step) {
      const { id, scenario, said, supposition } = points[i], full = readFully(sweep, scenario, said);
      assert.deepEqual(supposition, full, `${name} ${i}`);
      assert.equal(id, scenarioHash(full), `${name} ${i}`);
    }
  }
});

Deno.test("sampled, whole, worded and historical values, and choices with terms of their own, read as in full", () => {
  using fix = fixture();
  const axis = (path: string, rest: Record<string, unknown>) => ({
    ...{ name: path.split(".").at(-1), title: `Axis ${path}`, path },
    ...rest,
  });
  const levers = [
    axis("clearing.prefundingCny", { range: { low: 0, high: 1e9 } }),
    axis("macro.severityBps", { range: { low: 10_000, high: 20_000 } }),
    axis("clearing.queueMethod", { values: ["none", "cycles"] }),
    axis("world.history.days", { values: [30, 60] }),
    axis("world.history.set.demand.waitDays", { values: [2, 3] }),
    axis("sharing.rule", { values: ["originatorBears"] }),
  ];
  const base = ["interop"], design = { kind: "latinHypercube", rows: 24 };
  const say = (axes: unknown[]) =>
    fix.write({ base, levers: axes, uncertainties: undefined, heatmap: undefined, design });
  const allowed = levers.filter((lever) => {
    say([lever]);
    try {
      return designPoints(readSweepFile(fix.file)).length > 0;
    } catch {
      return false;
    }
  });
  assert.ok(allowed.length >= 4, `${allowed.map(({ path }) => path)}`);
  say(allowed);
  const sweep = readSweepFile(fix.file), points = designPoints(sweep);
  for (const { id, scenario, said, supposition } of points) {
    const full = readFully(sweep, scenario, said);
    assert.deepEqual(supposition, full);
    assert.equal(id, scenarioHash(full));
  }
  // Numbers share one reading for each combination of the others.
  assert.ok(new Set(points.map(({ base }) => base)).size < points.length / 2);
});

Deno.test("two points that suppose the same are refused by name", () => {
  using fix = fixture();
  fix.write({ base: ["./closed.yaml", "../" + fix.folder.split("/").at(-1) + "/closed.yaml"] });
  assert.throws(
    () => designPoints(readSweepFile(fix.file)),
    /two design points suppose the same: "\.\/closed\.yaml prefunding=1 severity=10000" and/,
  );
});

Deno.test("a value that the schema refuses is a complaint about the sweep's file and line", () => {
  using fix = fixture();
  fix.write({
    levers: [{ name: "prefunding", title: "Prefunding", path: "clearing.prefundingCny", values: [1, -5] }],
  });
  assert.throws(
    () => designPoints(readSweepFile(fix.file)),
    /sweep\.yaml:\d+: clearing\.prefundingCny: found -5; allowed is a whole number from 0 to/,
  );
  fix.write({ shoppers: 999 });
  assert.throws(() => designPoints(readSweepFile(fix.file)), /sweep\.yaml:\d+: world\.shoppers: found 999/);
});

Deno.test("jobs come replication by replication, and their ids are hashes of point, replication and engine", () => {
  using fix = fixture();
  const points = designPoints(readSweepFile(fix.file));
  const { ids } = new JobIndex(points, 2, "e");
  const expected = [0, 1].flatMap((replication) => points.map(({ id }) => jobId(id, replication, "e")));
  assert.deepEqual(ids, expected);
  assert.equal(new Set(ids).size, 24);
});

Deno.test("a sweep's id changes with its points, its outcomes and the engine, not with where its file lies", () => {
  using fix = fixture();
  const sweep = readSweepFile(fix.file), points = designPoints(sweep);
  const id = sweepId(sweep, points, "e");
  assert.equal(sweepId({ ...sweep, file: "elsewhere.yaml", places: {}, files: {} }, points, "e"), id);
  const others = [
    sweepId(sweep, points.slice(1), "e"),
    sweepId({ ...sweep, outcomes: ["gmv"] }, points, "e"),
    sweepId(sweep, points, "f"),
  ];
  assert.equal(new Set([id, ...others]).size, 4);
});
