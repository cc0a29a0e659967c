// The world of one run: tables, ledger, streams, calendar, and what was decided at the day's opening.

import type { CostCap } from "#/model/credit/cost_cap.ts";
import type { Assessment } from "#/model/fraud/screening/assess.ts";
import type { ScreenFacts } from "#/model/fraud/screening/facts.ts";
import type { AttemptFacts } from "#/model/fraud/typologies/attempt.ts";
import type { Borne } from "#/model/fraud/typologies/liability.ts";
import type { CivilDate } from "#/model/units/calendar.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import type { Chart } from "./ledger/chart.ts";
import { Ledger } from "./ledger/ledger.ts";
import type { Streams } from "./streams.ts";
import type { Lines } from "./tables/lines.ts";
import type { Loans, OpenPurchases } from "./tables/loans.ts";
import type { RefundRows, RevolvingRows, StagedRows } from "./tables/day_ring.ts";
import type { Merchants } from "./tables/merchants.ts";
import type { Bridge } from "./tables/bridge.ts";
import type { RailTally } from "./tables/rail_tally.ts";
import type { Participants } from "./tables/participants.ts";
import type { ClearingRows, Purchases } from "./tables/purchases.ts";
import type { Shoppers } from "./tables/shoppers.ts";
import type { Terms } from "./terms.ts";
import type { Links } from "./linkage.ts";
import type { Cards } from "./scoring/points.ts";
import type { ScoreDrift } from "./scoring/stability.ts";
import type { Registry } from "./registry.ts";
import type { Recorder } from "./recorder.ts";
import type { Abroad } from "./abroad.ts";
import type { Breaks } from "./breaks.ts";
import type { Faults } from "./faults.ts";
import type { Joint } from "./joint.ts";
import type { Funding } from "./funding.ts";
import type { RuleState } from "./rulebook.ts";
import type { TreasuryState } from "./treasury.ts";
import type { Servicing } from "./servicing.ts";
import type { Cobrand } from "./cobrand.ts";
import type { Kinds, Want } from "./phases/want.ts";
import type { TracedNotice, TracedRefund, TraceEvent } from "./trace.ts";

/** What is fixed at a day's opening and read by every phase of that day. */
export interface Today {
  day: number;
  date: CivilDate;
  /** Months since the first of the start's month, for monthly work. */
  month: number;
  firstOfMonth: boolean;
  demand: number;
  unemploymentBps: number;
  incomeGrowthBps: number;
  rateBps: number;
  cutoffPoints: number;
  /** The least score that each product's issuer accepts, at home and across the bridge. */
  leastPoints: Float64Array;
  leastPointsAcross: Float64Array;
  /** Share of usual limits and raises that issuers grant in today's economy. */
  appetite: number;
  /** Ladders of wants, one per class of spending rate. */
  ladders: Float64Array;
  /** Network that a product takes at a merchant, by product · 32 + accepted networks; −1 where none works. */
  networkFor: Int8Array;
  /** The all-in cost cap as it binds each product's licence today. */
  cost: CostCap[];
  /** Network over which the co-branded card is taken at a merchant, by accepted networks; −1 for none. */
  cardFor: Int8Array;
  /** The version that each way's adapter must speak today; the card speaks its own. */
  adapterVersion: Uint8Array;
  bridgeSuspended: boolean;
  bridgeDown: boolean;
  channelDown: boolean;
  cardDown: boolean;
  /** Share of new credit that each issuer grants today, by product. */
  granted: Float64Array;
  /** Share of the population that holds each product. */
  share: Float64Array;
}

/** What happened to a shopper's consents or credential, for whoever keeps documents of their own. */
export interface IdentityEvent {
  kind: "given" | "withdrawn" | "revoked" | "reissued";
  shopper: number;
  /** Number of the consent; 0 for a credential. */
  consent: number;
  /** The minute of the run from which it binds. */
  minute: number;
}

