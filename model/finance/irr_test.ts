import assert from "node:assert/strict";
import fc from "fast-check";
import { epochDay } from "#/model/units/calendar.ts";
import { yearsBetween } from "./day_count.ts";
import { internalRate, presentValue } from "./irr.ts";

const yearly = (amounts: number[]) => amounts.map((amount, years) => ({ years, amount }));
const ratesOf = (amounts: number[]) => {
  const found = internalRate(yearly(amounts));
  return found.kind === "none" ? [] : found.kind === "one" ? [found.rate] : found.rates;
};

/** Yearly flows whose present value is zero at exactly these rates: the coefficients of Π (1 + r − x). */
function flowsWithRoots(rates: readonly number[]): number[] {
  let flows = [1];
  for (const rate of rates) {
    const next = new Array(flows.length + 1).fill(0);
    for (const [i, c] of flows.entries()) {
      next[i] -= c;
      next[i + 1] += c * (1 + rate);
    }
    flows = next;
  }
  return flows;
}

Deno.test("an outlay and one return have the rate that a calculator gives", () => {
  for (const rate of [-0.9, -0.1, 0, 1e-9, 0.07, 3, 900]) {
    const [own] = ratesOf([-1, 1 + rate]);
    assert.ok(Math.abs(own - rate) <= 2e-15 * (1 + Math.abs(rate)), `${own} for ${rate}`);
  }
});

Deno.test("flows with two and three known rates give all of them and no other", () => {
  const near = (own: number[], expected: number[]) => {
    assert.equal(own.length, expected.length, own.join());
    for (const [i, rate] of expected.entries()) {
      assert.ok(Math.abs(own[i] - rate) < 1e-8, `${own[i]}, ${rate}`);
    }
  };
  near(ratesOf([-1000, 2300, -1320]), [0.1, 0.2]);
  near(ratesOf(flowsWithRoots([-0.5, 0.1, 4])), [-0.5, 0.1, 4]);
  near(ratesOf(flowsWithRoots([0, 0.001])), [0, 0.001]);
  near(ratesOf(flowsWithRoots([-0.3, -0.2, 0.05, 0.3, 2])), [-0.3, -0.2, 0.05, 0.3, 2]);
});

Deno.test("where no rate makes flows worth nothing, there is none: two signs, yet no root", () => {
  assert.deepEqual(ratesOf([-100, 150, -100]), []);
  assert.deepEqual(ratesOf([100, 200]), []);
  assert.deepEqual(ratesOf([]), []);
  assert.deepEqual(ratesOf([0, 0]), []);
  // The one root lies beyond the searched range, which ends near 109,563 %.
  assert.deepEqual(ratesOf([-1, 5000]), []);
});

Deno.test("random rates are found again among random flows, and every rate found is one", () => {
  const rate = fc.double({ min: -0.8, max: 3, noNaN: true });
  fc.assert(
    fc.property(fc.uniqueArray(rate, { minLength: 1, maxLength: 4 }), (rates) => {
      const ascending = [...rates].sort((a, b) => a - b);
      if (ascending.some((r, i) => i > 0 && r - ascending[i - 1] < 0.02)) return;
      const own = ratesOf(flowsWithRoots(ascending));
      assert.equal(own.length, ascending.length, `${own} for ${ascending}`);
      for (const [i, r] of ascending.entries()) assert.ok(Math.abs(own[i] - r) < 1e-6 * (1 + Math.abs(r)));
    }),
    { seed: 67, numRuns: 300 },
  );
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 30 }),
      (amounts) => {
        const own = ratesOf(amounts);
        for (const r of own) {
          const low = presentValue(yearly(amounts), (1 + r) * (1 - 1e-7) - 1);
          const high = presentValue(yearly(amounts), (1 + r) * (1 + 1e-7) - 1);
          assert.ok(low > 0 !== high > 0 || Math.abs(low) < 1e-6 * 1000, `${r} of ${amounts}`);
        }
        const nonzero = amounts.filter((x) => x !== 0);
        const changes = nonzero.filter((x, i) => i > 0 && x > 0 !== nonzero[i - 1] > 0).length;
        assert.ok(own.length <= changes, "no more rates than changes of sign");
      },
    ),
    { seed: 68, numRuns: 300 },
  );
});

Deno.test("order, a common factor and a shift in time change no rate", () => {
  const flows = [{ years: 0.3, amount: -70 }, { years: 2.1, amount: 40 }, { years: 1.2, amount: 45 }];
  const rate = internalRate(flows);
  assert.ok(rate.kind === "one");
  for (
    const other of [
      flows.toReversed(),
      flows.map(({ years, amount }) => ({ years: years + 12, amount })),
      flows.map(({ years, amount }) => ({ years, amount: amount * -1e7 })),
    ]
  ) {
    const again = internalRate(other);
    assert.ok(again.kind === "one" && Math.abs(again.rate - rate.rate) < 1e-13);
  }
});

Deno.test("long flows far from zero neither overflow nor lose their rate", () => {
  const flows = yearly([-1000, ...new Array(99).fill(0), 5000]);
  const found = internalRate(flows);
  assert.ok(found.kind === "one" && Math.abs((1 + found.rate) ** 100 - 5) < 1e-11);
  const losing = internalRate(yearly([-1e9, ...new Array(60).fill(0), 1]));
  assert.ok(losing.kind === "one" && Math.abs((1 + losing.rate) ** 61 - 1e-9) < 1e-20);
});

Deno.test("flows that are no numbers and rates of -100 % are refused", () => {
  assert.throws(() => internalRate([{ years: 0, amount: NaN }]), /^RangeError: Cannot find a rate for NaN/);
  assert.throws(() => internalRate([{ years: Infinity, amount: 1 }]), RangeError);
  assert.throws(() => presentValue([], -1), /a rate above -1 is needed/);
});

Deno.test("dates are counted by six conventions", () => {
  const between = (from: string, to: string, convention: Parameters<typeof yearsBetween>[2]) =>
    yearsBetween(epochDay(from), epochDay(to), convention);
  assert.equal(between("2023-12-31", "2024-12-31", "act/365F"), 366 / 365);
  assert.equal(between("2024-01-01", "2024-01-31", "act/360"), 30 / 360);
  assert.equal(between("2024-02-28", "2024-03-01", "nl/365"), 1 / 365);
  assert.equal(between("2024-03-01", "2024-02-28", "nl/365"), -1 / 365);
  assert.ok(Math.abs(between("2023-07-01", "2024-07-01", "act/act ISDA") - (184 / 365 + 182 / 366)) < 1e-12);
  assert.equal(between("2024-01-15", "2024-03-31", "30/360 ISDA"), 76 / 360);
  assert.equal(between("2024-01-15", "2024-03-31", "30E/360"), 75 / 360);
  assert.equal(between("2024-01-31", "2024-03-31", "30/360 ISDA"), 60 / 360);
});
