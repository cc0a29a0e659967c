import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { ScenarioError } from "#/scenarios/complain.ts";
import { load } from "#/scenarios/load.ts";
import { run } from "#/sim/run.ts";
import { listSweeps, readSweep } from "#/sim/experiments/read.ts";
import { Store, StoreError } from "#/sim/experiments/store.ts";
import { sweep, type SweepResult } from "#/sim/experiments/sweep.ts";
import { begun, killed, rowsIn, until } from "#/sim/experiments/testing/child.ts";
import { type Fixture, fixture, mischiefAxis, smallSweep } from "#/sim/experiments/testing/fixture.ts";
import { mischief } from "#/sim/experiments/testing/fake_run.ts";

const lines = (fix: Fixture, log: string) => readFileSync(fix.path(log), "utf8").trimEnd().split("\n");
const stable = ({ reused: _reused, interrupted: _interrupted, ...rest }: SweepResult) => rest;

Deno.test("a sweep has one row a job and the same hash for 1 worker, for 3, and for none", async () => {
  using fix = fixture();
  const one = await sweep(fix.file, { ...fix.options, workers: 1 });
  const three = await sweep(fix.file, { ...fix.options, workers: 3, store: fix.path("three.sqlite") });
  assert.deepEqual([one.jobs, one.rows, one.reused, one.failed], [36, 36, 0, 0]);
  assert.deepEqual(stable(three), stable(one));
  const here = await sweep(fix.file, { ...fix.options, workers: 0, store: fix.path("here.sqlite") });
  assert.deepEqual(stable(here), stable(one));
  assert.equal(lines(fix, "runs.log").length, 108);
});

Deno.test("a single worker goes replication by replication, so that any prefix is balanced", async () => {
  using fix = fixture();
  await sweep(fix.file, { ...fix.options, workers: 1 });
  const order = lines(fix, "runs.log").map((line) => Number(line.split(" ")[0]));
  assert.deepEqual(order, [0, 1, 2].flatMap((replication) => Array(12).fill(replication)));
});

Deno.test("a sweep given again runs nothing and says the same", async () => {
  using fix = fixture();
  const first = await sweep(fix.file, fix.options);
  const again = await sweep(fix.file, fix.options);
  assert.equal(again.reused, 36);
  assert.deepEqual(stable(again), stable(first));
  assert.equal(lines(fix, "runs.log").length, 36);
});

Deno.test("another engine, another seed and another number of days reuse no row", async () => {
  using fix = fixture();
  await sweep(fix.file, fix.options);
  for (const changed of [{ engine: "another engine" }, { seed: "another seed" }, { days: 31 }]) {
    const { reused, rows } = await sweep(fix.file, { ...fix.options, ...changed });
    assert.deepEqual([reused, rows], [0, 36], JSON.stringify(changed));
  }
});

Deno.test("a wider grid and more replications run only the new cells", async () => {
  using fix = fixture();
  await sweep(fix.file, fix.options);
  fix.write({
    replications: 4,
    levers: [{
      name: "prefunding",
      title: "Prefunding of the bridge",
      path: "clearing.prefundingCny",
      values: [0, 1, 2, 3],
    }],
  });
  const wider = await sweep(fix.file, fix.options);
  assert.deepEqual([wider.jobs, wider.rows, wider.reused], [64, 64, 36]);
  assert.equal(lines(fix, "runs.log").length, 64);
  const fresh = await sweep(fix.file, { ...fix.options, store: fix.path("fresh.sqlite") });
  assert.equal(fresh.hash, wider.hash);
});

Deno.test("each replication's opening book is built once, whatever the workers", async () => {
  using fix = fixture();
  await sweep(fix.file, { ...fix.options, workers: 3 });
  assert.deepEqual(lines(fix, "books.log").sort(), ["0", "1", "2"]);
});

Deno.test("differences are paired: shared luck leaves the effect of opening without spread", async () => {
  using fix = fixture();
  const { analysis } = await sweep(fix.file, fix.options);
  const open = analysis.points.filter(({ scenario }) => scenario === "./open.yaml");
  assert.equal(open.length, 6);
  for (const { levels, differences } of open) {
    const { mean, low, high, n } = differences.gmv;
    assert.equal(n, 3);
    for (const value of [mean, low!, high!]) assert.ok(Math.abs(value - 10) < 1e-9, `${value}`);
    assert.ok(levels.gmv.high! - levels.gmv.low! > 0.01);
  }
  assert.ok(
    analysis.points.every(({ scenario, differences }) =>
      scenario === "./open.yaml" || Object.keys(differences).length === 0
    ),
  );
});

