// Makes the world of a scenario: people, shops, accounts and empty tables, with room for the busiest day.

import { capitalParties, networks } from "#/model/names.ts";
import { civil } from "#/model/units/calendar.ts";
import { blankAssessment } from "#/model/fraud/screening/assess.ts";
import { blankFacts } from "#/model/fraud/screening/facts.ts";
import { blankAttempt } from "#/model/fraud/typologies/attempt.ts";
import { typologyNames } from "#/model/fraud/typologies/registry.ts";
import { basketTable, demandFactor, maxWantsOfDay } from "#/model/shoppers/wants.ts";
import { noticeKinds } from "#/model/notices.ts";
import { offerKinds } from "#/model/credit/offers.ts";
import { reasons } from "#/model/reasons.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import { openChart, platforms } from "./ledger/chart.ts";
import { Ledger } from "./ledger/ledger.ts";
import { openStreams } from "./streams.ts";
import { allocateLines } from "./tables/lines.ts";
import { allocateLoans, allocateOpenPurchases } from "./tables/loans.ts";
import { allocateRefunds, allocateRevolving, allocateStaged } from "./tables/day_ring.ts";
import { ways } from "./tables/ways.ts";
import { makeMerchants } from "./tables/merchants.ts";
import { allocateBridge } from "./tables/bridge.ts";
import { makeRailTally, railNames } from "./tables/rail_tally.ts";
import { makeParticipants } from "./tables/participants.ts";
import { allocateClearingRows, allocatePurchases } from "./tables/purchases.ts";
import { allocateShoppers, basketFactors, fillShoppers, never, rateFactors } from "./tables/shoppers.ts";
import { makeTerms, type Terms } from "./terms.ts";
import { linkRecords } from "./linkage.ts";
import { noDrift } from "./scoring/stability.ts";
import { openRegistry } from "./registry.ts";
import { consentKinds } from "#/model/identity/consents.ts";
import { makeRecorder } from "./recorder.ts";
import { makeAbroad } from "./abroad.ts";
import { makeBreaks } from "./breaks.ts";
import { makeFaults } from "./faults.ts";
import { openJoint } from "./joint.ts";
import { openFunding } from "./funding.ts";
import { openRuleState } from "./rulebook.ts";
import { openTreasuries } from "./treasury.ts";
import { openServicing } from "./servicing.ts";
import { makeCobrand } from "./cobrand.ts";
import { abandonTable } from "./phases/cashier.ts";
import { blankWant, makeKinds } from "./phases/want.ts";
import { entityBase, type World } from "./world.ts";

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
    (issuer, source) =>
      source === "absLine"
        ? scenario.funding[issuer].abs.active && scenario.funding[issuer].abs.liquidityBps > 0
        : scenario.funding[issuer][source].active,
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
      debt: { line: 0, amountFen: 0, months: 0, askedBps: 0, plan: -1, place: -1 },
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
      capitalLeastFen: new Float64Array(capitalParties.length).fill(Infinity),
      projectUnpaidDays: 0,
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
      lossByFen: new Float64Array(4),
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
