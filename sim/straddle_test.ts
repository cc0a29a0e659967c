// One limit over both lines, whose debts fall due by different calendars: thirty days a purchase, and a monthly statement.

import assert from "node:assert/strict";
import { decide } from "#/model/credit/limits.ts";
import { interestOfDaysFen } from "#/model/credit/revolving.ts";
import { instalmentFen, monthInterestFen, principalPartFen } from "#/model/credit/instalment.ts";
import { planRateBps } from "#/model/credit/plan_rate.ts";
import { reason } from "#/model/reasons.ts";
import { type ByHand, stillWorld, walkWith } from "#/sim/testing/by_hand.ts";
import { assertSound } from "#/sim/testing/worlds.ts";
import { feesAt, lineCount, principalFen } from "./tables/lines.ts";
import type { World } from "./world.ts";

const jointFen = 300_000;

/** Everything that a shopper owes on both lines. */
function usedFen({ lines }: World, shopper: number): number {
  let sum = 0;
  for (let line = shopper * lineCount; line < (shopper + 1) * lineCount; line++) {
    sum += principalFen(lines, line) + lines.fen[feesAt(line)];
  }
  return sum;
}

/** Cash that all shoppers' banks have paid on lines today: one shopper is all there is. */
const paidFen = ({ memory }: World) => memory.repaid.byBankFen.reduce((sum, fen) => sum + fen, 0);

Deno.test("a joint limit straddles Baitiao's thirty days and Huabei's statement: room comes back on each one's due day", () => {
  const { world, shopper } = stillWorld("baseline");
  const bought: Record<number, Omit<ByHand, "shopper">> = {
    0: { product: "huabei", amountFen: 40_000 }, // 1 July: on today's statement, due on the 10th
    1: { product: "huabei", amountFen: 50_001 }, // 2 July: statement of 1 August, due on 10 August
    5: { product: "baitiao", amountFen: 60_000 }, // due on day 35
    20: { product: "baitiao", amountFen: 70_002 }, // due on day 50
    34: { product: "huabei", amountFen: 30_000 }, // 4 August: due on 10 September
  };
  const moves: Record<number, number> = { 9: -40_000, 35: -60_000, 40: -50_001, 50: -70_002, 71: -30_000 };
  for (const [day, { amountFen }] of Object.entries(bought)) moves[+day] = (moves[+day] ?? 0) + amountFen;
  let used = 0;
  for (let day = 0; day < 80; day++) {
    const own = bought[day] ? [{ ...bought[day], shopper }] : [];
    walkWith(world, day, own, (phase) => assertSound(world, phase));
    used += moves[day] ?? 0;
    assert.equal(usedFen(world, shopper), used, `day ${day}`);
    assert.equal(
      paidFen(world),
      Math.max(0, (bought[day]?.amountFen ?? 0) - (moves[day] ?? 0)),
      `day ${day}`,
    );
    const facts = {
      limitFen: jointFen,
      usedFen: used,
      reservedFen: 0,
      frozenFen: 0,
      late: false,
      throttled: false,
    };
    assert.equal(decide(jointFen - used, facts), reason.none);
    assert.equal(decide(jointFen - used + 1, facts), reason.limitExceeded);
  }
  assert.equal(used, 0);
});

Deno.test("paying tenths of both bills, a shopper owes the rest for thirty days here and a month there, with its interest", () => {
  const { world, shopper } = stillWorld("baseline", [
    "behaviour.minimumBps=10000",
    "credit.baitiao.revolvingAprBps=1460",
  ]);
  const bought: Record<number, Omit<ByHand, "shopper">> = {
    0: { product: "huabei", amountFen: 40_000 },
    5: { product: "baitiao", amountFen: 60_000 },
  };
  const cap = { allInCostCapBps: 2_400, fromDay: Infinity };
  // The debt of each line, when it is due, and since when it bears interest.
  const debts = [
    { dueDays: [9, 40, 71, 101, 132], owedFen: 40_000, aprBps: 1_825, from: -1 },
    { dueDays: [35, 65, 95, 125], owedFen: 60_000, aprBps: 1_460, from: -1 },
  ];
  for (let day = 0; day < 133; day++) {
    const own = bought[day] ? [{ ...bought[day], shopper }] : [];
    walkWith(world, day, own, (phase) => assertSound(world, phase));
    let expectedFen = 0;
    for (const debt of debts) {
      if (!debt.dueDays.includes(day)) continue;
      const interestFen = debt.from < 0 ? 0 : interestOfDaysFen(debt.owedFen, {
        aprBps: debt.aprBps,
        fromDay: debt.from,
        untilDay: day,
        cap,
      });
      const leastFen = Math.ceil(debt.owedFen / 10);
      debt.owedFen -= leastFen;
      debt.from = day;
      expectedFen += leastFen + interestFen;
    }
    assert.equal(paidFen(world), expectedFen, `day ${day}`);
    const started = (bought[0] && day >= 0 ? debts[0].owedFen : 0) + (day >= 5 ? debts[1].owedFen : 0);
    assert.equal(usedFen(world, shopper), started, `day ${day}`);
    const revolvingFen = debts.reduce((sum, { owedFen, from }) => sum + (from < 0 ? 0 : owedFen), 0);
    assert.equal(world.memory.revolvingFen.reduce((sum, fen) => sum + fen, 0), revolvingFen);
    assert.equal(world.arrears.length, 0, "nobody is late");
  }
});

Deno.test("a plan in the run pays what its rule says, month by month, and gives back its stated rate", () => {
  for (const [product, months] of [["baitiao", 6], ["baitiao", 24], ["huabei", 3]] as const) {
    const { world, shopper } = stillWorld("baseline");
    const aprBps = world.terms.scenario.credit[product].instalmentAprBps, lentFen = 200_003;
    const paymentFen = instalmentFen(lentFen, aprBps, months);
    let owedFen = lentFen;
    const monthly: number[] = [];
    for (let day = 0; day <= Math.min(190, months * 30 + 45); day++) {
      walkWith(world, day, day === 0 ? [{ shopper, product, amountFen: lentFen, months }] : []);
      if (day > 0 && day % 30 === 0 && day <= months * 30) {
        const monthsLeft = months - day / 30 + 1;
        const part = principalPartFen(owedFen, { paymentFen, aprBps, monthsLeft });
        monthly.push(part + monthInterestFen(owedFen, aprBps));
        owedFen -= part;
        if (product === "baitiao") assert.equal(paidFen(world), monthly.at(-1), `day ${day}`);
      } else if (product === "baitiao") assert.equal(paidFen(world), 0, `day ${day}`);
    }
    if (months > 6) continue;
    assert.equal(owedFen, 0);
    const rate = planRateBps(lentFen, monthly);
    assert.ok(rate !== "none" && Math.abs(rate - aprBps) < 1, `${rate}`);
    // Huabei's parts join the statement: the last is paid by the due day after it.
    assert.equal(usedFen(world, shopper), 0);
  }
});
