// The all-in cost cap in the run: whatever is charged on a line stays within it from its day on, and not before.

import assert from "node:assert/strict";
import { stillWorld, walkWith } from "#/sim/testing/by_hand.ts";
import { lineCount, principalFen } from "./tables/lines.ts";

/** Rates above the cap wherever one can be said, and a person who pays tenths, then nothing, then all. */
const dear = [
  "credit.huabei.revolvingAprBps=3600",
  "credit.huabei.instalmentAprBps=3600",
  "credit.huabei.earlyFeeBps=1000",
  "credit.baitiao.revolvingAprBps=3600",
  "credit.baitiao.instalmentAprBps=3600",
  "credit.baitiao.earlyFeeBps=1000",
  "behaviour.reminderEffectBps=0",
  "population.boundCardBps=0",
  "behaviour.forgetBps=10000",
  "behaviour.cureBpsPerDay=300",
];

/** What a year of debt was charged, in bps of it: charges over the days' principal, a month being a twelfth of a year. */
function yearlyCostBps(
  product: "baitiao" | "huabei",
  settings: string[],
): { bps: number; chargedFen: number } {
  const { world, shopper } = stillWorld("baseline", [...dear, ...settings]);
  const line = shopper * lineCount + (product === "baitiao" ? 0 : 1);
  let chargedFen = 0, fenDays = 0;
  for (let day = 0; day < 150; day++) {
    // Tenths for two months, nothing for two, then in order again.
    const { behaviour } = world.terms.scenario;
    behaviour.minimumBps = day < 60 ? 10_000 : 0;
    world.shoppers.indiscipline[shopper] = day >= 60 && day < 120 ? 255 : 0;
    const owedFen = principalFen(world.lines, line);
    const bought = day === 0
      ? [
        { shopper, product, amountFen: 20_000 },
        { shopper, product, amountFen: 240_000, months: 12 },
      ]
      : [];
    walkWith(world, day, bought, (phase) => {
      if (phase !== "repay" && phase !== "age") return;
      for (const fen of world.memory.chargedFen) chargedFen += fen;
    });
    fenDays += Math.max(owedFen, principalFen(world.lines, line));
  }
  return { bps: chargedFen / fenDays * 3_600_000, chargedFen };
}

Deno.test("revolving, instalments, early fees and late fees together cost no more than the cap once it is in force", () => {
  for (const product of ["baitiao", "huabei"] as const) {
    for (const earlyRepayBps of [0, 5_000]) {
      const early = `behaviour.earlyRepayBps=${earlyRepayBps}`;
      const capped = yearlyCostBps(product, [early, "rulebook.allInCostCapFrom=2019-06-01"]);
      const free = yearlyCostBps(product, [early, "rulebook.allInCostCapFrom=2029-06-01"]);
      assert.ok(capped.bps > 500 && capped.bps <= 2_400, `${product}: ${capped.bps} bps under the cap`);
      assert.ok(free.bps > 2_400, `${product}: ${free.bps} bps without it`);
      assert.ok(free.chargedFen > capped.chargedFen);
    }
  }
});
