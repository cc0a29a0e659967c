// A scenario in the numbers of a run: whole fen, scaled where they belong to institutions, days counted from the start.

import type { Fen } from "#/model/units/units.ts";
import { mulDiv } from "#/model/units/units.ts";
import { epochDay } from "#/model/units/calendar.ts";
import { categories, products } from "#/model/names.ts";
import { activeRules } from "#/model/fraud/screening/assess.ts";
import { liabilityRules } from "#/model/fraud/typologies/liability.ts";
import { ratesByCode } from "#/model/fraud/typologies/plot.ts";
import { typologies, typologyNames } from "#/model/fraud/typologies/registry.ts";
import { blurredOwners, type FeatureOwner } from "#/model/scoring/fusion/owners.ts";
import { type Fusion, fusions } from "#/model/scoring/fusion/registry.ts";
import { type GrantingRule, grantingRules } from "#/model/credit/joint_granting/registry.ts";
import { type LimitRule, limitRules } from "#/model/credit/joint_limit/registry.ts";
import { shortLeaveBps } from "#/model/shoppers/cash.ts";
import { stageFactorsBps } from "#/model/credit/collections.ts";
import { statedRolls } from "#/model/credit/provision_terms.ts";
import { linkRefusals, policies } from "#/model/identity/policies/registry.ts";
import { type CapRule, capRules } from "#/model/clearing/caps/registry.ts";
import { type Connection, connections } from "#/model/clearing/connection.ts";
import { flows, fundingFlows } from "#/model/clearing/flows.ts";
import { type QueueMethod, queueMethods } from "#/model/clearing/methods/registry.ts";
import { rails } from "#/model/clearing/rails/registry.ts";
import { routings } from "#/model/clearing/routing.ts";
import { withholdingPolicies, type WithholdingPolicy } from "#/model/clearing/withholding.ts";
import { blankRuleTerms, type SharingRule, sharingRules } from "#/model/sharing/rules/registry.ts";
import type { ContingencyTerms } from "#/model/funding/treasury/contingency.ts";
import type { Readings } from "#/model/funding/treasury/warnings.ts";
import { platforms } from "./ledger/chart.ts";
import { cobrandOf, makeCells } from "./cells.ts";
import { ways } from "./tables/ways.ts";
import type { Scenario } from "#/scenarios/schema.ts";

/** The number of people that one simulated shopper stands for: a whole number, else refused. */
export function peoplePerShopper({ people, shoppers }: { people: number; shoppers: number }): number {
  const factor = people / shoppers;
  if (!Number.isInteger(factor)) {
    throw new RangeError(
      `Cannot let ${shoppers} shoppers stand for ${people} people: ${
        factor.toFixed(3)
      } people a shopper is not whole`,
    );
  }
  return factor;
}

/** The numbers of each typology by code; one attempt on one day where a scenario says none. */
function plotsByCode(fraud: Scenario["fraud"]) {
  const blank = { attempts: 1, days: 1, spreeMinutes: 1, medianFen: 0 };
  const plots = [blank, ...typologyNames.map(() => blank)];
  const say = (name: keyof typeof typologies, numbers: Partial<typeof blank>) => {
    plots[typologies[name].code] = { ...blank, ...numbers };
  };
  const { stolenAccount, syntheticIdentity, bustOut, deviceRing, cash } = fraud;
  say("stolenAccount", { ...stolenAccount, medianFen: stolenAccount.medianCny * 100 });
  say("syntheticIdentity", syntheticIdentity);
  say("bustOut", bustOut);
  say("deviceRing", deviceRing);
  say("cashOut", { medianFen: cash.medianCny * 100 });
  return plots;
}

/** The contingency plan's days, by step. */
const planOf = (it: Scenario["treasury"]["contingency"]): ContingencyTerms => ({
  enterBelowDays: [
    it.drawUnusedDays,
    it.tightenOffersDays,
    it.throttleDays,
    it.stopDays,
    it.placeReceivablesDays,
  ],
  leaveAboveDays: it.leaveAboveDays,
  calmDays: it.calmDays,
});

