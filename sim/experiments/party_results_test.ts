import assert from "node:assert/strict";
import { withoutProject } from "#/sim/experiments/counterpart.ts";
import * as monthly from "#/sim/experiments/monthly_runner.ts";
import { partyResults, presentFen } from "#/sim/experiments/party_results.ts";
import { bookOf, small } from "#/sim/testing/worlds.ts";

const size = { shoppers: 500, days: 62 };
function pairOf(scenario: string, replication: number, set: readonly string[] = []) {
  const run = (more: readonly string[]) => {
    const supposed = small(scenario, { ...size, set: [...set, ...more] });
    return monthly.run(supposed, replication, { openingBook: bookOf(supposed, replication) }).outcomes;
  };
  return { with: run([]), without: run(withoutProject(scenario, set)) };
}
const pairs = [0, 1, 2].map((replication) => pairOf("interop", replication));

Deno.test("results by party and the named external flows sum to zero, undiscounted and discounted", () => {
  for (const some of [pairs, pairs.slice(0, 1)]) {
    const found = partyResults(some, { discountRateBps: 1_200 });
    const rows = found.parties.length + found.external.length;
    // Each row is rounded to whole fen once: a single replication's totals need none.
    assert.ok(Math.abs(found.sumFen) <= (some.length === 1 ? 0 : rows), `${found.sumFen}`);
    assert.ok(Math.abs(found.discountedSumFen) <= rows, `${found.discountedSumFen}`);
    assert.ok(found.parties.filter(({ fen }) => fen !== 0).length >= 6);
    const capex = found.external.find(({ name }) => name === "capex")!;
    const project = found.parties.find(({ name }) => name === "project")!;
    assert.ok(capex.fen > 0 && project.fen < 0);
    assert.ok(Math.abs(capex.discountedFen) < capex.fen);
    assert.equal(capex.estimate.n, some.length);
  }
});

Deno.test("shops abroad bring flows of their own, and the sum stays zero", () => {
  const abroad = pairOf("x1-cross-border", 0);
  const found = partyResults([abroad], { discountRateBps: 0, strategic: "ant" });
  assert.equal(found.sumFen, 0);
  assert.ok(found.external.some(({ name, fen }) => name === "foreign-goods" && fen !== 0));
  assert.equal(found.outsideGain!.name, "ant");
  assert.deepEqual(found.parties.map(({ fen }) => fen), found.parties.map((row) => row.discountedFen));
});

Deno.test("who pays for the build would not sign alone, and the side payment is what the losers lose", () => {
  const { joining, parties } = partyResults(pairs, { discountRateBps: 1_200 });
  assert.ok(joining.losers.includes("project") && !joining.wouldAllSign);
  const lost = parties.filter(({ name }) => joining.losers.includes(name))
    .reduce((sum, { discountedFen }) => sum - discountedFen, 0);
  assert.equal(joining.smallestFen, lost);
  assert.ok(!joining.gainers.includes("shoppers") && !joining.losers.includes("merchants"));
});

Deno.test("a month's fen is worth less the later it comes", () => {
  // By hand: 12 % a year on a year's last month.
  assert.ok(Math.abs(presentFen([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 112], 1_200) - 100) < 1e-9);
  assert.equal(presentFen([5, 6], 0), 11);
  assert.throws(() => partyResults([], { discountRateBps: 0 }), /without a run/);
});
