import assert from "node:assert/strict";
import { epochDay, isoDate } from "#/model/units/calendar.ts";
import type { Reader } from "./case.ts";
import { bondCases } from "./readers/bonds.ts";
import { privateEquityCases } from "./readers/private_equity.ts";
import { projectFinanceCases } from "./readers/project_finance.ts";
import { timeValueCases } from "./readers/time_value.ts";
import { afterBusinessDays } from "#/model/finance/business_days.ts";
import { holidays, isGovernmentBondDay } from "./readers/us_government_bonds.ts";

/** The statuses that a reader gives to a file. */
const statuses = (reader: Reader, file: unknown) => reader(JSON.stringify(file)).map(({ status }) => status);

Deno.test("time value is held to each function's answers, no answer to none, and an unknown function fails", () => {
  const irr = { fn: "irr", args: { values: [-100, 230, -132] } };
  const good = [
    { fn: "fv", args: { rate: 0.1, nper: 5, pmt: 100, pv: 0 }, expected: -610.51, rtol: 1e-10 },
    { ...irr, expected: 0.1, atol: 1e-9 },
    { ...irr, expected: 0.2, atol: 1e-9 },
    { fn: "irr", args: { values: [1, 2] }, expected: null },
    { fn: "npv", args: { rate: -1, values: [1] }, expected: null },
    { fn: "npv", args: { rate: 0.1, values: [110], startFromZero: false }, expected: 100, atol: 1e-9 },
    {
      fn: "mirr_broadcast",
      args: { values: [[-100, 121], [1, 2]], financeRate: [0.1], reinvestRate: [0.1] },
      expected: [[0.21], [null]],
      rtol: 1e-9,
    },
  ];
  assert.deepEqual(statuses(timeValueCases, { cases: good }), Array(8).fill("passed"));
  const bad = [
    { ...good[0], expected: 610.51 },
    { ...irr, expected: 0.15, atol: 1e-9 },
    { ...irr, expected: null },
    { ...good[3], expected: 0 },
    { ...good[4], expected: 0, atol: 1 },
    { ...good[5], args: { rate: 0.1, values: [110] } },
    { ...good[0], fn: "vdb" },
  ];
  assert.deepEqual(statuses(timeValueCases, { cases: bad }), Array(7).fill("failed"));
  // Paid at the start, each of five payments earns one period more.
  const at = (when: unknown) => ({ ...good[0], args: { ...good[0].args, when }, expected: -671.561 });
  const words = ["begin", "start", 1, "end", 0, "noon"];
  assert.deepEqual(statuses(timeValueCases, { cases: words.map(at) }), [
    ...Array(3).fill("passed"),
    ...Array(3).fill("failed"),
  ]);
});

Deno.test("private equity is held to its tolerance, and an unknown measure fails", () => {
  const fund = { amounts: [-25, 15, 0], index: [100, 115, 130], nav: 20 };
  const file = {
    source: "words",
    tvpi: [{ ...fund, expected: 1.4 }],
    ksPme: [{ ...fund, expected: 1.14, atol: 0.01 }],
    directAlpha: [{ ...fund, expected: 0.0875, atol: 1e-4 }],
  };
  assert.deepEqual(statuses(privateEquityCases, file), Array(3).fill("passed"));
  const wrong = { tvpi: [{ ...fund, expected: 1.41 }], ksPme: [{ ...fund, expected: 1.14 }], alpha: [] };
  assert.deepEqual(statuses(privateEquityCases, wrong), ["failed", "failed", "failed"]);
});

Deno.test("project finance is read by what a case expects, with the invariants on every sculpted debt", () => {
  const interest = {
    ...{ id: "i", openingDebt: 1_000, rate: 0.05, dayCount: "act/365" },
    ...{ start: "2025-01-01", end: "2025-07-03", days: 183, expectedInterest: 25.068493150684933 },
  };
  const sculpt = {
    ...{ id: "s", openingDebt: 1_000, cfads: 600, targetDSCR: 1.25, interest: 25 },
    ...{ expectedDebtService: 480, expectedPrincipal: 455, expectedClosing: 545 },
  };
  const capacity = { id: "c", cfads: [600, 600], rate: 0, targetDSCR: 1.2, expectedCapacity: 1_000 };
  const tablePublished = {
    netCashflow: [10, 30],
    debtRepayment: [10, 20],
    expectedADSCR: [1, 1.5],
    tolerance: 0.05,
  };
  const good = { cases: [interest, sculpt, capacity], tablePublished };
  assert.deepEqual(statuses(projectFinanceCases, good), Array(5).fill("passed"));
  const bad = {
    cases: [
      { ...interest, days: 184 },
      { ...sculpt, expectedClosing: 546 },
      { ...capacity, expectedCapacity: 1_001 },
      { ...capacity, expectedPrincipalEach: 499 },
      { id: "u", gearing: 1 },
    ],
    tablePublished: { ...tablePublished, expectedADSCR: [1.1, 1.6] },
  };
  assert.deepEqual(statuses(projectFinanceCases, bad), Array(7).fill("failed"));
});

