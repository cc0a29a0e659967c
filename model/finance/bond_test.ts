import assert from "node:assert/strict";
import fc from "fast-check";
import { civil, epochDay, isoDate } from "#/model/units/calendar.ts";
import { bondAtYield, bondFlows, bondOnCurve, type BondTerms, bondYield } from "./bond.ts";
import { afterBusinessDays, dayConventions, paymentDay } from "./business_days.ts";
import { couponPeriods } from "./coupon_periods.ts";
import type { Compounding } from "./flow_sensitivity.ts";
import { sensitivityOnCurve, worthOnCurve, zSpread } from "./zero_curve.ts";

const isWeekday = (day: number) => civil(day).weekday < 5;

/** Bonds of all kinds with a settlement somewhere in their lives. */
const held = fc.record({
  effective: fc.integer({ min: 12_000, max: 16_000 }),
  lifeDays: fc.integer({ min: 60, max: 12_000 }),
  couponsPerYear: fc.constantFrom(1, 2, 4, 12),
  coupons: fc.oneof(fc.double({ min: 0, max: 0.15, noNaN: true }), fc.constant([0.02, 0.03, 0.05])),
  dayCount: fc.constantFrom<BondTerms["dayCount"]>("act/act ISMA", "act/365F", "act/360", "30E/360"),
  endOfMonth: fc.boolean(),
  payments: fc.constantFrom(undefined, {
    isBusinessDay: isWeekday,
    convention: "modified following" as const,
  }),
  part: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
}).map(({ lifeDays, part, ...rest }) => ({
  bond: { ...rest, maturity: rest.effective + lifeDays },
  settlement: rest.effective + Math.floor(part * lifeDays),
}));
const compounding = fc.constantFrom<Compounding>(1, 2, 12, "continuous");
const yearly = fc.double({ min: -0.02, max: 0.3, noNaN: true });

Deno.test("the yield of a price prices the bond again, whatever it is and however it is compounded", () => {
  fc.assert(
    fc.property(held, yearly, compounding, ({ bond, settlement }, y, compounding) => {
      const { clean, dirty } = bondAtYield(bond, { settlement, yield: y, compounding });
      const found = bondYield(bond, { settlement, clean, compounding });
      assert.ok(found.kind === "one");
      const again = bondAtYield(bond, { settlement, yield: found.yield, compounding });
      assert.ok(Math.abs(again.clean - clean) < 1e-9 * dirty, `${again.clean}, ${clean}`);
    }),
    { seed: 85, numRuns: 300 },
  );
});

Deno.test("modified duration and convexity are the derivatives of the price", () => {
  fc.assert(
    fc.property(held, yearly, compounding, ({ bond, settlement }, y, compounding) => {
      const at = (value: number) => bondAtYield(bond, { settlement, yield: value, compounding });
      const { dirty, modifiedYears, convexity, macaulayYears } = at(y), h = 1e-4;
      const [up, down] = [at(y + h).dirty, at(y - h).dirty];
      const slope = -(up - down) / (2 * h) / dirty, curve = (up - 2 * dirty + down) / (h * h) / dirty;
      assert.ok(
        Math.abs(slope - modifiedYears) <= 1e-5 * Math.max(1, convexity * 10),
        `${slope}, ${modifiedYears}`,
      );
      assert.ok(Math.abs(curve - convexity) <= 1e-3 * Math.max(1, convexity), `${curve}, ${convexity}`);
      const divisor = compounding === "continuous" ? 1 : 1 + y / compounding;
      assert.ok(Math.abs(modifiedYears - macaulayYears / divisor) < 1e-9 * Math.max(1, macaulayYears));
    }),
    { seed: 86, numRuns: 300 },
  );
});

Deno.test("on a coupon day a bond whose coupon is its yield costs par, and accrues nothing", () => {
  for (const couponsPerYear of [1, 2, 4]) {
    const [effective, settlement, maturity] = ["2020-01-31", "2021-01-31", "2025-01-31"].map(epochDay);
    const bond = { effective, maturity, couponsPerYear, coupons: 0.06 };
    const { clean, accrued } = bondAtYield(bond, { settlement, yield: 0.06, compounding: couponsPerYear });
    assert.ok(accrued === 0 && Math.abs(clean - 100) < 1e-11, `${clean}`);
  }
});

