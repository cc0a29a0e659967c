import assert from "node:assert/strict";
import { goldenDealCases, smallWaterfallCases } from "./readers/deals.ts";
import { liquidityCases } from "./readers/liquidity.ts";
import { portfolioCases, riskWeightCases, vasicekCases } from "./readers/portfolio.ts";
import { xirrCases } from "./readers/xirr.ts";

const statuses = (cases: { status: string }[]) => cases.map(({ status }) => status);

/** One loan of 100 at no rate in two months, one bond; parts may be replaced. */
function golden(parts: object = {}) {
  return {
    id: "tiny",
    deal: {
      pool: { assets: [["Mortgage", { originRate: ["floater"] }, {}]] },
      accounts: [["cash", { balance: 0 }]],
      bonds: [["A", { balance: 60 }]],
    },
    waterfall: {
      "DistributionDay Amortizing": [
        { tag: "AccrueAndPayInt", contents: [null, "cash", ["A"], null] },
        { tag: "PayPrin", contents: [null, "cash", ["A"], null] },
      ],
    },
    collects: ["Interest", "Principal", "Prepayment", "Recoveries"].map((kind) => (
      { tag: "Collect", contents: [null, `Collected${kind}`, "cash"] }
    )),
    triggers: null,
    dates: {
      tag: "PreClosingDates",
      contents: ["2025-01-01", "2025-01-01", null, "2025-12-31", ["2025-01-01", { tag: "MonthEnd" }], [
        "2025-04-01",
        { tag: "CustomDate", contents: ["2025-07-01"] },
      ]],
    },
    poolFlow: {
      PoolConsol: [
        ["MortgageFlow", "2025-03-31", 50, 50, 0, 0, 0, 0, 0, 0],
        ["MortgageFlow", "2025-06-30", 0, 50, 0, 0, 0, 0, 0, 0],
      ],
    },
    bonds: {
      A: {
        type: { tag: "Sequential" },
        rate: 0.073,
        interestInfo: { tag: "Fix", contents: [0.08, "DC_ACT_365F"] },
        txns: [["2025-04-01", 11.08, 1.08, 48.92], ["2025-07-01", 0, 0.2, 11.08]],
      },
    },
    accounts: { cash: [["2025-04-01", 0, 0, []], ["2025-07-01", 38.72, 0, []]] },
    fees: {},
    ...parts,
  };
}
const read = (one: object) => goldenDealCases(JSON.stringify({ cases: [one] }));

Deno.test("a golden deal passes on its own flows and fails on another interest, balance or date", () => {
  assert.deepEqual(statuses(read(golden())), ["passed"]);
  const bond = golden().bonds.A;
  const changed = (txns: unknown) => statuses(read(golden({ bonds: { A: { ...bond, txns } } })));
  assert.deepEqual(changed([["2025-04-01", 11.08, 1.03, 48.92], bond.txns[1]]), ["failed"]);
  assert.deepEqual(changed([["2025-04-01", 11.13, 1.08, 48.92], bond.txns[1]]), ["failed"]);
  assert.deepEqual(changed([["2025-04-02", 11.08, 1.08, 48.92], bond.txns[1]]), ["failed"]);
  assert.deepEqual(changed([bond.txns[0]]), ["failed"]);
  assert.deepEqual(statuses(read(golden({ accounts: { cash: [["2025-07-01", 39, 0, []]] } }))), ["failed"]);
});

Deno.test("a trigger that the source could not read must be refused by name; one that can be read is no refusal", () => {
  const trigger = (from: string) => ({
    BeginDistributionWF: {
      thin: {
        trgCondition: {
          tag: "IfRateCurve",
          contents: ["G", { tag: "CumulativePoolDefaultedRate" }, {
            tag: "ThresholdCurve",
            contents: [[from, 0.02]],
          }],
        },
        trgEffects: { tag: "DealStatusTo", contents: { tag: "DealAccelerated", contents: null } },
        trgCurable: false,
        trgStmt: [{ contents: ["2025-04-01", false, "<Tag:Failed to read condition>"] }],
      },
    },
  });
  const deal = (from: string) =>
    golden({
      triggers: trigger(from),
      waterfall: { ...golden().waterfall, "DistributionDay (DealAccelerated Nothing)": [] },
    });
  const [late] = read(deal("2025-06-30"));
  assert.deepEqual([late.name, late.status], ["tiny: refused for trigger thin", "passed"]);
  assert.deepEqual(statuses(read(deal("2025-01-01"))), ["failed"]);
});

