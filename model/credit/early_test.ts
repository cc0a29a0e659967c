import assert from "node:assert/strict";
import fc from "fast-check";
import { interestAheadFen, lawfulEarlyFeeFen } from "./early.ts";
import { instalmentFen, monthInterestFen, principalPartFen, tenorsMonths } from "./instalment.ts";
import { planRateBps } from "./plan_rate.ts";

const principal = fc.integer({ min: 10_000, max: 100_000_000 });
const tenor = fc.constantFrom(...tenorsMonths);

/** What half a fen a month can move the rate of a plan by. */
const roundingBps = (lentFen: number) => 120_000 / lentFen;

/** What is paid until a plan is repaid early in a month, the rest and a fee with it. */
function paidEarly(
  lentFen: number,
  { aprBps, months, month }: Record<"aprBps" | "months" | "month", number>,
) {
  const paymentFen = instalmentFen(lentFen, aprBps, months), payments: number[] = [];
  let owedFen = lentFen;
  for (let k = 1; k < month; k++) {
    const part = principalPartFen(owedFen, { paymentFen, aprBps, monthsLeft: months - k + 1 });
    payments.push(part + monthInterestFen(owedFen, aprBps));
    owedFen -= part;
  }
  return { payments, owedFen, paymentFen, interestFen: monthInterestFen(owedFen, aprBps) };
}

Deno.test("who repays early pays the stated rate for the months that were used, and saves what was ahead", () => {
  fc.assert(
    fc.property(
      principal,
      fc.integer({ min: 100, max: 3_600 }),
      tenor,
      fc.nat(23),
      (lentFen, aprBps, months, k) => {
        const month = k % months + 1;
        const { payments, owedFen, paymentFen, interestFen } = paidEarly(lentFen, { aprBps, months, month });
        const rate = planRateBps(lentFen, [...payments, owedFen + interestFen]);
        assert.ok(
          rate !== "none" && Math.abs(rate - aprBps) < 0.5 + roundingBps(lentFen),
          `${rate}`,
        );
        const ahead = interestAheadFen(owedFen, { paymentFen, aprBps, monthsLeft: months - month + 1 });
        const whole = paidEarly(lentFen, { aprBps, months, month: months });
        const all = [...whole.payments, whole.owedFen + whole.interestFen];
        const sum = (parts: number[]) => parts.reduce((total, fen) => total + fen, 0);
        assert.equal(sum(all) - sum(payments) - owedFen - interestFen, ahead);
      },
    ),
    { seed: 821 },
  );
});

Deno.test("a fee for repaying early, with the interest, stays within the cap once it is in force", () => {
  const cap = { allInCostCapBps: 2_400, fromDay: 0 };
  fc.assert(
    fc.property(
      principal,
      fc.nat(3_000),
      fc.nat(1_000),
      tenor,
      fc.nat(23),
      (lentFen, askedBps, feeBps, months, k) => {
        const aprBps = Math.min(askedBps, 2_400), month = k % months + 1;
        const { payments, owedFen, interestFen } = paidEarly(lentFen, { aprBps, months, month });
        const feeFen = lawfulEarlyFeeFen({ owedFen, feeBps, aprBps, monthsRun: month }, 0, cap);
        const rate = planRateBps(lentFen, [...payments, owedFen + interestFen + feeFen]);
        assert.ok(
          feeFen >= 0 && rate !== "none" && rate < 2_401 + roundingBps(lentFen),
          `${rate} with a fee of ${feeFen}`,
        );
      },
    ),
    { seed: 822 },
  );
});

Deno.test("lawfulEarlyFeeFen() is the contract's before the cap, and nothing where the rate is at the cap", () => {
  const plan = { owedFen: 100_000, feeBps: 200, aprBps: 2_400, monthsRun: 12 };
  assert.equal(lawfulEarlyFeeFen(plan, 9, { allInCostCapBps: 2_400, fromDay: 10 }), 2_000);
  assert.equal(lawfulEarlyFeeFen(plan, 10, { allInCostCapBps: 2_400, fromDay: 10 }), 0);
});