Deno.test("a killed sweep goes on where it stopped and ends with the same hash", async () => {
  using fix = fixture({ slow: 15, held: true });
  // However late this looks: the child is in the middle of a run then.
  fix.allow(12);
  const child = begun(fix);
  try {
    await until(child, () => rowsIn(fix.options.store) >= 4);
  } finally {
    await killed(child);
  }
  fix.allow(Infinity);
  const resumed = await sweep(fix.file, fix.options);
  const whole = await sweep(fix.file, { ...fix.options, workers: 1, store: fix.path("whole.sqlite") });
  assert.ok(resumed.reused >= 4 && resumed.reused < 36, `${resumed.reused} rows outlived the kill`);
  assert.equal(whole.reused, 0);
  assert.deepEqual(stable(resumed), stable(whole));
});

Deno.test("a sweep that is stopped keeps its rows and says so", async () => {
  using fix = fixture({ slow: 5 });
  const stopping = new AbortController();
  const stopped = await sweep(fix.file, {
    ...fix.options,
    signal: stopping.signal,
    onProgress: ({ rows }) => rows >= 6 && stopping.abort(),
  });
  assert.equal(stopped.interrupted, true);
  assert.ok(stopped.rows >= 6 && stopped.rows < 36, `${stopped.rows}`);
  const rest = await sweep(fix.file, fix.options);
  assert.deepEqual([rest.reused, rest.rows, rest.interrupted], [stopped.rows, 36, false]);
});

Deno.test("two sweeps of one store at the same time leave one row a job", async () => {
  using fix = fixture();
  const both = await Promise.all([sweep(fix.file, fix.options), sweep(fix.file, fix.options)]);
  assert.equal(rowsIn(fix.options.store), 36);
  assert.equal(both[0].hash, both[1].hash);
});

Deno.test("a run that throws is a row with its message and its replay line, and the rest is done", async () => {
  using fix = fixture();
  fix.write({ uncertainties: [mischiefAxis(0, mischief.throw)], heatmap: undefined });
  const { rows, failed, failures, analysis } = await sweep(fix.file, fix.options);
  assert.deepEqual([rows, failed, failures.length], [36, 18, 18]);
  assert.equal(failures[0].errorKind, "error");
  assert.equal(failures[0].errorMessage, "RangeError: Cannot close day 3: account bridge is off by 1 fen");
  assert.match(
    failures[0].replay,
    /^deno task hutong run \S*closed\.yaml --set clearing\.prefundingCny=1 --set clearing\.queueMinutes=1001 --seed sweeps --replication 0 --shoppers 1000 --days 30 --json$/,
  );
  const counts = analysis.points.map(({ done, failed, levels }) => [done, failed, "gmv" in levels]);
  assert.deepEqual(counts.slice(0, 4), [[3, 0, true], [3, 0, true], [0, 3, false], [0, 3, false]]);
});

Deno.test("a run that hangs, dies, fills the memory or gives NaN costs its row, not the sweep", async () => {
  using fix = fixture();
  const { hang, exit, fillMemory, notFinite } = mischief;
  fix.write({
    base: ["./open.yaml"],
    replications: 1,
    levers: [mischiefAxis(0, hang, exit, fillMemory, notFinite)],
    uncertainties: undefined,
    heatmap: undefined,
  });
  const options = { ...fix.options, timeoutSeconds: 600, heapMib: 96 };
  const first = await sweep(fix.file, options);
  assert.deepEqual(
    first.failures.map((
      { settings, errorKind, errorMessage },
    ) => [settings.mischief, errorKind, errorMessage]),
    [
      [hang, "timeout", "no result within 600 s"],
      [exit, "crash", "the worker ended with code 7"],
      [fillMemory, "out-of-memory", "out of memory"],
      [
        notFinite,
        "error",
        'RangeError: Cannot write canonical JSON as $["dpd30Share.ant"].value is NaN: numbers must be finite',
      ],
    ],
  );
  assert.deepEqual([first.rows, first.failed], [5, 4]);
  const again = await sweep(fix.file, options);
  // What the machine was the reason of is tried again; what the run itself said is not.
  assert.deepEqual([again.reused, again.hash], [2, first.hash]);
  const before = lines(fix, "runs.log").length;
  const retried = await sweep(fix.file, { ...options, retry: true });
  assert.deepEqual(retried.failures, first.failures);
  assert.deepEqual([retried.reused, retried.hash], [1, first.hash]);
  assert.equal(lines(fix, "runs.log").length, before + 4);
});

Deno.test("workers that cannot start end the sweep with the reason and no row", async () => {
  using fix = fixture();
  const runner = new URL("./testing/no_such_run.ts", import.meta.url).href;
  await assert.rejects(
    sweep(fix.file, { ...fix.options, runner }),
    /workers of the sweep cannot start: .*no_such_run/,
  );
  assert.equal(rowsIn(fix.options.store), 0);
});