Deno.test("an action, a figure or a fee that no reader knows fails by its tag", () => {
  const [action] = read(
    golden({ waterfall: { "DistributionDay Amortizing": [{ tag: "WriteOff", contents: [] }] } }),
  );
  assert.deepEqual([action.status, action.reason], ["failed", "no reader for the action WriteOff"]);
  const [fee] = read(golden({ fees: { tax: { type: { tag: "FlowFee", contents: [] }, txns: [] } } }));
  assert.equal(fee.reason, "no reader for the fee FlowFee");
});

Deno.test("losses by seniority, the PSA ramp, capital, rates and ratios fail on another number", () => {
  const small = (loss: number, cpr: number) => ({
    cases: [{
      id: "a",
      tranches: [{ size: 200 }, { size: 150 }],
      losses: [{ total: 250, expected: [200, loss] }],
    }],
    psa: { expectedCPR: [cpr] },
    absboxRegression: { assertions: [{ test: "t" }] },
  });
  assert.deepEqual(statuses(smallWaterfallCases(JSON.stringify(small(50, 0.002)))), [
    "passed",
    "passed",
    "skipped",
  ]);
  assert.deepEqual(statuses(smallWaterfallCases(JSON.stringify(small(49, 0.004)))), [
    "failed",
    "failed",
    "skipped",
  ]);

  const weight = (expectedRiskWeightPct: number) => ({
    tolerancePct: 0.01,
    cases: [{ index: 0, assetClass: "otherRetail", pd: 0.025, lgd: 0.45, expectedRiskWeightPct }],
  });
  assert.deepEqual(statuses(riskWeightCases(JSON.stringify(weight(60.9)))), ["passed"]);
  assert.deepEqual(statuses(riskWeightCases(JSON.stringify(weight(60.92)))), ["failed"]);

  const worst = (expectedWCDR: number, expectedLossAtQuantile: number) => ({
    cases: [{
      ...{ exposure: 1e8, pd: 0.02, lgd: 0.4, rho: 0.1, quantile: 0.999, tolerance: 5e-4 },
      ...{ expectedWCDR, expectedLossAtQuantile },
    }],
  });
  assert.deepEqual(statuses(vasicekCases(JSON.stringify(worst(0.128, 5_120_000)))), ["passed"]);
  assert.deepEqual(statuses(vasicekCases(JSON.stringify(worst(0.129, 5_120_000)))), ["failed"]);
  assert.deepEqual(statuses(vasicekCases(JSON.stringify(worst(0.128, 5_170_000)))), ["failed"]);

  const gauges = (factor: number, stock: number, pct: number) => ({
    runoffFactors: [{ item: "stable retail", factor }, { item: "gold", factor: 1 }],
    hqla: [{
      ...{ id: "A", level1: 800, level2a: 100, level2bRMBS: 60, afterHaircut: [800, 85, 45] },
      ...{ l2CapBinding: false, expectedHQLA: stock },
    }],
    nsfr: [{ id: "B", items: [{ amount: 10, factor: 0.5, expected: 5 }], rsf: 4, expectedNSFRpct: pct }],
  });
  assert.deepEqual(statuses(liquidityCases(JSON.stringify(gauges(0.05, 930, 125)))), [
    ...["passed", "failed", "passed", "passed"],
  ]);
  assert.deepEqual(statuses(liquidityCases(JSON.stringify(gauges(0.06, 931, 126)))), [
    ...["failed", "failed", "failed", "failed"],
  ]);

  const rates = (expected: number | null, allRealRoots: number[]) => ({
    xirr: [{
      id: "a",
      flows: [["2025-01-01", -100], ["2026-01-01", 110]],
      expected,
      atol: 1e-9,
      allRealRoots,
    }],
    xirrDayCount: [
      { dayCount: "30/360 SIA", dates: ["2025-01-01", "2026-01-01"], amounts: [-100, 110], expected: 0.1 },
      { dayCount: "moons", dates: [], amounts: [], expected: 0 },
    ],
    xnpv: [{
      id: "n",
      rate: 0.1,
      flows: [["2025-01-01", -100], ["2026-01-01", 110]],
      expected: 0,
      atol: 1e-9,
    }],
  });
  assert.deepEqual(statuses(xirrCases(JSON.stringify(rates(0.1, [0.1])))), [
    "passed",
    "passed",
    "failed",
    "passed",
  ]);
  assert.deepEqual(statuses(xirrCases(JSON.stringify(rates(0.2, [0.1])))).slice(0, 1), ["failed"]);
  assert.deepEqual(statuses(xirrCases(JSON.stringify(rates(null, [0.1, 0.3])))).slice(0, 1), ["failed"]);
});

