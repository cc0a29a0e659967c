// Plans for tests: one that every test can read, and random ones that use every term.

import type { ProjectFlows } from "./flows.ts";
import type { Plan } from "./terms.ts";
import type { Uncertainty } from "./uncertainty.ts";
import { normalQuantile } from "#/model/statistics/normal.ts";
import { philox, unit } from "#/model/statistics/philox.ts";

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

/** Uncertainties that every test can read: one of each thing that can be moved, and two events. */
export const someUncertainties: readonly Uncertainty[] = [
  ...([
    ["trend", "revenueTrend", 0, [-400, 400], "measured"],
    ["use", "revenue", 10_000, [5_000, 13_000], "assumed (a): a guess"],
    ["overrun", "overrun", 2_000, [-1_000, 6_000], "measured"],
    ["delay", "delay", 2, [0, 12], "assumed (a): a guess"],
    ["running", "runningCosts", 10_000, [9_000, 15_000], "measured"],
    ["audits", "audits", 12_000, [10_000, 40_000], "measured"],
    ["repairs", "repairs", 20_000, [0, 90_000], "measured"],
  ] as const).map(([name, moves, base, range, source]): Uncertainty => ({
    ...{ kind: "number", name, title: name, moves, base, range, source },
    shape: moves === "revenueTrend" || moves === "overrun" ? "normal" : "triangular",
    isToldByPilot: name === "use",
  })),
  ...(["rule", "breach"] as const).map((name): Uncertainty => {
    const said = (base: number) => ({ base, range: [base / 2, base * 2] as const, source: "measured" });
    return {
      ...{ kind: "event", name, title: name, needsOpening: name === "breach" },
      perYearBps: said(1_000),
      costFen: said(million),
      revenueCutBps: said(2_000),
      lastsMonths: said(name === "rule" ? 0 : 6),
      preventedByAuditsBps: said(name === "rule" ? 0 : 4_000),
    };
  }),
];

/** Replications of the same flows: every stream times a factor of its own, normal around 1 with a deviation. */
export function noisyReplications(
  flows: ProjectFlows,
  { replications, deviation, seed = 1 }: { replications: number; deviation: number; seed?: number },
): ProjectFlows[] {
  const words = new Uint32Array(4);
  return Array.from({ length: replications }, (_, r) => {
    philox(r, 0, 0, 0, seed, 0, words);
    const factor = Math.max(0, 1 + deviation * normalQuantile(unit(words[0])));
    return {
      ...flows,
      streams: flows.streams.map((one) => ({
        ...one,
        monthlyFen: Float64Array.from(one.monthlyFen, (fen) => Math.round(fen * factor)),
      })),
    };
  });
}
