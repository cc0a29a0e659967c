// The world of one run: tables, ledger, streams, calendar, and what was decided at the day's opening.

import { networks } from "#/model/names.ts";
import type { CostCap } from "#/model/credit/cost_cap.ts";
import { civil } from "#/model/units/calendar.ts";
import { type Assessment, blankAssessment } from "#/model/fraud/screening/assess.ts";
import { blankFacts, type ScreenFacts } from "#/model/fraud/screening/facts.ts";
import { type AttemptFacts, blankAttempt } from "#/model/fraud/typologies/attempt.ts";
import type { Borne } from "#/model/fraud/typologies/liability.ts";
import { typologyNames } from "#/model/fraud/typologies/registry.ts";
import { basketTable, demandFactor, maxWantsOfDay } from "#/model/shoppers/wants.ts";
import type { CivilDate } from "#/model/units/calendar.ts";
import { noticeKinds } from "#/model/notices.ts";
import { offerKinds } from "#/model/credit/offers.ts";
import { reasons } from "#/model/reasons.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import { type Chart, openChart, platforms } from "./ledger/chart.ts";
import { Ledger } from "./ledger/ledger.ts";
import { openStreams, type Streams } from "./streams.ts";
import { allocateLines, type Lines } from "./tables/lines.ts";
import { allocateLoans, allocateOpenPurchases, type Loans, type OpenPurchases } from "./tables/loans.ts";
import {
  allocateRefunds,
  allocateRevolving,
  allocateStaged,
  type RefundRows,
  type RevolvingRows,
  type StagedRows,
} from "./tables/day_ring.ts";
import { ways } from "./tables/ways.ts";
import { makeMerchants, type Merchants } from "./tables/merchants.ts";
import { allocateBridge, type Bridge } from "./tables/bridge.ts";
import { makeRailTally, railNames, type RailTally } from "./tables/rail_tally.ts";
import { makeParticipants, type Participants } from "./tables/participants.ts";
import {
  allocateClearingRows,
  allocatePurchases,
  type ClearingRows,
  type Purchases,
} from "./tables/purchases.ts";
import {
  allocateShoppers,
  basketFactors,
  fillShoppers,
  never,
  rateFactors,
  type Shoppers,
} from "./tables/shoppers.ts";
import { makeTerms, type Terms } from "./terms.ts";
import { linkRecords, type Links } from "./linkage.ts";
import type { Cards } from "./scoring/points.ts";
import { noDrift, type ScoreDrift } from "./scoring/stability.ts";
import { openRegistry, type Registry } from "./registry.ts";
import { consentKinds } from "#/model/identity/consents.ts";
import type { Recorder } from "./recorder.ts";
import { makeRecorder } from "./recorder.ts";
import { type Abroad, makeAbroad } from "./abroad.ts";
import { type Breaks, makeBreaks } from "./breaks.ts";
import { type Faults, makeFaults } from "./faults.ts";
import { type Joint, openJoint } from "./joint.ts";
import { type Funding, openFunding } from "./funding.ts";
import { openRuleState, type RuleState } from "./rulebook.ts";
import { openTreasuries, type TreasuryState } from "./treasury.ts";
import { openServicing, type Servicing } from "./servicing.ts";
import { type Cobrand, makeCobrand } from "./cobrand.ts";
import { abandonTable } from "./phases/cashier.ts";
import { blankWant, type Kinds, makeKinds, type Want } from "./phases/want.ts";
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
    /** Borne so far by JD, by Ant, and by the banks that lend jointly with them. */
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

/** How many purchases the busiest day of a run may have, with room for chance. */
function purchaseRoom(terms: Terms, sigmaFactorMax: number): number {
  const { scenario, startEpoch, days } = terms;
  let busiest = 0;
  for (let day = 0; day < days; day++) {
    busiest = Math.max(busiest, demandFactor(civil(startEpoch + day), scenario.demand));
  }
  const mean = scenario.world.shoppers * scenario.demand.wantsPerThousandDays / 1000 * busiest;
  return Math.ceil(mean * 1.06 + 8 * Math.sqrt(mean + 1) * sigmaFactorMax + 256);
}

