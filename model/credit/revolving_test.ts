import assert from "node:assert/strict";
import fc from "fast-check";
import { interestOfDaysFen, minimumPaymentFen } from "./revolving.ts";

const fen = fc.nat(1_000_000_000);
const never = { allInCostCapBps: 2_400, fromDay: Infinity };

Deno.test("minimumPaymentFen() lies between a fen and the bill, and what revolves is the rest of it", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000_000 }),
      fc.integer({ min: 1, max: 10_000 }),
      (bill, bps) => {
        const least = minimumPaymentFen(bill, bps);
        assert.ok(Number.isInteger(least) && least >= 1 && least <= bill);
        assert.ok(least * 10_000 >= bill * bps && (least - 1) * 10_000 < bill * bps);
      },
    ),
    { seed: 811 },
  );
  assert.equal(minimumPaymentFen(0, 1_000), 0);
});

Deno.test("interestOfDaysFen() is 0.05 % a day at 18.25 % a year, and nothing over no days", () => {
  assert.equal(interestOfDaysFen(100_000, { aprBps: 1_825, fromDay: 5, untilDay: 6, cap: never }), 50);
  assert.equal(interestOfDaysFen(100_000, { aprBps: 1_825, fromDay: 5, untilDay: 36, cap: never }), 1_550);
  assert.equal(interestOfDaysFen(100_000, { aprBps: 1_825, fromDay: 5, untilDay: 5, cap: never }), 0);
});

Deno.test("interestOfDaysFen() charges each day what is lawful on it: the parts before and after the cap add up", () => {
  const days = fc.nat(400);
  fc.assert(
    fc.property(fen, fc.nat(3_600), days, days, days, (amountFen, aprBps, a, b, fromDay) => {
      const [first, last] = [Math.min(a, b), Math.max(a, b)], cap = { allInCostCapBps: 2_400, fromDay };
      const interest = (from: number, until: number, bps = aprBps, bound = cap) =>
        interestOfDaysFen(amountFen, { aprBps: bps, fromDay: from, untilDay: until, cap: bound });
      const meets = Math.max(first, Math.min(last, fromDay));
      const parts = interest(first, meets, aprBps, never) +
        interest(meets, last, Math.min(aprBps, 2_400), never);
      assert.ok(Math.abs(interest(first, last) - parts) <= 1);
      assert.ok(interest(first, last) <= interest(first, last, aprBps, never));
      if (first >= fromDay) {
        assert.ok(interest(first, last) <= amountFen * 0.24 * (last - first) / 365 + 0.5);
      }
    }),
    { seed: 812 },
  );
});

Deno.test("interestOfDaysFen() refuses days that run backwards", () => {
  assert.throws(() => interestOfDaysFen(1, { aprBps: 1, fromDay: 2, untilDay: 1, cap: never }), {
    name: "RangeError",
    message: /from day 2 to day 1/,
  });
});
