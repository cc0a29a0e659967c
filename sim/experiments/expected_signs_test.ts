// The signs that scenario files expect, held against paired runs. README, "The expected signs", names the exceptions.

import assert from "node:assert/strict";
import { pairedDifference } from "#/model/statistics/paired_difference.ts";
import { list, load } from "#/scenarios/load.ts";
import { buildOpeningBook, run } from "#/sim/run.ts";

const asked = { shoppers: 12_000, days: 100 };
const replications = [0, 1, 2, 3, 4];
/** Found against what was expected, as the README says. */
const against = ["interop users.baitiao", "s2-baitiao-on-cards resultOf.union-card"];
/** Too small to be told from zero, as the README says. */
const small = [
  "s3-bound-cards dpd30Share.ant",
  "s4-baitiao-on-flash-pay balancePerUser.baitiao",
];

Deno.test("opening each cell moves the main outcomes with the sign that was written beforehand", () => {
  const base = load("baseline", asked);
  const books = replications.map((replication) => buildOpeningBook(base, replication));
  const outcomesOf = (name: string) =>
    books.map((openingBook, replication) => run(load(name, asked), replication, { openingBook }).outcomes);
  const closed = outcomesOf("baseline");
  const weak: string[] = [];
  let entries = 0;
  for (const { name } of list()) {
    const expected = load(name, asked).scenario.expected.filter((entry) => entry.against === "baseline");
    if (expected.length === 0) continue;
    const open = outcomesOf(name);
    for (const { outcome, sign } of expected) {
      const { low, high } = pairedDifference(
        open.map((found) => found[outcome].value),
        closed.map((found) => found[outcome].value),
      );
      const found = low > 0 ? "+" : high < 0 ? "-" : "0";
      const what = `${name} ${outcome}`;
      entries++;
      if (against.includes(what)) {
        assert.equal(found, sign === "+" ? "-" : "+", `${what}: the README says so`);
      } else if (found === "0" && sign !== "0") weak.push(what);
      else assert.equal(found, sign, `${what}: between ${low} and ${high}`);
    }
  }
  assert.ok(entries >= 30, `${entries} expectations were read`);
  const main = /bridgedGmv|lostPurchases|users\.|resultOf\.(ant|wechat|operator)|settlementDelay/;
  const unexplained = weak.filter((what) => !small.includes(what));
  assert.deepEqual(unexplained.filter((what) => main.test(what)), [], "main effects must be told from zero");
  assert.ok(unexplained.length <= entries / 5, `not told from zero: ${unexplained.join(", ")}`);
});