Deno.test("CreditRisk+ is read figure by figure, and a part of another kind fails", () => {
  const file = (quantile99: number) => ({
    creditRiskPlus: {
      inputs: {
        ...{ sector1: { n: 1000, exposure: 1, pd: 0.04 }, sector2: { n: 1000, exposure: 2, pd: 0.02 } },
        ...{ relativeDefaultStd: [0.75, 0.75], sectorCorrelation: 0.5, unit: 0.1 },
      },
      expected: {
        ...{ sectorExposure: [1000, 2000], sectorEL: [40, 40], sectorUL: [30.7, 31.3] },
        ...{ totalExposure: 3000, EL: 80, UL: 53.1, relativeDefaultVariance: 0.4225, quantile99 },
      },
      tolerances: { exposureAndEL: 1e-8, sectorUL: 0.05, UL: 0.01, relVar: 0.001, quantile: 0.5 },
    },
    weather: {},
  });
  const six = ["passed", "passed", "passed", "passed", "passed"];
  assert.deepEqual(statuses(portfolioCases(JSON.stringify(file(250)))), [
    ...six,
    "passed",
    "failed",
  ]);
  assert.deepEqual(statuses(portfolioCases(JSON.stringify(file(252)))), [
    ...six,
    "failed",
    "failed",
  ]);
});

Deno.test("protection and tranches are held to their figures, and a wrong one or an unknown calendar fails", () => {
  // QuantLib's cached credit default swap, and two rows of Hull and White's table 7.
  const cds = {
    inputs: {
      ...{ evaluationDate: "2006-06-09", calendar: "TARGET", hazardRate: 0.01234, discountRate: 0.06 },
      ...{ dayCount: "act/360", issue: "today-1y", maturity: "issue+10y", frequency: "semiannual" },
      ...{ fixedRate: 0.012, notional: 10_000, recovery: 0.4, side: "protection seller" },
    },
    expected: { npv: 295.0153398, fairSpread: 0.007517539081 },
    tolerance: 1e-7,
  };
  const cdoHullWhite = {
    inputs: {
      pool: 100,
      hazard: 0.01,
      rate: 0.05,
      tranches: [[0, 0.03], [0.03, 0.06], [0.06, 0.1], [0.1, 1]],
    },
    rowsGaussian: [{ corr: 0.3, spreadsBp: [1_487, 472, 203, 7] }],
    rowsStudentT: [{ corr: 0.3, nm: 5, nz: 5, spreadsBp: [1_713, 359, 136, 9] }],
  };
  const found = () => statuses(portfolioCases(JSON.stringify({ cds, cdoHullWhite })));
  assert.deepEqual(found(), ["passed", "passed", "passed"]);
  cds.expected.npv += 0.01;
  cdoHullWhite.rowsGaussian[0].spreadsBp[1] = 500;
  cdoHullWhite.rowsStudentT[0].nm = 4;
  assert.deepEqual(found(), ["failed", "failed", "failed"]);
  cds.expected.npv -= 0.01;
  cds.inputs.calendar = "Mars";
  assert.deepEqual(found()[0], "failed");
});