/** From where on each indicator warns. */
const warnFrom = (it: Scenario["treasury"]["warn"]): Readings => ({
  survivalHorizon: it.survivalDays,
  bufferRatio: it.bufferBps / 10_000,
  lineUtilisation: it.utilisationBps / 10_000,
  spread: it.spreadRiseBps / 10_000,
  lateShare: it.lateRiseBps / 10_000,
  forecastError: it.forecastErrorBps / 10_000,
});

type StagedTerms = Scenario["stagedPlans"][keyof Scenario["stagedPlans"]];

/** Everything that phases read of a scenario. Made once; never changed during a run. */
export function makeTerms(scenario: Scenario) {
  const { world } = scenario;
  const factor = peoplePerShopper(world);
  /** Terms of institutions: real CNY to fen of this run. */
  const scaled = (cny: number): Fen => mulDiv(cny, 100, factor);
  /** Terms of one person: CNY to fen. */
  const fen = (cny: number): Fen => cny * 100;
  const start = epochDay(world.startDate);
  return {
    scenario,
    factor,
    startEpoch: start,
    days: world.days,
    /** Orders are taken from this minute of the day to the last, 1,439. */
    firstMinute: scenario.demand.shopsOpenMinute,
    cost: {
      allInCostCapBps: scenario.rulebook.allInCostCapBps,
      fromDay: epochDay(scenario.rulebook.allInCostCapFrom) - start,
    },
    products: products.map((name) => {
      const it = scenario.credit[name];
      return {
        ...it,
        name,
        licences: it.licences.map(({ from, licence }) => ({ fromEpoch: epochDay(from), licence })),
        perPurchase: it.schedule === "per-purchase",
        instalmentFromFen: fen(it.instalmentFromCny),
        limits: {
          limitFloorFen: fen(it.limitFloorCny),
          limitCapFen: fen(it.limitCapCny),
          limitIncomeMultipleBps: it.limitIncomeMultipleBps,
        },
        moving: {
          goodScoreRaiseBps: scenario.scoring.goodScoreRaiseBps,
          lateCutBps: scenario.limits.lateCutBps,
          hardshipCutBps: scenario.limits.hardshipCutBps,
          belowCutoffCutBps: scenario.limits.belowCutoffCutBps,
          limitCapFen: fen(it.limitCapCny),
        },
      };
    }),
    cells: makeCells(scenario),
    cobrand: cobrandOf(scenario),
    limits: scenario.limits,
    limitRule: limitRules[scenario.credit.jointLimit] as LimitRule,
    notices: scenario.notices,
    /** What buyers do whose cash does not suffice, when the preferred way does not work. */
    short: { ...scenario.demand, leaveBps: shortLeaveBps(scenario.demand) },
    /** How much greater the wish to pay on credit is while a notice is in mind. */
    prompt: 1 + scenario.notices.promptUseBps / 10_000,
    loop: {
      ...scenario.dataLoop,
      rescores: scenario.dataLoop.active && scenario.dataLoop.rescore,
      retargets: scenario.dataLoop.active && scenario.dataLoop.retarget,
    },
    creditDiscountBps: ways.map((network) => scenario.merchants.creditDiscountBps[network]),
    debitDiscountBps: scenario.merchants.debitDiscountBps,
    categories: categories.map((name) => {
      const it = scenario.demand.categories[name];
      return {
        ...it,
        medianFen: fen(it.basketMedianCny),
        sigma: it.basketSigmaBps / 10_000,
        /** Below this luck, in 1/65,536, a purchase comes back. */
        comesBackBelow: scenario.refunds.shareBps[name] * 65_536 / 10_000,
        staged: (scenario.stagedPlans as Partial<Record<typeof name, StagedTerms>>)[name] ?? null,
        jdMallShare: it.jdMallShareBps / 10_000,
      };
    }),
    identity: {
      ...scenario.identity.credentials,
      policy: policies[scenario.identity.policy],
      refusals: linkRefusals(policies[scenario.identity.policy]),
      caps: {
        deviceOnlyCapFen: fen(scenario.identity.deviceOnlyCapCny),
        realNameCapFen: fen(scenario.identity.realNameCapCny),
      },
      unlinkedCapFen: fen(scenario.identity.unlinkedCapCny),
      costs: scenario.identity.costs,
    },
    fraud: {
      ...scenario.fraud,
      // Rings are drawn by ring, not by person.
      perYearPpm: ratesByCode({ ...scenario.fraud.perYearPpm, deviceRing: 0 }),
      ringPerMonth: scenario.fraud.perYearPpm.deviceRing / 12_000_000,
      plots: plotsByCode(scenario.fraud),
      travel: scenario.fraud.travelBps / 10_000,
      newDevice: scenario.fraud.newDeviceBps / 10_000,
      amountFloorFen: fen(scenario.fraud.amountFloorCny),
      active: activeRules(scenario.fraud.points),
      /** No distance up to here strikes anybody, however short the time. */
      quietKm: Math.min(scenario.fraud.distanceMaxKm, scenario.fraud.distanceSlackKm),
      screens: Object.values(scenario.fraud.points).some((points) => points > 0),
      liability: { rule: liabilityRules[scenario.fraud.liability.rule], terms: scenario.fraud.liability },
    },
    challenge: scenario.identity.challenge,
    review: scenario.identity.review,
    fusion: fusions[scenario.scoring.fusion] as Fusion,
    featureNoise: {
      bureau: 0,
      ...Object.fromEntries(
        blurredOwners.map((owner) => [owner, scenario.scoring.featureNoiseBps[owner] / 10_000]),
      ),
    } as Record<FeatureOwner, number>,
    ageProneness: scenario.scoring.ageProneBps / 10_000,
    sharing: {
      rule: sharingRules[scenario.sharing.rule] as SharingRule,
      terms: { ...blankRuleTerms, ...scenario.sharing },
    },
    jointLosses: {
      ...scenario.jointLosses,
      fund: { ...scenario.jointLosses.fund, upFrontFen: scaled(scenario.jointLosses.fund.upFrontCny) },
      common: {
        originatorCapBps: scenario.jointLosses.originatorCapBps,
        partnerCapBps: scenario.jointLosses.partnerCapBps,
        fundCapBps: scenario.jointLosses.fund.capBps,
        remainder: scenario.jointLosses.remainder,
      },
    },
    jointGranting: {
      rule: grantingRules[scenario.credit.jointGranting.by] as GrantingRule,
      partnerBps: scenario.credit.jointGranting.partnerBps,
    },
    clearing: {
      ...scenario.clearing,
      issuerNetDebitCapFen: scaled(scenario.clearing.issuerNetDebitCapCny),
      bankNetDebitCapFen: scaled(scenario.clearing.bankNetDebitCapCny),
      prefundingFen: scaled(scenario.clearing.prefundingCny),
      otherPrefundingFen: scaled(scenario.clearing.otherPrefundingCny),
      capRule: capRules[scenario.clearing.netDebitCap.rule] as CapRule,
      method: queueMethods[scenario.clearing.queueMethod] as QueueMethod,
      collateral: {
        ...scenario.clearing.collateral,
        pledgedFen: scaled(scenario.clearing.collateral.pledgedCny),
      },
      /** By flow: whether institutions pay it over the bridge. */
      overBridge: flows.map((flow) => scenario.clearing.flows[flow] === "rtgs"),
      /** By flow of funding: whether it is settled one by one, at once. */
      atOnce: fundingFlows.map((flow) => scenario.clearing.flows[flow] === "atOnce"),
      /** By rail; capacity for so many people as are simulated. */
      rails: Object.keys(rails).map((name) => {
        const it = scenario.clearing.rails[name as keyof typeof rails];
        return {
          ...it,
          perMinute: it.capacityPerDay === 0 ? Infinity : it.capacityPerDay / 1_440 / factor,
        };
      }),
      /** By participant: who withholds payments, and how; null for who pays at once. */
      withholding: platforms.map((name) => {
        const own = name === "jd" || name === "ant" ? scenario.clearing.withholding[name] : undefined;
        return own === undefined || own.policy === "prompt"
          ? null
          : { ...own, policy: withholdingPolicies[own.policy] as WithholdingPolicy };
      }).concat(Array.from({ length: scenario.clearing.banks }, () => null)),
      connection: connections[scenario.clearing.connection] as Connection,
      routesByCost: scenario.clearing.routing !== "asked",
      routing: routings[scenario.clearing.routing],
    },
    funding: (["jd", "ant"] as const).map((issuer) => {
      const it = scenario.funding[issuer];
      const { bankLine, uncommittedLine, shareholderLoan, privatePlacement, abs, supplierFinance } = it;
      return {
        ...it,
        issuer,
        cashBufferFen: scaled(it.cashBufferCny),
        bankLine: {
          ...bankLine,
          commitmentFen: bankLine.active ? scaled(bankLine.commitmentCny) : 0,
          netAssetsMinFen: scaled(bankLine.netAssetsMinCny),
        },
        uncommittedLine: {
          ...uncommittedLine,
          limitFen: uncommittedLine.active ? scaled(uncommittedLine.limitCny) : 0,
        },
        shareholderLoan: {
          ...shareholderLoan,
          commitmentFen: shareholderLoan.active ? scaled(shareholderLoan.commitmentCny) : 0,
        },
        privatePlacement: {
          ...privatePlacement,
          amountFen: privatePlacement.active ? scaled(privatePlacement.amountCny) : 0,
          ticketFen: Math.max(1, scaled(privatePlacement.ticketCny)),
        },
        abs: { ...abs, issueMaxFen: abs.active ? scaled(abs.issueMaxCny) : 0 },
        supplierFinance: {
          ...supplierFinance,
          limitFen: supplierFinance.active ? scaled(supplierFinance.limitCny) : 0,
        },
      };
    }),
    project: {
      ...scenario.project,
      capexFen: scaled(
        scenario.project.researchCny + scenario.project.integrationCny + scenario.project.firstOperationsCny,
      ),
      equityCommitmentFen: scaled(scenario.project.equityCommitmentCny),
      runningCostPerMonthFen: scaled(scenario.project.runningCostPerMonthCny),
      cashReserveFen: scaled(scenario.project.cashReserveCny),
    },
    collections: {
      ...scenario.collections,
      /** By product; places a day of each stage, for so many people as are simulated. */
      issuers: products.map((name) => {
        const it = scenario.collections[name];
        const daily = (cases: number, keepDays: number) => ({ perDay: cases / keepDays / factor, keepDays });
        const unbounded = { perDay: Infinity, keepDays: 1 };
        return {
          ...it,
          places: [
            unbounded,
            unbounded,
            daily(it.callsPerDay, 1),
            daily(it.agencyCasesPerMonth, 30),
            daily(it.lawCasesPerMonth, 30),
          ],
        };
      }),
      /** By stage: what it costs to take a case up. */
      costFen: [
        0,
        scenario.collections.messageCostFen,
        fen(scenario.collections.callCostCny),
        0,
        fen(scenario.collections.lawCostCny),
      ],
      factorsBps: stageFactorsBps(scenario.collections),
      reportedFactorsBps: [
        scenario.collections.forgets.reportedFactorBps,
        scenario.collections.cannot.reportedFactorBps,
      ],
    },
    bureau: scenario.bureau,
    provisions: {
      ...scenario.provisions,
      stated: statedRolls(scenario.provisions.rolls),
      lgd: scenario.provisions.lossGivenDefaultBps / 10_000,
    },
    rulebook: {
      partnerBanks: {
        tierOneFen: scaled(scenario.rulebook.partnerBanks.tierOneCny),
        loansFen: scaled(scenario.rulebook.partnerBanks.loansCny),
      },
    },
    treasury: scenario.treasury,
    contingencyPlan: planOf(scenario.treasury.contingency),
    warnFrom: warnFrom(scenario.treasury.warn),
    unemployment: { first: scenario.macro.unemploymentBps[0] },
  };
}

/** What {@link makeTerms} returns. */
export type Terms = ReturnType<typeof makeTerms>;
