import assert from "node:assert/strict";
import { small } from "#/sim/testing/worlds.ts";
import { chosenFutures, futuresInWords } from "./run_futures.ts";

const supposed = small("baseline", { shoppers: 200, days: 20 });
const call = (choice: Parameters<typeof chosenFutures>[1]) =>
  chosenFutures(supposed, choice, { replication: 0, quiet: true });

Deno.test("futures need a day and a plan, within the run", () => {
  assert.equal(call({}), undefined);
  assert.throws(() => call({ forkAt: 5 }), /--fork-at: found no --futures/);
  assert.throws(() => call({ futures: "5" }), /--futures: found no --fork-at/);
  assert.throws(() => call({ forkAt: 20, futures: "5" }), /--fork-at: found 20; allowed is 1 to 19/);
  assert.throws(() => call({ forkAt: 5, futures: "5", outcome: ["gmw"] }), /did you mean "gmv"/);
  assert.throws(() => call({ forkAt: 5, futures: "./no.yaml" }), /no such file/);
});

Deno.test("the table of futures says how sure it is, and of what it cannot speak", () => {
  const row = {
    ...{ future: "a", outcome: "gmv", unit: "CNY", n: 2, mean: 5e9, halfWidth: 1e9, low: 4e9, high: 6e9 },
    ...{ valueAtRisk95: 6e9, expectedShortfall95: 6e9, difference: null, differenceHalfWidth: null },
  };
  const run = { future: "a", hash: "", outcomes: {} };
  const text = futuresInWords({
    ...{
      scenario: "baseline",
      seed: "s",
      replication: 0,
      forkAt: 5,
      days: 20,
      engine: "e",
      title: "two lucks",
    },
    runs: [{ ...run, luck: 0 }, { ...run, luck: 1 }],
    table: [row],
  });
  assert.match(text, /frozen on the morning of day 5 of 20/);
  assert.match(text, /CNY 5.00 bn ± CNY 1.00 bn/);
  assert.match(text, /no intervals from fewer than 3; no tails from fewer than 20/);
});
