import assert from "node:assert/strict";
import fc from "fast-check";
import { bucketOf, buckets } from "#/model/credit/delinquency.ts";
import { allocateLines, amounts, lineCount, lineState, principalFen } from "./lines.ts";
import { tallyLines } from "./line_tally.ts";
import { allocateShoppers, never } from "./shoppers.ts";

const terms = { day: 100, activityDays: 90, overIndebtedBurdenBps: 10_000 };

Deno.test("one look at all lines finds what a plain count finds", () => {
  const amount = fc.oneof(fc.constant(0), fc.nat(3_000_000_000));
  const line = fc.record({
    active: fc.boolean(),
    limit: fc.integer({ min: 1, max: 5_000_000 }),
    parts: fc.array(amount, { minLength: 7, maxLength: 7 }),
    lastUse: fc.integer({ min: -60, max: 100 }),
    oldestDue: fc.oneof(fc.constant(never), fc.integer({ min: -50, max: 100 })),
  });
  const person = fc.record({
    lines: fc.array(line, { minLength: lineCount, maxLength: lineCount }),
    incomeFen: fc.integer({ min: 50_000, max: 9_000_000 }),
    hardshipUntil: fc.integer({ min: 0, max: 200 }),
  });
  fc.assert(
    fc.property(fc.array(person, { minLength: 1, maxLength: 12 }), (people) => {
      const lines = allocateLines(people.length), shoppers = allocateShoppers(people.length, 0);
      const expected = {
        sumFen: new Float64Array(lineCount * amounts),
        users: new Float64Array(lineCount),
        active: new Float64Array(lineCount),
        activeBalanceFen: new Float64Array(lineCount),
        bucketFen: new Float64Array(lineCount * buckets.length),
        holders: 0,
        overIndebted: 0,
        inHardship: 0,
        incomesFen: 0,
      };
      for (const [i, { lines: held, incomeFen, hardshipUntil }] of people.entries()) {
        shoppers.incomeFen[i] = incomeFen;
        expected.incomesFen += incomeFen;
        shoppers.hardshipUntil[i] = hardshipUntil;
        if (hardshipUntil >= terms.day) expected.inHardship++;
        let owedFen = 0, holds = false;
        for (const [p, { active, limit, parts, lastUse, oldestDue }] of held.entries()) {
          const at = i * lineCount + p;
          // A line that is not active has no limit and no debt.
          if (!active) continue;
          lines.state[at] = lineState.active;
          lines.lastUse[at] = lastUse;
          lines.oldestDue[at] = oldestDue;
          lines.fen.set([limit, ...parts], at * amounts);
          for (const [k, fen] of [limit, ...parts].entries()) expected.sumFen[p * amounts + k] += fen;
          const balanceFen = principalFen(lines, at);
          owedFen += balanceFen;
          holds = true;
          expected.users[p]++;
          if (terms.day - lastUse <= terms.activityDays) {
            expected.active[p]++;
            expected.activeBalanceFen[p] += balanceFen;
          }
          const dpd = oldestDue === never ? 0 : terms.day - oldestDue;
          expected.bucketFen[p * buckets.length + bucketOf(dpd)] += balanceFen;
        }
        if (holds) expected.holders++;
        if (owedFen > incomeFen) expected.overIndebted++;
      }
      const found = tallyLines(lines, shoppers, terms);
      for (const [name, value] of Object.entries(expected)) {
        assert.deepEqual(found[name as keyof typeof expected], value, name);
      }
    }),
    { seed: 731, numRuns: 200 },
  );
});

Deno.test("a line that is held counts as held, whatever its limit", () => {
  const lines = allocateLines(1), shoppers = allocateShoppers(1, 0);
  lines.state[1] = lineState.active;
  const { users, active, holders } = tallyLines(lines, shoppers, terms);
  assert.deepEqual([users[1], active[1], holders], [1, 0, 1]);
});
