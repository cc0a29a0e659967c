// What a deal looks like on a day while it runs: balances, what is due, what has been paid, all in whole fen.

import { epochDay } from "#/model/units/calendar.ts";
import { fenOf } from "./money.ts";
import type { PoolFlow } from "./pool.ts";
import { type Deal, type Phase } from "./terms.ts";

/** A tranche on a day. */
export interface TrancheState {
  readonly name: string;
  readonly originalFen: number;
  readonly basis: number;
  readonly earnsOnUnpaid: boolean;
  readonly maturity: number;
  /** The balances aimed at, with the days from which on. */
  readonly targets?: readonly { day: number; fen: number }[];
  /** Days on which the rate is set anew. */
  readonly resets: readonly { day: number; rate: number }[];
  rate: number;
  balanceFen: number;
  /** Interest due and unpaid, with what is overdue from earlier payment dates in it. */
  dueFen: number;
  overdueFen: number;
  /** Of what is due, the part that is interest on unpaid interest. */
  onUnpaidFen: number;
  accruedTo: number;
  interestPaidFen: number;
  principalPaidFen: number;
  residualPaidFen: number;
}

/** An account on a day. */
export interface AccountState {
  readonly name: string;
  readonly interest?: { basis: number; steps: readonly { day: number; rate: number }[] };
  interestRate: number;
  balanceFen: number;
  /** Interest earned and not credited, in fen with fractions. */
  earned: number;
  earnedTo: number;
}

/** A fee on a day. */
export interface FeeState {
  readonly name: string;
  dueFen: number;
  paidFen: number;
  /** Paid besides what was due, in `paidFen` not included. */
  beyondFen: number;
  paidThisYearFen: number;
  paidTodayFen: number;
  year: number;
}

/** A liquidity line on a day. */
export interface LineState {
  readonly name: string;
  /** Infinity without a limit. */
  availableFen: number;
  drawnFen: number;
  dueFen: number;
  everDrawnFen: number;
  everRepaidFen: number;
}

/** A trigger on a day. */
export interface TriggerState {
  readonly name: string;
  fired: boolean;
  /** The phase that a cure goes back to. */
  before: Phase | null;
  events: { day: number; fired: boolean }[];
}

/** Sums of the pool since closing, and since the last payment date. */
export interface PoolState {
  issuedFen: number;
  balanceFen: number;
  total: PoolFlow;
  period: PoolFlow;
  /** Shares a year and of the balance before, by collection, the last one last. */
  defaultRates: number[];
  paymentRates: number[];
}

/** A deal on a day. */
export interface DealState {
  day: number;
  closing: number;
  lastPayment: number;
  /** The last collection date. */
  collectedTo: number;
  /** How many payment dates there have been, today's with them. */
  payments: number;
  phase: Phase;
  pool: PoolState;
  tranches: TrancheState[];
  accounts: AccountState[];
  fees: FeeState[];
  lines: LineState[];
  triggers: TriggerState[];
  /** Cash from outside and to outside since closing. */
  cashInFen: number;
  cashOutFen: number;
  purchasedFen: number;
  /** The receivables that are there to be bought, Infinity where there are always enough. */
  buyableFen: number;
  /** Buys receivables; set by the engine. */
  buy: (balanceFen: number) => void;
}

const emptyFlow = (): PoolFlow => ({
  day: 0,
  ...{ balanceFen: 0, interestFen: 0, principalFen: 0 },
  ...{ prepaymentFen: 0, defaultFen: 0, recoveryFen: 0 },
});

const stepsOf = (record: Record<string, number>) =>
  Object.entries(record).map(([date, rate]) => ({ day: epochDay(date), rate })).sort((a, b) => a.day - b.day);

/** A deal on its closing day, before anything has moved. */
export function openState(deal: Deal, poolFen: number): DealState {
  const closing = epochDay(deal.closing);
  const issuedFen = deal.pool.issuedCny === undefined ? poolFen : fenOf(deal.pool.issuedCny);
  return {
    ...{ day: closing, closing, lastPayment: closing, collectedTo: closing, payments: 0 },
    phase: deal.revolvingUntil === undefined ? "amortising" : "revolving",
    pool: {
      issuedFen,
      balanceFen: poolFen,
      total: emptyFlow(),
      period: emptyFlow(),
      defaultRates: [],
      paymentRates: [],
    },
    tranches: Object.entries(deal.tranches).map(([name, terms]) => ({
      name,
      originalFen: fenOf(terms.balanceCny),
      basis: terms.basis,
      earnsOnUnpaid: terms.interestOnInterest,
      maturity: epochDay(terms.maturity ?? deal.maturity),
      targets: terms.target && Object.entries(terms.target)
        .map(([date, cny]) => ({ day: epochDay(date), fen: fenOf(cny) })).sort((a, b) => a.day - b.day),
      resets: stepsOf(terms.rateSteps),
      rate: terms.rate,
      balanceFen: fenOf(terms.balanceCny),
      ...{
        dueFen: 0,
        overdueFen: 0,
        onUnpaidFen: 0,
        interestPaidFen: 0,
        principalPaidFen: 0,
        residualPaidFen: 0,
      },
      accruedTo: terms.interestFrom === undefined ? closing : epochDay(terms.interestFrom),
    })),
    accounts: Object.entries(deal.accounts).map(([name, { openingCny, interest }]) => ({
      name,
      interest: interest && { basis: interest.basis, steps: stepsOf(interest.steps) },
      interestRate: interest?.rate ?? 0,
      balanceFen: fenOf(openingCny),
      earned: 0,
      earnedTo: closing,
    })),
    fees: Object.keys(deal.fees).map((name) => ({
      name,
      ...{ dueFen: 0, paidFen: 0, beyondFen: 0, paidThisYearFen: 0, paidTodayFen: 0, year: 0 },
    })),
    lines: Object.entries(deal.lines).map(([name, { limitCny }]) => ({
      name,
      availableFen: limitCny === undefined ? Infinity : fenOf(limitCny),
      ...{ drawnFen: 0, dueFen: 0, everDrawnFen: 0, everRepaidFen: 0 },
    })),
    triggers: Object.keys(deal.triggers).map((name) => ({ name, fired: false, before: null, events: [] })),
    ...{ cashInFen: 0, cashOutFen: 0, purchasedFen: 0, buyableFen: Infinity },
    buy: () => {},
  };
}

/** The balance that a tranche aims at today: its original one before the first target. */
export function targetFen({ targets, originalFen }: TrancheState, day: number): number {
  if (!targets) return 0;
  let found = originalFen;
  for (const target of targets) {
    if (target.day > day) break;
    found = target.fen;
  }
  return found;
}
