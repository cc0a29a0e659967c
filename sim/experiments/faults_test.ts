import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { uniform } from "#/sim/experiments/testing/luck.ts";
import { sweep } from "#/sim/experiments/sweep.ts";
import { Store } from "#/sim/experiments/store.ts";
import { begun, killed, rowsIn, sweepChild, until } from "#/sim/experiments/testing/child.ts";
import { type Fixture, fixture, smallSweep } from "#/sim/experiments/testing/fixture.ts";
import { mischief } from "#/sim/experiments/testing/fake_run.ts";

/** All that a store says of its jobs, in order of id. */
function bytesIn(path: string): string {
  using db = new DatabaseSync(path, { readOnly: true });
  const rows = db.prepare(
    "select hex(jobs.id) as id, hex(point) as point, replication, hash, status, text, hex(outcomes) as outcomes, " +
      "hex(runHash) as runHash, errorKind, errorMessage, replay from jobs join engines on engines.n = jobs.engine " +
      "left join layouts on layouts.n = layout order by jobs.id",
  ).all();
  return JSON.stringify(rows);
}

/** How many runs have begun, those of killed processes included. */
const runsIn = (fix: Fixture): number =>
  existsSync(fix.path("runs.log")) ? readFileSync(fix.path("runs.log"), "utf8").split("\n").length - 1 : 0;

Deno.test("300 jobs, killed at 20 random instants: the same rows and the same hash as without", async () => {
  using fix = fixture({ slow: 6, held: true });
  fix.write({ replications: 25 });
  const seed = 20_190_701;
  let kills = 0;
  for (; kills < 20; kills++) {
    // Where this looks too late, 14 runs were done at most: after 20 of them there is something left.
    fix.allow(runsIn(fix) + 14);
    const from = rowsIn(fix.options.store), process = begun(fix);
    const more = Math.floor(uniform(seed, kills, 0) * 8), delay = uniform(seed, kills, 1) * 15;
    await until(process, () => rowsIn(fix.options.store) >= from + more);
    await new Promise((resolve) => setTimeout(resolve, delay));
    await killed(process);
  }
  fix.allow(Infinity);
  const before = rowsIn(fix.options.store);
  assert.ok(before > 20 && before < 300, `${before} rows after ${kills} kills (seed ${seed})`);
  const resumed = await sweep(fix.file, fix.options);
  const whole = await sweep(fix.file, { ...fix.options, store: fix.path("whole.sqlite"), workers: 1 });
  assert.deepEqual([resumed.rows, resumed.reused, resumed.failed], [300, before, 0]);
  assert.equal(resumed.hash, whole.hash);
  assert.equal(bytesIn(fix.options.store), bytesIn(fix.path("whole.sqlite")));
});

Deno.test("a disk that is full ends the sweep with one clear line; what was done stays, and room makes it whole", async () => {
  using fix = fixture();
  // Rows of 12 points × 400 replications are more than a file of 300 KB holds; the shell sets that limit for the child.
  fix.write({ replications: 400 });
  const script = `trap '' XFSZ; ulimit -f 300; exec "$0" "$@"`;
  const { code, stderr } = await new Deno.Command("bash", {
    args: [
      ...["-c", script, Deno.execPath(), "run", "-A", "--no-check", sweepChild, fix.file],
      JSON.stringify({ ...fix.options, openings: fix.path("openings") }),
    ],
    stdout: "null",
    stderr: "piped",
  }).output();
  const said = new TextDecoder().decode(stderr);
  assert.notEqual(code, 0);
  assert.match(said, /sweeps\.sqlite: cannot be written \(.*\); what was finished before is kept: make room/);
  const before = rowsIn(fix.options.store);
  assert.ok(before > 0 && before < 4_800, `${before}`);
  const resumed = await sweep(fix.file, fix.options);
  const whole = await sweep(fix.file, { ...fix.options, store: fix.path("whole.sqlite") });
  assert.deepEqual([resumed.reused, resumed.rows, resumed.hash], [before, 4_800, whole.hash]);
});

Deno.test("short jobs beside one that kills its worker all end as they should", async () => {
  using fix = fixture();
  const { throw: throws, exit } = mischief;
  const mixed = Array.from({ length: 40 }, (_, i) => i === 11 ? throws : i === 23 ? exit : 100 + i);
  fix.write({
    uncertainties: [{ ...smallSweep.uncertainties[0], path: "clearing.queueMinutes", values: mixed }],
    heatmap: undefined,
  });
  const { rows, failed, failures } = await sweep(fix.file, fix.options);
  assert.deepEqual([rows, failed], [720, 36]);
  const kinds = failures.map(({ errorKind, settings }) => `${errorKind} ${settings.severity}`);
  assert.deepEqual([...new Set(kinds)].sort(), [`crash ${exit}`, `error ${throws}`]);
});

Deno.test("shards run every job once between them, and their stores merged are the whole", async () => {
  using fix = fixture();
  const stores = [1, 2, 3].map((i) => fix.path(`part${i}.sqlite`));
  let rows = 0;
  for (const [k, store] of stores.entries()) {
    const part = await sweep(fix.file, { ...fix.options, store, shard: { i: k + 1, n: 3 } });
    assert.equal(part.rows, part.jobs);
    assert.ok(part.jobs > 0 && part.jobs < 36);
    rows += part.rows;
  }
  assert.equal(rows, 36);
  const merged = fix.path("merged.sqlite");
  {
    using into = new Store(merged);
    for (const path of stores) {
      using from = new Store(path, { readOnly: true });
      into.merge(from);
    }
  }
  const whole = await sweep(fix.file, fix.options);
  const again = await sweep(fix.file, { ...fix.options, store: merged });
  assert.deepEqual([again.reused, again.rows, again.hash], [36, 36, whole.hash]);
  assert.equal(bytesIn(merged), bytesIn(fix.options.store));
});

Deno.test("98,304 rows of 30 outcomes pass through a heap that could not hold them", async () => {
  using fix = fixture();
  const range = { low: 1, high: 1e9 };
  fix.write({
    base: ["./closed.yaml"],
    design: { kind: "sobol", rows: 16_384 },
    replications: 6,
    levers: [{ ...smallSweep.levers[0], values: undefined, range }],
    uncertainties: [],
    heatmap: undefined,
  });
  const options = {
    ...fix.options,
    workers: 0,
    runner: new URL("./testing/noop_run.ts", import.meta.url).href,
  };
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", "--v8-flags=--max-old-space-size=96", sweepChild, fix.file],
      JSON.stringify(options),
    ],
    ...{ stdout: "piped", stderr: "piped" },
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr).slice(0, 1_000));
  assert.deepEqual(JSON.parse(new TextDecoder().decode(stdout)).rows, 98_304);
  assert.equal(rowsIn(fix.options.store), 98_304);
});
