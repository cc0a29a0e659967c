import assert from "node:assert/strict";
import { fixture } from "#/sim/experiments/testing/fixture.ts";
import { sweepCommand } from "#/commands/sweep.ts";

async function said(...args: string[]): Promise<string> {
  let text = "";
  await sweepCommand((more) => void (text += more)).exitOverride().configureOutput({ writeErr: () => {} })
    .parseAsync(args, { from: "user" });
  return text;
}

Deno.test("hutong sweep --list names the shipped sweeps with their size", async () => {
  assert.match(
    await said("--list"),
    /^default .* \(18 points × 5 replications\)\nfinancing .*\nliquidity .*\n$/,
  );
});

Deno.test("hutong sweep refuses a missing file, a wrong number and an unknown sweep", async () => {
  await assert.rejects(said(), /missing argument 'file'/);
  await assert.rejects(said("financing", "--workers", "0"), /Allowed is a whole number from 1 to 256/);
  await assert.rejects(said("financin"), /ScenarioError: financin: no such sweep/);
});

Deno.test("hutong sweep refuses a store that is none, in one line and without a run", async () => {
  using fix = fixture();
  await assert.rejects(
    said(fix.file, "--store", fix.file),
    /ScenarioError: sweep: .*sweep\.yaml: cannot be used as a store/,
  );
});