Deno.test("a zero bond's Macaulay duration is its time to maturity", () => {
  const [effective, maturity] = ["2020-01-01", "2027-01-01"].map(epochDay);
  const bond = { effective, maturity, couponsPerYear: 1, coupons: 0 };
  const { macaulayYears, clean } = bondAtYield(bond, { settlement: effective, yield: 0.05, compounding: 1 });
  assert.ok(macaulayYears === 7 && Math.abs(clean - 100 / 1.05 ** 7) < 1e-11);
});

Deno.test("interest accrues evenly in a period and starts again after each coupon", () => {
  const [effective, maturity] = ["2023-03-15", "2025-03-15"].map(epochDay);
  const bond = { effective, maturity, couponsPerYear: 2, coupons: 0.04 };
  const accrued = (iso: string) => bondFlows(bond, epochDay(iso)).accrued;
  assert.equal(accrued("2023-03-15"), 0);
  assert.ok(Math.abs(accrued("2023-06-15") - 2 * 92 / 184) < 1e-12);
  assert.ok(Math.abs(accrued("2023-09-14") - 2 * 183 / 184) < 1e-12);
  assert.equal(accrued("2023-09-15"), 0);
});

Deno.test("periods fill the life of a bond, and those that are regular are all the same part of a year", () => {
  fc.assert(
    fc.property(held, ({ bond }) => {
      const periods = couponPeriods({ ...bond, dayCount: "act/act ISMA" });
      assert.equal(periods[0].from, bond.effective);
      assert.equal(periods.at(-1)!.to, bond.maturity);
      for (const [k, { from, to, years }] of periods.entries()) {
        assert.ok(to > from);
        if (k === 0) assert.ok(years > 0 && years <= 1 / bond.couponsPerYear + 1e-12);
        else {
          assert.equal(from, periods[k - 1].to);
          assert.equal(years, 1 / bond.couponsPerYear);
        }
      }
    }),
    { seed: 87, numRuns: 300 },
  );
});

Deno.test("stubs of any length count the days of the notional periods that they touch", () => {
  const day = epochDay;
  const ends = (periods: { to: number }[]) => periods.map(({ to }) => isoDate(to));
  // A short last period, as of QuantLib's bond with a stub date: 120 of the 181 days to 30 May 2009.
  const last = couponPeriods({
    ...{ effective: day("2007-11-30"), maturity: day("2009-03-30"), couponsPerYear: 2 },
    nextToLast: day("2008-11-30"),
  });
  assert.deepEqual(ends(last), ["2008-05-30", "2008-11-30", "2009-03-30"]);
  assert.equal(last[2].years, 120 / 181 / 2);
  // A long first period: 61 days of the notional one before 15 July 2021, and a whole one.
  const first = couponPeriods({
    ...{ effective: day("2021-05-15"), maturity: day("2023-01-15"), couponsPerYear: 2 },
    firstCoupon: day("2022-01-15"),
  });
  assert.deepEqual(ends(first), ["2022-01-15", "2022-07-15", "2023-01-15"]);
  assert.ok(Math.abs(first[0].years - (61 / 181 + 1) / 2) < 1e-15);
});

Deno.test("a payment that a weekend delays is worth less, on a curve and in a yield that counts payment days", () => {
  const [effective, maturity] = ["2004-11-30", "2006-11-30"].map(epochDay);
  const bond = { effective, maturity, couponsPerYear: 2, coupons: 0.02875 };
  // Memorial Day of 2005, 30 May, is the only one of its coupon days on which no money moves.
  const isBusinessDay = (day: number) => isWeekday(day) && day !== epochDay("2005-05-30");
  const paid = { ...bond, payments: { isBusinessDay, convention: "modified following" as const } };
  const terms = { settlement: effective, yield: 0.02997, compounding: 2 };
  // QuantLib, test-suite/bonds.cpp, prints 99.764759 for the bond whose payments move.
  assert.ok(Math.abs(bondAtYield(paid, terms).clean - 99.764759) < 1e-6);
  assert.ok(bondAtYield(bond, terms).clean > bondAtYield(paid, terms).clean + 1e-4);
  const curve = { points: [{ day: 0, rate: 0.03 }] };
  const onCurve = (one: BondTerms) => bondOnCurve(one, { settlement: effective, curve }).clean;
  assert.ok(onCurve(bond) > onCurve(paid));
});