/** Counts of the run that are no money. */
export interface Counts {
  wanted: number;
  authorised: number;
  settled: number;
  settledOnCredit: number;
  waiting: number;
  /** Postponed before day 0. */
  waitingAtStart: number;
  creditAttempts: number;
  creditApproved: number;
  /** The same by product, all tries and those across the bridge. */
  triedBy: Float64Array;
  approvedBy: Float64Array;
  triedAcross: Float64Array;
  approvedAcross: Float64Array;
  refused: Float64Array;
  redirected: Float64Array;
  insulted: number;
  /** Uses of personal data: entry kind of consent · products + product whose issuer used it. */
  uses: Float64Array;
  /** Attributes shown in all these uses, and uses of an account that was not the shopper's. */
  attributes: number;
  wrongPersonUses: number;
  /** Challenges, those not passed, and the seconds they took; reviews, explanations and refusals taken back. */
  challenges: number;
  challengesLost: number;
  challengeSeconds: number;
  reviews: number;
  explained: number;
  reversals: number;
  /** Attempts of plots by code: tried on a line, and stopped by screening or a challenge. */
  plotsTried: Float64Array;
  /** Attempts of plots that any layer refused, by reason. */
  plotsRefused: Float64Array;
  plotsStopped: Float64Array;
  /** Notices by kind, offers by kind: sent and taken; applicants who saw the terms and went no further. */
  notices: Float64Array;
  offersSent: Float64Array;
  offersTaken: Float64Array;
  declinedTerms: number;
  /** Purchases on the line that the cashier preselected instead of the preferred one; limits moved between two lines. */
  preselected: number;
  jointPurchases: number;
}

/** What the two issuers have seen of a ring's device: accounts on it, and whether it is on their list. */
export interface RingSeen {
  accounts: Set<number>[];
  listed: boolean[];
}

/** A debt on its way to its line, and where it was put: the row of its plan, or its place among those due one by one; else −1. */
export interface Debt {
  line: number;
  amountFen: number;
  /** 0 for what is not paid in instalments. */
  months: number;
  askedBps: number;
  plan: number;
  place: number;
}

