// The signs that the scenarios of clearing expect, each held against its reference in small worlds.

import assert from "node:assert/strict";
import { load } from "#/scenarios/load.ts";
import { read, runSmall, small } from "#/sim/testing/worlds.ts";

/** Large enough for queues, and long enough for every dated fault of c-faults. */
const town = { shoppers: 2_000, days: 56 };
const replications = [0, 1, 2];
const held = ["c-faults", "g1-gridlock", "g1-gridlock-saving", "g2-withholding", "g2-withholding-tariff"];

const results = new Map<string, ReturnType<typeof runSmall>["result"][]>();

function resultsOf(name: string) {
  let found = results.get(name);
  if (!found) {
    found = replications.map((replication) => runSmall(small(name, town), { replication }).result);
    results.set(name, found);
  }
  return found;
}

for (const name of held) {
  Deno.test(`scenario ${name} moves every outcome with the sign that its file expects, in each replication`, () => {
    const { expected } = load(name).scenario;
    assert.ok(expected.length >= 2);
    for (const { outcome, against, sign } of expected) {
      const found = resultsOf(name), reference = resultsOf(against);
      const differences = found.map((result, k) => read(result, outcome) - read(reference[k], outcome));
      const toward = differences.map((difference) => sign === "+" ? difference : -difference);
      const said = `${name} ${outcome} against ${against}: ${differences.join(", ")}`;
      // Who pays late by chance in one replication may pay nothing at all in it; against the sign none moves.
      assert.ok(toward.every((difference) => difference >= 0), said);
      assert.ok(toward.some((difference) => difference > 0), said);
    }
  });
}

Deno.test("the faults of c-faults end in each way: given back, asked again, held by an outage, cancelled", () => {
  const [faults] = resultsOf("c-faults"), [open] = resultsOf("interop");
  for (
    const name of ["transfersTimedOut", "transferRetries", "messagesAgain", "heldByOutage", "outageMinutes"]
  ) {
    assert.ok(read(faults, name) > read(open, name), name);
  }
  assert.ok(read(faults, "turnedAway.clear.transfer-timed-out") > 0);
  assert.ok(read(faults, "turnedAway.route.participant-down") > 0);
});