Deno.test("payment days lie on business days, and only the following ones leave the month", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 30_000 }),
      fc.constantFrom(...dayConventions),
      (day, convention) => {
        const paid = paymentDay(day, { isBusinessDay: isWeekday, convention });
        if (convention === "unadjusted" || isWeekday(day)) return assert.equal(paid, day);
        assert.ok(isWeekday(paid) && Math.abs(paid - day) <= 3);
        if (convention === "modified following") assert.equal(civil(paid).month, civil(day).month);
        else assert.equal(paid > day, convention === "following");
      },
    ),
    { seed: 88, numRuns: 500 },
  );
  const friday = epochDay("2024-03-01");
  assert.equal(afterBusinessDays(friday, { isBusinessDay: isWeekday, businessDays: 2 }), friday + 4);
  assert.throws(
    () => paymentDay(0, { isBusinessDay: () => false, convention: "following" }),
    /no business day/,
  );
});

Deno.test("a spread over the curve prices the flows again, and one that cannot is none", () => {
  const points = [{ day: 0, rate: 0.01 }, { day: 700, rate: 0.04 }];
  const flows = [{ day: 200, amount: 5 }, { day: 900, amount: 105 }];
  for (const compounding of [1, 2, "continuous"] as const) {
    for (const spread of [-0.5, 0, 0.013, 2]) {
      const curve = { points, compounding }, price = worthOnCurve(curve, { flows, from: 0, spread });
      const found = zSpread(curve, { flows, from: 0, price });
      assert.ok(found.kind === "one" && Math.abs(found.spread - spread) < 1e-12, `${JSON.stringify(found)}`);
    }
  }
  assert.equal(zSpread({ points }, { flows, from: 0, price: 0 }).kind, "none");
  assert.equal(zSpread({ points }, { flows, from: 900, price: 5 }).kind, "none", "nothing is paid any more");
  assert.throws(
    () => zSpread({ points }, { flows: [{ day: 9, amount: -1 }], from: 0, price: 1 }),
    /-1 as flow/,
  );
});

Deno.test("on a flat curve durations are those of one yield", () => {
  const flows = [{ day: 365, amount: 6 }, { day: 730, amount: 106 }];
  const own = sensitivityOnCurve({ points: [{ day: 0, rate: 0.06 }] }, { flows, from: 0 });
  assert.ok(Math.abs(own.price - 100) < 1e-12);
  assert.ok(Math.abs(own.macaulayYears - (6 / 1.06 + 2 * 106 / 1.06 ** 2) / 100) < 1e-12);
  assert.ok(Math.abs(own.convexity - (2 * 6 / 1.06 ** 3 + 6 * 106 / 1.06 ** 4) / 100) < 1e-12);
});

Deno.test("terms out of range are refused by name", () => {
  const good = { effective: 100, maturity: 1_100, couponsPerYear: 2, coupons: 0.05 };
  const message = (bad: Partial<BondTerms>, settlement = 100) => {
    try {
      bondFlows({ ...good, ...bad }, settlement);
    } catch (error) {
      return String(error);
    }
    return "no error";
  };
  assert.equal(
    message({ maturity: 90 }),
    "RangeError: Cannot use 90 as maturity: a whole number of 101 or more is needed",
  );
  assert.match(
    message({ couponsPerYear: 5 }),
    /Cannot use 5 as couponsPerYear: 1, 2, 3, 4, 6 or 12 is needed/,
  );
  assert.match(message({ coupons: [0.05, -0.01] }), /Cannot use -0.01 as coupon 2/);
  assert.match(message({ coupons: [] }), /Cannot use 0 as number of coupons/);
  assert.match(
    message({ nextToLast: 1_200 }),
    /Cannot use 1200 as nextToLast: a whole number from 101 to 1099/,
  );
  assert.match(
    message({}, 1_100),
    /Cannot use 1100 as settlement: a whole number from 100 to 1099 is needed/,
  );
  assert.throws(
    () => bondAtYield(good, { settlement: 100, yield: -2, compounding: 2 }),
    /Cannot use -2 as yield: a finite number above -2 is needed/,
  );
  assert.equal(bondYield(good, { settlement: 100, clean: -5, compounding: 2 }).kind, "none");
});
