import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { load } from "#/scenarios/load.ts";
import { evaluator, RunError, standingPool } from "#/sim/experiments/evaluate.ts";
import { mischief } from "#/sim/experiments/testing/fake_run.ts";
import { fixture } from "#/sim/experiments/testing/fixture.ts";
import { StandingPool } from "#/sim/experiments/standing_pool.ts";

const set = ["world.history.shoppers=200", "world.history.days=40", "scoring.card=expert"];
const { name, scenario, history } = load("interop", { shoppers: 1_000, days: 5, set });
const supposition = { name, scenario, history };

function poolIn(fix: ReturnType<typeof fixture>, workers = 1) {
  const { runner, openings } = fix.options;
  return standingPool({ shoppers: 1_000, workers, runner, openings, engine: "e" });
}
const task = (replication: number) => ({
  ...{ id: `${replication}`, supposition, replication, replay: "", openingKey: `book ${replication}` },
});

Deno.test("a pool that stays gives results in the order asked, call after call, from the same threads", async () => {
  using fix = fixture();
  await using pool = poolIn(fix, 2);
  const told: string[] = [];
  for (const replications of [[3, 1, 2], [], [1, 4]]) {
    const results = await pool.run(replications.map(task), ({ id }) => void told.push(id));
    assert.deepEqual(results.map(({ status }) => status), replications.map(() => "done"));
    assert.deepEqual(told.splice(0).sort(), replications.map(String).sort());
  }
  // One worker that stays keeps the book of its last task: the next call finds it without the disk.
  assert.equal(readFileSync(fix.path("books.log"), "utf8").trim().split("\n").length, 4);
});

Deno.test("an evaluator on a pool that stays gives what it gives on its own, and a failed run leaves the pool usable", async () => {
  using fix = fixture();
  await using pool = poolIn(fix, 2);
  const { runner, openings } = fix.options;
  const options = { set, shoppers: 1_000, days: 5, replications: 2, runner, openings, engine: "e" };
  const own = await evaluator("interop", { ...options, store: fix.path("own.sqlite") })([[
    "clearing.prefundingCny=5",
  ]]);
  const on = evaluator("interop", { ...options, pool, store: fix.path("pool.sqlite") });
  assert.deepEqual(await on([["clearing.prefundingCny=5"]]), own);
  await assert.rejects(on([[`clearing.queueMinutes=${mischief.throw}`]]), RunError);
  assert.equal((await on([["clearing.prefundingCny=6"]]))[0].length, 2);
});

Deno.test("a pool whose threads cannot start says so to whoever waits, and one that is closed too", async () => {
  const terms = { workers: 1, timeoutSeconds: 9, heapMib: 512 };
  const workerData = { runner: "file:///none.ts", engine: "e", openingFolder: "none" };
  const broken = new StandingPool({ ...terms, workerData });
  await assert.rejects(broken.run([task(0)]), /cannot start/);
  await broken.close();
  using fix = fixture();
  const pool = poolIn(fix);
  await pool.run([task(0)]);
  await pool.close();
  await assert.rejects(pool.run([task(1)]), /were stopped/);
});
