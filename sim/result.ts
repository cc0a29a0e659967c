// What a run gives back: plain data, the same bytes from run to run but for the clock.

import type { Currency } from "#/model/clearing/cross_border/currency.ts";
import type { lossStages, RollForward } from "#/model/credit/expected_loss.ts";
import type { DealInput } from "#/model/funding/deal/terms.ts";
import type { Fen } from "#/model/units/units.ts";
import type { Scorecards } from "./scoring/cards.ts";

/** One outcome of a run. Money is in CNY for the whole population. */
export interface Outcome {
  value: number;
  unit:
    | "CNY"
    | "people"
    | "purchases"
    | "share"
    | "minutes"
    | "days"
    | "points"
    | "index"
    | "uses"
    | "attributes"
    | "bills"
    | "plans"
    | "notices"
    | "messages"
    | "breaches"
    | "count"
    | "deals"
    | "entries"
    | Currency;
}

/** One target of the calibration table: a published figure beside the simulated one. */
export interface CalibrationRow {
  name: string;
  date: string;
  target: number;
  low: number;
  high: number;
  simulated: number | null;
  /** The day of the run that `simulated` was read on, an ISO date; null where none is near. Reports of before have none. */
  readOn?: string | null;
  unit: "share" | "CNY" | "people";
  source: string;
}

/** The daily record: one column a fact, one entry a day. */
export interface DailyRecord {
  /** Names of the facts, sorted; money in CNY for the whole population. */
  columns: Record<string, number[]>;
}

/** Lateness and loss month by month; counts for everybody, money in whole fen for everybody. */
export interface ServicingTables {
  /** Accounts by issuer from each bucket at a month's end to their state at the next, all months of the run pooled. */
  rolls: { issuer: string; states: string[]; counts: number[][]; matrix: number[][] }[];
  /** Loans by month of granting: by month on book from 0, the share of their amount that was ever 30+ and 90+ days late. */
  vintages: {
    issuer: string;
    /** The month of granting, as `2019-07`. */
    month: string;
    loans: number;
    /** How many of the run's loans were followed to the end. */
    followed: number;
    lentFen: Fen;
    dpd30Share: number[];
    dpd90Share: number[];
  }[];
  /** The loss allowance of each month, rolled forward: opening + new + transfers + remeasurement − write-offs − recoveries = closing. */
  allowances: { issuer: string; date: string; stages: Record<typeof lossStages[number], RollForward> }[];
  collection: {
    issuer: string;
    stages: Record<string, { cases: number; collectedFen: Fen }>;
    notices: Record<string, number>;
  }[];
}

/** One rail in one hour of the day, over the run; money in CNY and payments for everybody. */
export interface RailHourTable {
  /** Lenders' payments for purchases, and institutions' over the bridge, by hour of entry: sums, mean delay, failed calls. */
  payments: number;
  valueCny: number;
  delayMinutes: number;
  failed: number;
  /**
   * The most that waited at one time on any day: held back by caps on the channel, for money on the bridge, for the morning in
   * card clearing.
   */
  queuePeakCny: number;
  /** The most money in use at one time on any day: participants' net debits, on the bridge what is missing from their targets. */
  liquidityPeakCny: number;
  /** What the money in use would have earned elsewhere while it was. */
  liquidityCostCny: number;
  /** 1 - net / gross of all that entered in this hour, each day for itself; 0 where nothing did. */
  nettingRatio: number;
  /** Minutes a day on which payments waited for each other in a ring that none of them could open. */
  gridlockMinutes: number;
}

/** Clearing by rail and hour of the day; money in CNY and payments for everybody. */
export interface ClearingTables {
  /** How the bridge's queue is released, who stands between the platforms, and what the law says of that: empty where lawful. */
  method: string;
  connection: string;
  mark: string;
  /** Each rail by hour of the day. */
  rails: { rail: string; title: string; hours: RailHourTable[] }[];
  /** The bridge by hour: the most that waited and the most money in use on any day, minutes of gridlock a day. */
  bridge: { queuePeakCny: number; liquidityPeakCny: number; gridlockMinutes: number }[];
}

/** How losses across platforms were shared; `marks` says what of it is not lawful or not ruled on the first day. */
export interface SharingTable {
  rule: string;
  title: string;
  granting: string;
  marks: string[];
}

/** Trusts, what the register refused, and the last hash of its chain; amounts for the simulated shoppers, not for everybody. */
export interface FundingTables {
  trusts: {
    name: string;
    issuer: string;
    closed: string;
    /** Hundredths of the issuer's accounts. */
    accounts: number;
    hasEnded: boolean;
    /** The deal as a file states it, but for the flows of its pool. */
    deal: DealInput;
    /** What the pool brought, a row a payment date, as a deal file states flows. */
    flows: NonNullable<DealInput["pool"]["flows"]>;
    tranches: {
      name: string;
      payments: {
        date: string;
        interestFen: Fen;
        principalFen: Fen;
        residualFen: Fen;
        balanceFen: Fen;
      }[];
    }[];
    triggers: { name: string; events: { date: string; fired: boolean }[] }[];
  }[];
  refusals: { date: string; text: string }[];
  /** Null where no source looks at receivables. */
  registerHead: string | null;
}

/** Everything that a run prints. */
export interface RunResult {
  scenario: string;
  seed: string;
  replication: number;
  /** Hash of the sources that made the result; "unknown" where the caller did not say. */
  engine: string;
  /** SHA-256 over the canonical daily record and outcomes. */
  hash: string;
  seconds: { setup: number; days: number };
  purchases: {
    wanted: number;
    authorised: number;
    settled: number;
    settledOnCredit: number;
    /** Postponed and not yet come back, now and on the morning of day 0: wanted + waitingAtStart = settled + refused + waiting. */
    waiting: number;
    waitingAtStart: number;
    /** The want ended without a sale: layer → reason → count. */
    refused: Record<string, Record<string, number>>;
    /** The preferred way was refused, another way was taken: layer → reason → count. */
    redirected: Record<string, Record<string, number>>;
    /** Attempts of fraud that were refused; they are no wants and stand in none of the counts above: layer → reason → count. */
    plotsRefused: Record<string, Record<string, number>>;
    perSecond: number;
  };
  money: { checks: number; daysReconciled: number; totalFen: Fen };
  /** Tries behind which the whole identity protocol ran and agreed with the columns. */
  proofs: number;
  /** Which card decided, under which fusion, and what the law says of that on the first day; `mark` is empty where it is lawful. */
  scoring: {
    card: string;
    fusion: string;
    title: string;
    law: string;
    mark: string;
    samples: Scorecards["samples"];
  };
  calibration: CalibrationRow[];
  outcomes: Record<string, Outcome>;
  /** The command that gives this again. */
  replay: string;
  daily: DailyRecord;
  /** Reports of before have none. */
  servicing?: ServicingTables;
  /** Reports of before have none. */
  clearing?: ClearingTables;
  /** Reports of before have none. */
  sharing?: SharingTable;
  funding?: FundingTables;
  world: { shoppers: number; peoplePerShopper: number; startDate: string; days: number; calibration: string };
  memory: { bytesPerShopper: number; shopperBytes: number; purchaseBytes: number; loanBytes: number };
  phases: Record<string, number>;
}