/** Makes the world of a scenario: people, shops, accounts. No money and no debts yet. */
export function makeWorld(
  supposed: Supposition,
  replication: number,
  entity0: number,
  makeLedger: (capacity: number) => Ledger = (capacity) => new Ledger(capacity),
): World {
  const { scenario } = supposed;
  const terms = makeTerms(scenario);
  const streams = openStreams(scenario.seed, replication);
  const shoppers = allocateShoppers(scenario.world.shoppers, entity0);
  fillShoppers(shoppers, streams, scenario);
  const rate = rateFactors(scenario.demand.wantsSigmaBps / 10_000);
  const room = purchaseRoom(terms, 1.5);
  const ledger = makeLedger(room + 65_536);
  const chart = openChart(
    ledger,
    scenario.clearing.banks,
    (issuer, source) => scenario.funding[issuer][source].active,
  );
  const perDay = Math.ceil(scenario.world.shoppers * 0.05) + 64;
  const incomesFen = shoppers.incomeFen.reduce((sum, fen) => sum + fen, 0);
  const world: World = {
    supposed,
    terms,
    streams,
    ledger,
    chart,
    shoppers,
    lines: allocateLines(shoppers.count),
    loans: allocateLoans(Math.ceil(shoppers.count * 0.25) + 64),
    open: allocateOpenPurchases(perDay),
    revolving: allocateRevolving(64),
    refunds: allocateRefunds(Math.ceil(shoppers.count * 0.002) + 16),
    staged: allocateStaged(Math.ceil(shoppers.count * 0.001) + 16),
    merchants: makeMerchants(scenario, streams, entityBase.merchants),
    participants: makeParticipants(chart.participants.length),
    bridge: allocateBridge(chart.participants.length),
    rails: makeRailTally(chart.participants.length),
    purchases: allocatePurchases(room),
    clearing: allocateClearingRows(room),
    today: {
      day: -1,
      date: civil(terms.startEpoch),
      month: 0,
      firstOfMonth: false,
      demand: 1,
      unemploymentBps: terms.unemployment.first,
      incomeGrowthBps: 0,
      rateBps: 0,
      cutoffPoints: 0,
      leastPoints: new Float64Array(terms.products.length),
      leastPointsAcross: new Float64Array(terms.products.length),
      appetite: 1,
      ladders: new Float64Array(0),
      networkFor: new Int8Array(2 << networks.length),
      cardFor: new Int8Array(1 << networks.length).fill(-1),
      cost: terms.products.map(() => terms.cost),
      adapterVersion: new Uint8Array(ways.length).fill(1),
      bridgeSuspended: false,
      bridgeDown: false,
      channelDown: false,
      cardDown: false,
      granted: new Float64Array(terms.products.length).fill(1),
      share: new Float64Array(terms.products.length),
    },
    counts: {
      wanted: 0,
      authorised: 0,
      settled: 0,
      settledOnCredit: 0,
      waiting: 0,
      waitingAtStart: 0,
      creditAttempts: 0,
      creditApproved: 0,
      triedBy: new Float64Array(terms.products.length),
      approvedBy: new Float64Array(terms.products.length),
      triedAcross: new Float64Array(terms.products.length),
      approvedAcross: new Float64Array(terms.products.length),
      refused: new Float64Array(reasons.length),
      redirected: new Float64Array(reasons.length),
      insulted: 0,
      uses: new Float64Array(consentKinds.length * terms.products.length),
      attributes: 0,
      wrongPersonUses: 0,
      challenges: 0,
      challengesLost: 0,
      challengeSeconds: 0,
      reviews: 0,
      explained: 0,
      reversals: 0,
      plotsTried: new Float64Array(typologyNames.length + 1),
      plotsRefused: new Float64Array(reasons.length),
      plotsStopped: new Float64Array(typologyNames.length + 1),
      notices: new Float64Array(noticeKinds.length),
      offersSent: new Float64Array(offerKinds.length),
      offersTaken: new Float64Array(offerKinds.length),
      declinedTerms: 0,
      preselected: 0,
      jointPurchases: 0,
    },
    cards: null,
    drift: noDrift(),
    rings: new Map(),
    ringStrikes: new Uint8Array(Math.ceil(shoppers.count / scenario.fraud.deviceRing.accounts) + 1),
    links: terms.identity.policy.finds === "records"
      ? linkRecords(shoppers, streams, scenario.identity)
      : null,
    registry: terms.identity.policy.finds === "presentation" ? openRegistry(terms) : null,
    recorder: makeRecorder(terms.days),
    rate,
    basketFactor: basketFactors(
      scenario.population.incomeSigmaBps / 10_000,
      scenario.demand.basketIncomeElasticityBps / 10_000,
    ),
    baskets: terms.categories.map(({ medianFen, sigma }) => basketTable(medianFen, sigma)),
    kinds: makeKinds(terms),
    desk: {
      wants: Array.from({ length: maxWantsOfDay + 32 }, blankWant),
      length: 0,
      wantsAhead: new Uint8Array(64),
      facts: blankFacts(),
      assessment: blankAssessment(),
      plot: { facts: blankAttempt() },
      borne: { issuerFen: 0, merchantFen: 0, shopperFen: 0 },
      abandon: abandonTable({ terms }),
      near: 0,
      delayFenMinutes: 0,
      clearedFen: 0,
      bridgeFunded: 0,
      starts: new Uint32Array(1_441),
      dueOn: new Int16Array(shoppers.count * terms.products.length).fill(never),
      bridgeFeesFen: 0,
      bookedCreditFen: 0,
      bookedBridgeFeesFen: 0,
      bridgePaid: 0,
      bridgeQueued: 0,
      bridgeExpired: 0,
      grossFen: 0,
      netFen: 0,
      bulkFen: 0,
      bulkDelayFenMinutes: 0,
      bridgeDelayFenMinutes: 0,
      bridgeClearedFen: 0,
      gridlockMinutes: 0,
      fellBack: 0,
      rerouted: 0,
      bridgeSettledFen: 0,
      queuePeakFen: 0,
      carried: new Float64Array(railNames.length),
      railPayments: new Float64Array(railNames.length * chart.participants.length),
      leastPaid: 0,
    },
    breaks: makeBreaks(platforms.length),
    abroad: makeAbroad({ terms, ledger, streams, shoppers }),
    cobrand: makeCobrand(terms),
    faults: makeFaults(chart.participants.length),
    joint: openJoint(),
    servicing: openServicing({
      loansPerMonth: shoppers.count * scenario.demand.wantsPerThousandDays / 1000 * 30 / 2,
    }),
    funding: openFunding(terms),
    rules: openRuleState(),
    treasury: openTreasuries(),
    due: { lines: new Uint32Array(shoppers.count * 2), length: 0 },
    arrears: { lines: new Uint32Array(shoppers.count * 2), length: 0 },
    memory: {
      granted: new Float64Array(terms.products.length).fill(1),
      askedFen: new Float64Array(terms.products.length),
      limitChangeFen: new Float64Array(terms.products.length),
      tradeFen: new Float64Array(2),
      repaid: {
        nativeFen: new Float64Array(terms.products.length),
        bridgedFen: new Float64Array(terms.products.length),
        feesFen: new Float64Array(terms.products.length),
        byBankFen: new Float64Array(terms.products.length * scenario.clearing.banks),
        bridgedByBankFen: new Float64Array(terms.products.length * scenario.clearing.banks),
      },
      revolvingFen: new Float64Array(terms.products.length),
      refunded: {
        nativeFen: new Float64Array(terms.products.length),
        bridgedFen: new Float64Array(terms.products.length),
        depositsFen: 0,
        shopsFen: 0,
        custodyFen: 0,
        releasedFen: 0,
        allFen: 0,
        acrossFen: 0,
      },
      chargedFen: new Float64Array(terms.products.length),
      collectionDueFen: new Float64Array(terms.products.length),
      collectionIncurredFen: 0,
      enrolments: 0,
      presented: 0,
      ledgerCostFen: 0,
      reviews: 0,
      identityDueFen: new Float64Array(2),
      identityIncurredFen: 0,
      incomesFen,
      wagesPerDayFen: Math.round(incomesFen / 30),
      capexDueFen: 0,
      runningDueFen: 0,
      capexPaidFen: 0,
      capexMonths: 0,
      bridgeSuspended: false,
      contractDueFen: 0,
      contractEarnedFen: 0,
      fundingGapDays: 0,
      lost: terms.products.map(() => ({
        nativeFen: 0,
        bridgedFen: 0,
        feesFen: 0,
        soldFen: 0,
        recoveredFen: 0,
        recoveredBridgedFen: 0,
        saleFen: 0,
        stolenFen: 0,
        stolenBridgedFen: 0,
        chargedBackFen: 0,
        chargedBackBridgedFen: 0,
      })),
      chargebackByBankFen: new Float64Array(terms.products.length * scenario.clearing.banks),
      lossByFen: new Float64Array(3),
      lossIncurredFen: 0,
      worthAtStartFen: new Map(),
      externalAtStartFen: [],
      heldAtStart: new Uint8Array(shoppers.count),
      countedBefore: new Map(),
    },
    nextId: 0,
    firstPurchaseId: 0,
    onIdentity: null,
    sample: null,
    trace: null,
    checks: 0,
  };
  return world;
}

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
