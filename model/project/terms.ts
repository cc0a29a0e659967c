// A financing plan as its terms state it: what is spent and when, who pays in, who lends, what the contract pays, what is promised.

import type { Bps, Fen } from "#/model/units/units.ts";

/** A month of the plan, counted from 1. */
export type PlanMonth = number;

/** When something happens: in a month, or in the month in which a milestone is reached. */
export type When = { month: PlanMonth } | { milestone: string };

/** A milestone: a month, the month after some uses are spent, or the month after trailing revenue reaches an amount. */
export type Milestone =
  & { name: string }
  & (
    | { when: "month"; month: PlanMonth }
    | { when: "built"; items: readonly string[] }
    | { when: "revenue"; reachesFen: Fen; overMonths: number }
  );

/** Something that is built or bought once. Its curve is the part of the amount in each month from its start. */
export interface UseItem {
  name: string;
  amountFen: Fen;
  curveBps: readonly Bps[];
  from: When;
  /** Capitalised cost is an asset that is amortised from the opening; other cost is an expense of its month. */
  isCapitalised: boolean;
}

/** All uses of money. Parts of the rail's peaks are what the project itself has to put up; they stay its own. */
export interface Uses {
  items: readonly UseItem[];
  amortisationMonths: number;
  runningCosts: { perMonthFen: Fen; fromMonth: PlanMonth };
  audits: { costFen: Fen; everyMonths: number; firstMonth: PlanMonth };
  rail: { prefundingBps: Bps; collateralBps: Bps; guaranteeFundBps: Bps };
}

/**
 * What a counterparty pays the project: a fee on the volume that it sends over the bridge (in place of the rail's tariff), a
 * share of its extra margin and of its avoided losses, and at least a minimum each month from the first opening on.
 */
export interface ContractClause {
  counterparty: string;
  bridgeFeeBps: Bps | null;
  marginShareBps: Bps;
  avoidedLossShareBps: Bps;
  minimumPerMonthFen: Fen;
}

/** A payment of an equity source: a part of its amount. */
export interface EquityTranche {
  at: When;
  shareBps: Bps;
}

/** Money paid in for shares. A preferred round has a liquidation preference, paid before others, the latest round first. */
export interface EquitySource {
  kind: "vcPreferred" | "strategicEquity" | "sponsorEquity";
  name: string;
  amountFen: Fen;
  preMoneyFen: Fen;
  optionPoolBps: Bps;
  preference: { multipleBps: Bps; isParticipating: boolean } | null;
  tranches: readonly EquityTranche[];
}

/** How a debt is paid back after its grace: at the end, in equal parts, or following the cash at a constant cover. */
export type Repayment = { shape: "bullet" } | { shape: "amortising" } | {
  shape: "sculpted";
  targetDscrBps: Bps;
};

/** Debt that is paid out at once: project bonds, or a term loan. Interest is due each period on what is owed. */
export interface TermDebt {
  kind: "projectBonds" | "bankLoan";
  name: string;
  amountFen: Fen;
  at: When;
  rateBps: Bps;
  feeBps: Bps;
  tenorMonths: number;
  graceMonths: number;
  isInterestCapitalisedInGrace: boolean;
  repayment: Repayment;
  /** Proceeds that may pay only running costs, audits, expensed uses and prefunding. */
  isRingFenced: boolean;
  /** Who stands before the investors, and whom it is offered to; a loan is private. */
  issuer: "project" | "sponsor";
  placement: "public" | "private";
}

/** A bank's commitment that is drawn as cash falls short, until its availability ends; then repaid. */
export interface DrawnLoan {
  kind: "drawnLoan";
  name: string;
  amountFen: Fen;
  fromMonth: PlanMonth;
  availableMonths: number;
  rateBps: Bps;
  feeBps: Bps;
  commitmentFeeBps: Bps;
  tenorMonths: number;
  repayment: { shape: "bullet" } | { shape: "amortising" };
}

/** Contract receivables sold to a trust: an advance repaid, month by month, from an assigned part of what the contract pays. */
export interface CarveOut {
  kind: "absCarveOut";
  name: string;
  amountFen: Fen;
  at: When;
  rateBps: Bps;
  feeBps: Bps;
  assignedBps: Bps;
}

/** Public money without claim, deferred and earned as the asset is amortised. */
export interface Subsidy {
  kind: "subsidy";
  name: string;
  amountFen: Fen;
  at: When;
}

/** Whoever funds the project. */
export type Source = EquitySource | TermDebt | DrawnLoan | CarveOut | Subsidy;

/** The measures on which a covenant can stand. Covers are in bps (12000 = 1.20), cash in fen, gearing = debt ÷ (debt + equity). */
export const covenantMeasures = [
  "dscr",
  "llcr",
  "plcr",
  "interestCover",
  "gearing",
  "cash",
] as const;
/** A measure on which a covenant can stand. */
export type CovenantMeasure = typeof covenantMeasures[number];

/** A promise to lenders, tested at the end of each period from a month on; `atLeast` or `atMost` in the measure's unit. */
export interface Covenant {
  measure: CovenantMeasure;
  bound: "atLeast" | "atMost";
  value: number;
  fromMonth: PlanMonth;
}

/** What lenders would size by: cover, loan life cover, gearing, at a rate over a term. */
export interface Sizing {
  targetDscrBps: Bps;
  minimumLlcrBps: Bps;
  gearingCapBps: Bps;
  rateBps: Bps;
  fromMonth: PlanMonth;
  tenorMonths: number;
}

/** A whole plan; amounts in fen, rates a year in bps, months from 1. */
export interface Plan {
  name: string;
  title: string;
  periodMonths: 1 | 3 | 6 | 12;
  discountRateBps: Bps;
  foundersShares: number;
  milestones: readonly Milestone[];
  uses: Uses;
  /** Which part of the given flows is open from when; parts add up. */
  opening: readonly { at: When; shareBps: Bps }[];
  contract: readonly ContractClause[];
  sources: readonly Source[];
  workingCapital: { collectionLagMonths: number; paymentLagMonths: number };
  accounts: { minimumCashFen: Fen; reserveMonths: number };
  distributions: { fromMonth: PlanMonth; lockUpDscrBps: Bps };
  covenants: readonly Covenant[];
  tax: { rateBps: Bps; lossYears: number };
  /** What is supposed of the time after the given flows. */
  tail: { months: number; declineBpsPerYear: Bps };
  sizing: Sizing;
}

/**
 * What the world does to a plan: a factor on variable revenue, an overrun of capitalised cost, a delay of what is built; where
 * said, factors on the costs of running and of audits, and what happens month by month of the plan.
 */
export interface Circumstances {
  revenueFactor: number;
  overrunBps: Bps;
  delayMonths: number;
  runningCostFactor?: number;
  auditCostFactor?: number;
  monthly?: MonthlyCircumstances;
}

/** A number a month of the plan each: a further factor on variable revenue, costs in fen, and costs that need something open. */
export interface MonthlyCircumstances {
  revenueFactor: ArrayLike<number>;
  costFen: ArrayLike<Fen>;
  openCostFen: ArrayLike<Fen>;
}

/** Nothing happens to the plan. */
export const asGiven: Circumstances = { revenueFactor: 1, overrunBps: 0, delayMonths: 0 };