Deno.test("an outcome that no run has is refused with the nearest name before anything is run or written", async () => {
  using fix = fixture();
  fix.write({ outcomes: ["gmw"], heatmap: undefined });
  await assert.rejects(
    sweep(fix.file, fix.options),
    (error: Error) =>
      error instanceof ScenarioError &&
      /sweep\.yaml:\d+: outcomes\.0: found "gmw".*did you mean "gmv"/.test(error.message),
  );
  assert.equal(existsSync(fix.options.store), false);
});

Deno.test("a lever that acts on one scenario leaves the other one run a replication, shared by all its fields", async () => {
  using fix = fixture();
  const everywhere = await sweep(fix.file, fix.options);
  const actsOn = ["./open.yaml"];
  fix.write({ levers: [{ ...smallSweep.levers[0], actsOn }] });
  const sizes: number[] = [];
  const store = fix.path("less.sqlite");
  const shared = await sweep(fix.file, {
    ...fix.options,
    store,
    onBegin: (_, { points, jobs }) => sizes.push(points, jobs),
  });
  // 2 severities of the closed scenario, 3 × 2 of the open one, 3 replications each.
  assert.deepEqual(sizes, [8, 24]);
  assert.deepEqual([shared.jobs, shared.rows, rowsIn(store)], [24, 24, 24]);
  assert.equal(lines(fix, "runs.log").length, 36 + 24);
  assert.equal(shared.analysis.points.length, everywhere.analysis.points.length);
  const closed = shared.analysis.points.filter(({ scenario }) => scenario === "./closed.yaml");
  assert.deepEqual(closed.map(({ done }) => done), [3, 3, 3, 3, 3, 3]);
  assert.equal(new Set(closed.map(({ levels }) => levels.gmv.mean)).size, 1);
  // The open side is as before, and its runs are found again in the store of the whole grid.
  const open = ({ points }: SweepResult["analysis"]) =>
    points.filter(({ scenario }) => scenario === "./open.yaml").map(({ levels }) => levels);
  assert.deepEqual(open(shared.analysis), open(everywhere.analysis));
  const again = await sweep(fix.file, { ...fix.options, store });
  assert.deepEqual([again.reused, again.hash], [24, shared.hash]);
  assert.equal((await sweep(fix.file, fix.options)).reused, 18);
  const [{ jobs, rows }] = listSweeps(store), { cells } = readSweep(store, shared.id);
  assert.deepEqual([jobs, rows, cells.length], [24, 24, 24]);
  assert.ok(
    cells.every(({ scenario, settings }) => "prefunding" in settings === (scenario === "./open.yaml")),
  );
});

Deno.test("a store of another version is refused by name, and nothing is run", async () => {
  using fix = fixture();
  new Store(fix.options.store).close();
  const db = new DatabaseSync(fix.options.store);
  db.exec("update catalogue set version = 99");
  db.close();
  await assert.rejects(
    sweep(fix.file, fix.options),
    (error: Error) =>
      error instanceof StoreError &&
      /written as version 99, this program reads version 2/.test(error.message),
  );
  assert.throws(() => readFileSync(fix.path("runs.log")));
});

Deno.test("an opening folder that cannot be written costs time only, and is said once", async () => {
  using fix = fixture();
  const notes: string[] = [];
  const sound = await sweep(fix.file, fix.options);
  // A file stands where the folder should be.
  const openings = fix.path("sweep.yaml");
  const { hash } = await sweep(fix.file, {
    ...fix.options,
    ...{ openings, store: fix.path("other.sqlite"), onNote: (note) => notes.push(note) },
  });
  assert.equal(hash, sound.hash);
  // Where memory is short, that is another note.
  const said = notes.filter((note) => !note.startsWith("memory allows"));
  assert.equal(said.length, 1);
  assert.match(said[0], /opening books cannot be kept in .*sweep\.yaml/);
});

Deno.test("a sweep of one point equals a run, through the store and a worker", async () => {
  using fix = fixture();
  const one = (name: string, path: string, value: number) => ({ name, title: path, path, values: [value] });
  fix.write({
    ...{
      base: ["interop"],
      shoppers: 200,
      days: 20,
      replications: 1,
      uncertainties: undefined,
      heatmap: undefined,
    },
    outcomes: ["gmv", "lostPurchases"],
    levers: [one("pool", "world.history.shoppers", 200), one("history", "world.history.days", 60)],
  });
  const { analysis, failures } = await sweep(fix.file, { ...fix.options, runner: undefined });
  assert.deepEqual(failures, []);
  const set = ["world.history.shoppers=200", "world.history.days=60"];
  const { outcomes } = run(load("interop", { set, seed: "sweeps", shoppers: 200, days: 20 }), 0);
  assert.ok(outcomes.gmv.value > 0);
  assert.equal(analysis.points[0].levels.gmv.mean, outcomes.gmv.value);
  assert.equal(analysis.points[0].levels.lostPurchases.mean, outcomes.lostPurchases.value);
});