Deno.test("bonds are read with their calendars and curves, flows on a curve figure by figure, and the unknown fails", () => {
  const bond = {
    ...{ id: "b", evaluationDate: "2004-11-22", settlementDays: 1, calendar: "Null", tolerance: 1e-6 },
    schedule: { effective: "2004-10-31", termination: "2006-10-31", freq: "semiannual", eom: true },
    ...{ coupon: 0.025, dayCount: "act/act ISMA" },
    flatCurve: { rate: 0.03, dayCount: "act/360", compounding: "continuous" },
  };
  const byYield = { what: "cleanPriceFromYield", yield_: 0.02925, compounding: "compounded semiannual" };
  const checks = [
    { ...byYield, expected: 99.204505 },
    { what: "cleanPriceFromCurve", expected: 98.943393 },
    { what: "yieldFromCleanPrice", price: 99.203125, compounding: "continuous", expected: 0.029045 },
  ];
  const priced = {
    ...{ index: 2, what: "priceBond", priceDate: "2021-05-01", originBalance: 3_000 },
    curve: [["2021-01-01", 0.01], ["2023-01-01", 0.02]],
    flows: [["2022-05-01", 1_500, 10, 500], ["2022-08-01", 0, 10, 1_500]],
  };
  const expected = { pv: 1_978.47, facePct: 65.949, wal: 1.18, duration: 1.188145, accruedInterest: 52.6 };
  const file = (changed: unknown[], figures: Record<string, number>, rest = {}) => ({
    quantlib: { bonds: [{ ...bond, ...rest, checks: changed }] },
    hastructure: { cases: [{ ...priced, expected: figures }] },
  });
  assert.deepEqual(statuses(bondCases, file(checks, expected)), Array(8).fill("passed"));
  const wrong = [
    { ...byYield, expected: 99.2046 },
    { ...byYield, compounding: "compounded weekly", expected: 99.204505 },
    { what: "discountMargin", expected: 1 },
  ];
  const figures = { pv: 1_978.4, facePct: 66, wal: 1.2, duration: 1.19, accruedInterest: 52.7, vega: 1 };
  assert.deepEqual(statuses(bondCases, file(wrong, figures)), Array(9).fill("failed"));
  assert.deepEqual(statuses(bondCases, file([checks[0]], {}, { calendar: "Mars" })), ["failed"]);
  const scheduled = (rest: object) => file([checks[0]], {}, { schedule: { ...bond.schedule, ...rest } });
  assert.deepEqual(statuses(bondCases, scheduled({ rule: "backward" })), ["passed"]);
  for (const rest of [{ rule: "forward" }, { stubOfMars: 1, endless: true }]) {
    assert.match(bondCases(JSON.stringify(scheduled(rest)))[0].reason!, /no reader for the schedule's/);
  }
  assert.deepEqual(statuses(bondCases, { hastructure: { cases: [] }, rateslib: [1] }), ["skipped"]);
});

Deno.test("government bonds of the United States rest on their holidays, kept on a weekday", () => {
  const isOpen = (iso: string) => isGovernmentBondDay(epochDay(iso));
  // The recommended closings of 2005, and Independence Day of 2009, a Saturday kept on Friday.
  const shut = [
    "2005-01-17",
    "2005-02-21",
    "2005-03-25",
    "2005-05-30",
    "2005-07-04",
    "2005-09-05",
    "2005-10-10",
  ];
  for (const iso of [...shut, "2005-11-11", "2005-11-24", "2005-12-26", "2009-07-03"]) {
    assert.ok(!isOpen(iso), iso);
  }
  for (const iso of ["2005-05-31", "2004-11-30", "2010-12-31", "2021-06-18"]) assert.ok(isOpen(iso), iso);
  assert.ok(
    holidays(2022).map(isoDate).includes("2022-06-20") && !holidays(2021).map(isoDate).includes("2021-06-18"),
  );
  const eve = epochDay("2004-11-24");
  const next = afterBusinessDays(eve, { isBusinessDay: isGovernmentBondDay, businessDays: 1 });
  assert.equal(isoDate(next), "2004-11-26");
});
