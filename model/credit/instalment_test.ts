import assert from "node:assert/strict";
import fc from "fast-check";
import {
  annuityPayment,
  instalmentFen,
  monthInterestFen,
  principalPartFen,
  tenorsMonths,
} from "./instalment.ts";

/** What a plan's payments are, month by month, when every one is made. */
function plan(principalFen: number, aprBps: number, months: number) {
  const paymentFen = instalmentFen(principalFen, aprBps, months);
  const payments: { principalFen: number; interestFen: number }[] = [];
  let owedFen = principalFen;
  for (let monthsLeft = months; monthsLeft > 0; monthsLeft--) {
    const interestFen = monthInterestFen(owedFen, aprBps);
    const principal = principalPartFen(owedFen, { paymentFen, aprBps, monthsLeft });
    payments.push({ principalFen: principal, interestFen });
    owedFen -= principal;
  }
  return { paymentFen, payments, owedFen };
}

/** The rate a month at which payments are worth what was lent, by halving. */
function rateOf(principalFen: number, payments: readonly number[]): number {
  let low = 0, high = 1;
  for (let k = 0; k < 60; k++) {
    const rate = (low + high) / 2;
    const worth = payments.reduceRight((later, payment) => (later + payment) / (1 + rate), 0);
    if (worth > principalFen) low = rate;
    else high = rate;
  }
  return low;
}

const tenor = fc.constantFrom(...tenorsMonths);
const apr = fc.nat(3_600);

Deno.test("annuityPayment() gives the published figures", () => {
  // numpy-financial, tests/test_financial.py: pmt(0.08/12, 5*12, 15000) and pmt(0.3, 12, 2000), pmt(0, 12, 2000).
  const near = (actual: number, expected: number) =>
    assert.ok(Math.abs(actual / expected - 1) < 1e-12, `${actual}`);
  near(annuityPayment(15_000, 0.08 / 12, 60), 304.14591432620523);
  near(annuityPayment(2_000, 0.3, 12), 626.9081401700757);
  near(annuityPayment(2_000, 0, 12), 166.66666666666666);
  near(annuityPayment(100, 0.05, 1), 105);
});

Deno.test("annuityPayment() refuses fewer than one period", () => {
  for (const periods of [0, -1, NaN]) {
    assert.throws(() => annuityPayment(1, 0.01, periods), { name: "RangeError", message: /at least 1/ });
  }
});

Deno.test("monthInterestFen() is a twelfth of the yearly rate, rounded to the fen", () => {
  assert.equal(monthInterestFen(100_000, 1_200), 1_000);
  assert.equal(monthInterestFen(100_000, 1_635), 1_363); // 1,362.5
  assert.equal(monthInterestFen(99_999, 1_635), 1_362); // 1,362.486
  assert.equal(monthInterestFen(0, 1_635), 0);
});

Deno.test("a plan's principal parts sum to the principal, to the fen, whatever the amount, rate and tenor", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.nat(500), fc.nat(1_000_000_000_000)),
      apr,
      tenor,
      (principalFen, aprBps, months) => {
        const { payments, owedFen } = plan(principalFen, aprBps, months);
        assert.equal(owedFen, 0);
        assert.ok(payments.every((one) => one.principalFen >= 0 && one.interestFen >= 0));
        assert.equal(payments.reduce((sum, one) => sum + one.principalFen, 0), principalFen);
      },
    ),
    { seed: 51, numRuns: 2_000 },
  );
});

Deno.test("principalPartFen() repays nothing where the payment does not cover the interest, and all at the end", () => {
  const terms = { paymentFen: 2_000, aprBps: 3_600 };
  assert.equal(principalPartFen(100_000, { ...terms, monthsLeft: 5 }), 0);
  assert.equal(principalPartFen(60_000, { ...terms, monthsLeft: 5 }), 200);
  assert.equal(principalPartFen(150, { ...terms, monthsLeft: 5 }), 150);
  assert.equal(principalPartFen(100_000, { ...terms, monthsLeft: 1 }), 100_000);
});

Deno.test("a plan's payments are level, and the last differs by no more than the fen that were rounded", () => {
  fc.assert(
    fc.property(fc.integer({ min: 10_000, max: 100_000_000 }), apr, tenor, (principalFen, aprBps, months) => {
      const { paymentFen, payments } = plan(principalFen, aprBps, months);
      const paid = payments.map((one) => one.principalFen + one.interestFen);
      assert.ok(paid.slice(0, -1).every((fen) => fen === paymentFen));
      // Each month rounds interest and payment by half a fen at most, and what is left of it bears interest.
      const grown = months * (1 + aprBps / 120_000) ** months;
      assert.ok(
        Math.abs(paid[months - 1] - paymentFen) <= grown,
        `${paid[months - 1]} against ${paymentFen}`,
      );
    }),
    { seed: 52, numRuns: 2_000 },
  );
});

Deno.test("at its stated rate a plan is worth what was lent, within half a fen a month", () => {
  fc.assert(
    fc.property(fc.nat(100_000_000), apr, tenor, (principalFen, aprBps, months) => {
      const worth = plan(principalFen, aprBps, months).payments.reduceRight(
        (later, one) => (later + one.principalFen + one.interestFen) / (1 + aprBps / 120_000),
        0,
      );
      assert.ok(Math.abs(worth - principalFen) <= months / 2 + 1e-6, `${worth} for ${principalFen}`);
    }),
    { seed: 53, numRuns: 2_000 },
  );
});

Deno.test("a plan's flows give back its stated rate", () => {
  for (const months of tenorsMonths) {
    for (const aprBps of [100, 1_635, 2_400, 3_600]) {
      const { payments } = plan(500_000, aprBps, months);
      const rate = rateOf(500_000, payments.map((one) => one.principalFen + one.interestFen));
      assert.ok(
        Math.abs(rate * 120_000 - aprBps) < 0.2,
        `${months} months: ${rate * 120_000} for ${aprBps} bps`,
      );
    }
  }
});

Deno.test("a higher rate costs more, and a longer tenor costs less a month and more in all", () => {
  assert.ok(instalmentFen(100_000, 1_700, 12) > instalmentFen(100_000, 1_600, 12));
  const sum = (months: number) =>
    plan(100_000, 1_635, months).payments.reduce((total, one) => total + one.interestFen, 0);
  for (const [shorter, longer] of [[3, 6], [6, 12], [12, 24]]) {
    assert.ok(instalmentFen(100_000, 1_635, longer) < instalmentFen(100_000, 1_635, shorter));
    assert.ok(sum(longer) > sum(shorter));
  }
});