/** Everything of one run. */
export interface World {
  readonly supposed: Supposition;
  readonly terms: Terms;
  readonly streams: Streams;
  readonly ledger: Ledger;
  readonly chart: Chart;
  readonly shoppers: Shoppers;
  readonly lines: Lines;
  readonly loans: Loans;
  readonly open: OpenPurchases;
  readonly revolving: RevolvingRows;
  readonly refunds: RefundRows;
  readonly staged: StagedRows;
  readonly merchants: Merchants;
  readonly participants: Participants;
  readonly bridge: Bridge;
  /** What each rail carried, by hour. */
  readonly rails: RailTally;
  readonly purchases: Purchases;
  readonly clearing: ClearingRows;
  readonly today: Today;
  readonly counts: Counts;
  /** Who is taken for whom, where customer files were compared. */
  readonly links: Links | null;
  /** The shared ledger, where shoppers present credentials. */
  readonly registry: Registry | null;
  /** How far scores have drifted since the opening. */
  readonly drift: ScoreDrift;
  /** The fitted scorecards; null where the expert card decides. */
  cards: Cards | null;
  /** Devices of rings that have been seen, by ring. */
  readonly rings: Map<number, RingSeen>;
  /** Whether each ring strikes this month. */
  readonly ringStrikes: Uint8Array;
  readonly recorder: Recorder;
  /** Tables made once: factors by class, baskets by category. */
  readonly rate: Float64Array;
  readonly basketFactor: Float64Array;
  readonly baskets: Float64Array[];
  readonly kinds: Kinds;
  /** Scratch of authorisation: a shopper's wants of the day, and what screening looks at. */
  readonly desk: {
    wants: Want[];
    length: number;
    /** Wants of the people who are taken together. */
    wantsAhead: Uint8Array;
    facts: ScreenFacts;
    assessment: Assessment;
    debt: Debt;
    plot: { facts: AttemptFacts };
    borne: Borne;
    abandon: Float64Array;
    /** What was read only to bring it near; kept so that the reading is not left out. */
    near: number;
    /** Fen times minutes that lenders' payments for purchases waited, and the fen they were for. */
    delayFenMinutes: number;
    clearedFen: number;
    /** Platforms whose bridge account has been funded, as bits. */
    bridgeFunded: number;
    /** First places of the minutes in clearing's order. */
    starts: Uint32Array;
    /** The day on which a line was last put on the list of due lines. */
    dueOn: Int16Array;
    bridgeFeesFen: number;
    /** The same two sums as booking finds them, purchase by purchase. */
    bookedCreditFen: number;
    bookedBridgeFeesFen: number;
    bridgePaid: number;
    bridgeQueued: number;
    bridgeExpired: number;
    /** Obligations of the channel, gross and net; institutions' payments over the bridge, and fen times minutes they waited. */
    grossFen: number;
    netFen: number;
    bulkFen: number;
    bulkDelayFenMinutes: number;
    /** Purchases' payments over the bridge: fen times minutes that they waited, and the fen. */
    bridgeDelayFenMinutes: number;
    bridgeClearedFen: number;
    /** Minutes of gridlock, payments that went on over the channel, and the most that waited. */
    gridlockMinutes: number;
    fellBack: number;
    /** Purchases that routing by cost sent over the channel; what settled on the bridge itself. */
    rerouted: number;
    bridgeSettledFen: number;
    queuePeakFen: number;
    /** Payments that each rail has carried today. */
    carried: Float64Array;
    /** Payments by rail and payer. */
    railPayments: Float64Array;
    /** Bills of today of which the least part was paid. */
    leastPaid: number;
  };
  /** Breaks between the files of two platforms. */
  readonly breaks: Breaks;
  /** Shops in another currency; null where none takes a line. */
  readonly abroad: Abroad | null;
  /** The co-branded card. */
  readonly cobrand: Cobrand;
  /** What goes wrong in clearing today. */
  readonly faults: Faults;
  /** Loans across the bridge: treaties between the issuers, and their guarantee fund. */
  readonly joint: Joint;
  /** The issuers' sources of money: what is pledged to whom, trusts, terms that run. */
  readonly funding: Funding;
  /** Collection, bureau reports, loss allowances and vintages. */
  readonly servicing: Servicing;
  /** What the rule book binds, refuses and follows. */
  readonly rules: RuleState;
  /** What the treasuries remember. */
  readonly treasury: TreasuryState;
  /** Lines with something due today, and how many. */
  readonly due: { lines: Uint32Array; length: number };
  /** Lines in arrears after today's payments, in order, and how many. */
  readonly arrears: { lines: Uint32Array; length: number };
  /** Institutions' memory between days. */
  readonly memory: {
    /** Share of new credit granted, decided by the treasury for tomorrow, by product. */
    granted: Float64Array;
    /** What was asked of each product today and could have been granted with money enough. */
    askedFen: Float64Array;
    /** What limits have changed by since the memorandum was posted, by product. */
    limitChangeFen: Float64Array;
    /** Trade so far by acquiring platform (jd, ant), the weights of sharing rules. */
    tradeFen: Float64Array;
    /** Repayments of the day, by product, and by bank and product. */
    repaid: {
      nativeFen: Float64Array;
      bridgedFen: Float64Array;
      feesFen: Float64Array;
      byBankFen: Float64Array;
      /** Of that, on debts across platforms. */
      bridgedByBankFen: Float64Array;
    };
    /** What revolves, by product. */
    revolvingFen: Float64Array;
    /** Refunds of the day: off each product's debts, native and across platforms; to shoppers,
     * from shops, out of custody to shoppers and to shops; of all, and across platforms. */
    refunded: {
      nativeFen: Float64Array;
      bridgedFen: Float64Array;
      depositsFen: number;
      shopsFen: number;
      custodyFen: number;
      releasedFen: number;
      allFen: number;
      acrossFen: number;
    };
    /** Interest and late fees charged in the present phase, by product. */
    chargedFen: Float64Array;
    /** Costs of collection not yet paid, by product. */
    collectionDueFen: Float64Array;
    /** Costs of collection since the start, paid or not. */
    collectionIncurredFen: number;
    /** People enrolled, presentations checked, and what the shared ledger cost, since the last bill. */
    enrolments: number;
    presented: number;
    ledgerCostFen: number;
    reviews: number;
    /** Costs of identity not yet paid, by issuer, and all since the start. */
    identityDueFen: Float64Array;
    identityIncurredFen: number;
    /** What all people earn in a month, and in a day before growth. */
    incomesFen: number;
    wagesPerDayFen: number;
    capexDueFen: number;
    runningDueFen: number;
    capexPaidFen: number;
    capexMonths: number;
    bridgeSuspended: boolean;
    /** What the operator's contract owes the project and could not pay yet. */
    contractDueFen: number;
    /** What the contract has earned the project since the start, paid or not. */
    contractEarnedFen: number;
    fundingGapDays: number;
    /** The least capital of each lender at a close of day. */
    capitalLeastFen: Float64Array;
    /** Days that ended with bills which the project could not pay though all equity was called. */
    projectUnpaidDays: number;
    /** Written off today by product: native, bridged, fees; and sale price. */
    lost: {
      nativeFen: number;
      bridgedFen: number;
      feesFen: number;
      /** Claims that found a buyer, and what he paid; paid on those of before that did not, and of that across platforms. */
      soldFen: number;
      recoveredFen: number;
      recoveredBridgedFen: number;
      saleFen: number;
      stolenFen: number;
      stolenBridgedFen: number;
      chargedBackFen: number;
      chargedBackBridgedFen: number;
    }[];
    /** Charged back today to shops, by bank and product, and cash that shops handed back. */
    chargebackByBankFen: Float64Array;
    /** Borne so far by JD, by Ant, by the banks that lend jointly with them, and by those who lend to their trusts. */
    lossByFen: Float64Array;
    lossIncurredFen: number;
    /** Net worth of each owner after the opening, by party. */
    worthAtStartFen: Map<string, number>;
    externalAtStartFen: number[];
    /** Lines held at the opening, bit p for product p. */
    heldAtStart: Uint8Array;
    /** Running counts as of yesterday's close. */
    countedBefore: Map<string, number>;
  };
  /** The next free id for transfers today. */
  nextId: number;
  /** The id of the transfer of the day's first purchase. */
  firstPurchaseId: number;
  /** Told of what binds in consents and credentials. */
  onIdentity: ((event: IdentityEvent) => void) | null;
  /** Told of each try that came to identification; a share of them is proved with the whole protocol. */
  sample: ((world: World, want: Want, product: number, network: number) => void) | null;
  trace: {
    shopper: number;
    day: number;
    events: TraceEvent[];
    notices: TracedNotice[];
    refunds?: TracedRefund[];
  } | null;
  checks: number;
}

/** First entity numbers: the run's people and shops, and the pool of the history, never meet. */
export const entityBase = {
  run: 0,
  training: 0x20000000,
  holdout: 0x30000000,
  pool: 0x40000000,
  merchants: 0,
} as const;

/** Posts one transfer of an institution; a zero amount is no transfer. Throws when the ledger refuses: the phase that
 * called had to ask first. */
export function pay(world: World, debit: number, credit: number, amountFen: number, code: number): void {
  if (amountFen === 0) return;
  const got = world.ledger.transfer(world.nextId++, debit, credit, amountFen, code);
  if (got !== 2) {
    throw new Error(
      `Day ${world.today.day}: cannot move ${amountFen} fen from ${world.ledger.names[credit]} to ${
        world.ledger.names[debit]
      }: ${world.ledger.availableFen(credit)} fen are available`,
    );
  }
}
