// Plans for tests: one that every test can read, and random ones that use every term.

import type { ProjectFlows } from "./flows.ts";
import type { Plan } from "./terms.ts";

const million = 100_000_000;

/** A plan paid by its sponsor alone: CNY 12 m built in a year, a fee of 5 bps on CNY 10 bn a month, five years. */
export function plainPlan(changes: Partial<Plan> = {}): [Plan, ProjectFlows] {
  const months = 60;
  const plan: Plan = {
    name: "plain",
    title: "a plain plan",
    periodMonths: 3,
    discountRateBps: 1_000,
    foundersShares: 1_000_000,
    milestones: [],
    uses: {
      items: [{
        name: "build",
        amountFen: 12 * million,
        curveBps: [2_500, 2_500, 2_500, 2_500],
        from: { month: 1 },
        isCapitalised: true,
      }],
      amortisationMonths: 48,
      runningCosts: { perMonthFen: million / 10, fromMonth: 1 },
      audits: { costFen: million / 20, everyMonths: 12, firstMonth: 12 },
      rail: { prefundingBps: 0, collateralBps: 0, guaranteeFundBps: 0 },
    },
    opening: [{ at: { month: 7 }, shareBps: 10_000 }],
    contract: [{
      counterparty: "jd",
      bridgeFeeBps: 1,
      marginShareBps: 0,
      avoidedLossShareBps: 0,
      minimumPerMonthFen: 0,
    }],
    sources: [{
      kind: "sponsorEquity",
      name: "sponsor",
      amountFen: 14 * million,
      preMoneyFen: million,
      optionPoolBps: 0,
      preference: null,
      tranches: [{ at: { month: 1 }, shareBps: 10_000 }],
    }],
    workingCapital: { collectionLagMonths: 0, paymentLagMonths: 0 },
    accounts: { minimumCashFen: 0, reserveMonths: 0 },
    distributions: { fromMonth: 1, lockUpDscrBps: 0 },
    covenants: [],
    tax: { rateBps: 2_500, lossYears: 5 },
    tail: { months: 0, declineBpsPerYear: 0 },
    sizing: {
      targetDscrBps: 13_000,
      minimumLlcrBps: 14_000,
      gearingCapBps: 7_000,
      rateBps: 600,
      fromMonth: 1,
      tenorMonths: 60,
    },
    ...changes,
  };
  const flows: ProjectFlows = {
    months,
    streams: [{
      stream: "bridgedVolume",
      counterparty: "jd",
      monthlyFen: new Float64Array(months).fill(10_000 * million),
    }],
    peaks: { prefundingFen: 0, collateralFen: 0, guaranteeFundFen: 0 },
  };
  return [plan, flows];
}
