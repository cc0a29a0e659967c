import assert from "node:assert/strict";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { evaluator } from "#/sim/experiments/evaluate.ts";
import { mischief } from "#/sim/experiments/testing/fake_run.ts";
import { removeFolder } from "#/sim/experiments/testing/folder.ts";

async function inFolder(act: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "hutong-evaluate-"));
  try {
    await act(folder);
  } finally {
    removeFolder(folder);
  }
}

const small = ["world.history.shoppers=200", "world.history.days=40", "scoring.card=expert"];
const optionsIn = (folder: string) => ({
  set: small,
  replications: 2,
  workers: 2,
  store: join(folder, "results.sqlite"),
  openings: join(folder, "openings"),
  engine: "engine",
  shoppers: 1_000,
  days: 5,
  runner: new URL(`./testing/fake_run.ts?log=${encodeURIComponent(folder)}`, import.meta.url).href,
});
const prefunding = (cny: number) => [`clearing.prefundingCny=${cny}`];

Deno.test("evaluate: outcomes come by case and replication, equal cases are run once, and what is stored is not run again", () =>
  inFolder(async (folder) => {
    const told: string[] = [];
    const options = {
      ...optionsIn(folder),
      onRun: ({ done, total, reused }: { done: number; total: number; reused: number }) =>
        void told.push(`${done}/${total}/${reused}`),
    };
    const found = await evaluator("interop", options)([prefunding(5), prefunding(9), prefunding(5)]);
    assert.deepEqual(found.map((runs) => runs.length), [2, 2, 2]);
    assert.deepEqual(found[0], found[2]);
    assert.notEqual(found[0][0].gmv, found[0][1].gmv);
    for (let r = 0; r < 2; r++) assert.ok(Math.abs(found[1][r].gmv - found[0][r].gmv - 4) < 1e-9);
    const runs = () => readFileSync(join(folder, "runs.log"), "utf8").trim().split("\n").length;
    assert.equal(runs(), 4);
    assert.equal(told.at(-1), "4/4/0");
    const again = await evaluator("interop", options)([prefunding(9), prefunding(7)]);
    assert.deepEqual(again[0], found[1]);
    assert.equal(runs(), 6);
    assert.equal(told.at(-1), "4/4/2");
  }));

Deno.test("evaluate: a run that fails ends with what it said and the command that gives it again", () =>
  inFolder(async (folder) => {
    const evaluate = evaluator("interop", {
      ...optionsIn(folder),
      set: [...small, `clearing.queueMinutes=${mischief.throw}`],
    });
    await assert.rejects(evaluate([prefunding(5)]), /A run failed: .*\nReplay: deno task hutong run interop/);
  }));
