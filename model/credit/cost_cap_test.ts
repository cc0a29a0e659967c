import assert from "node:assert/strict";
import fc from "fast-check";
import { lawfulAprBps, lawfulLateFeePpm } from "./cost_cap.ts";

const cap = { allInCostCapBps: 2_400, fromDay: 273 };

Deno.test("lawfulAprBps() is trimmed from the day the cap is in force, and only where it is above", () => {
  assert.equal(lawfulAprBps(2_700, 272, cap), 2_700);
  assert.equal(lawfulAprBps(2_700, 273, cap), 2_400);
  assert.equal(lawfulAprBps(1_635, 273, cap), 1_635);
});

Deno.test("lawfulLateFeePpm() charges what the rate leaves below the cap, and nothing where it leaves nothing", () => {
  assert.equal(lawfulLateFeePpm(500, 1_635, 272, cap), 500);
  assert.equal(lawfulLateFeePpm(500, 1_635, 273, cap), 209); // 765 bps a year = 76,500 ppm over 365 days
  assert.equal(lawfulLateFeePpm(100, 1_635, 273, cap), 100);
  assert.equal(lawfulLateFeePpm(500, 2_400, 273, cap), 0);
  assert.equal(lawfulLateFeePpm(500, 2_700, 273, cap), 0);
});

Deno.test("rate and late fee of a year together never pass the cap once it is in force", () => {
  const rate = fc.nat(3_600);
  fc.assert(
    fc.property(rate, fc.nat(5_000), rate, fc.nat(400), (aprBps, lateFeePpm, allInCostCapBps, day) => {
      const cap = { allInCostCapBps, fromDay: 100 };
      const lawful = lawfulAprBps(aprBps, day, cap), fee = lawfulLateFeePpm(lateFeePpm, lawful, day, cap);
      if (day >= 100) assert.ok(lawful + fee * 365 / 100 <= allInCostCapBps);
      else assert.deepEqual([lawful, fee], [aprBps, lateFeePpm]);
      assert.ok(fee >= 0 && fee <= lateFeePpm && Number.isInteger(fee));
    }),
    { seed: 81, numRuns: 2_000 },
  );
});
