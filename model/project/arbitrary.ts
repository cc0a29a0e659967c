// Random financing plans with flows for tests: every kind of source, use and milestone, funded well or badly.

import fc from "fast-check";
import { type FlowStream, streamNames } from "./flows.ts";
import type { ProjectFlows } from "./flows.ts";
import type { Plan, Source, When } from "./terms.ts";

const million = 100_000_000;
const whole = (min: number, max: number) => fc.integer({ min, max });
const amount = (most: number) => whole(1, most * million);

const when: fc.Arbitrary<When> = fc.oneof(
  whole(1, 30).map((month) => ({ month })),
  fc.constantFrom("approved", "built", "proven").map((milestone) => ({ milestone })),
);
const parts = fc.array(whole(1, 100), { minLength: 1, maxLength: 6 }).map((weights) => {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const bps = weights.map((weight) => Math.floor(weight * 10_000 / sum));
  bps[0] += 10_000 - bps.reduce((all, part) => all + part, 0);
  return bps;
});

const equity = fc.record({
  kind: fc.constantFrom("vcPreferred" as const, "strategicEquity" as const, "sponsorEquity" as const),
  amountFen: amount(700),
  preMoneyFen: amount(400).map((fen) => fen + 100 * million),
  optionPoolBps: whole(0, 800),
  preference: fc.option(fc.record({ multipleBps: whole(0, 30_000), isParticipating: fc.boolean() })),
  tranches: fc.tuple(when, when, whole(0, 10_000)).map(([first, second, bps]) => [
    { at: first, shareBps: bps },
    { at: second, shareBps: 10_000 - bps },
  ]),
});
const termDebt = fc.record({
  kind: fc.constantFrom("projectBonds" as const, "bankLoan" as const),
  amountFen: amount(200),
  at: when,
  rateBps: whole(0, 1_500),
  feeBps: whole(0, 300),
  tenorMonths: whole(1, 70),
  graceMonths: whole(0, 20),
  isInterestCapitalisedInGrace: fc.boolean(),
  repayment: fc.constantFrom({ shape: "bullet" as const }, { shape: "amortising" as const }),
  isRingFenced: fc.boolean(),
  issuer: fc.constantFrom("project" as const, "sponsor" as const),
  placement: fc.constantFrom("public" as const, "private" as const, "private" as const, "private" as const),
});
const sculptedDebt = fc.record({
  ...{ debt: termDebt, targetDscrBps: whole(10_500, 25_000) },
}).map(({ debt, targetDscrBps }) => ({ ...debt, repayment: { shape: "sculpted" as const, targetDscrBps } }));
const drawnLoan = fc.record({
  kind: fc.constant("drawnLoan" as const),
  amountFen: amount(300),
  fromMonth: whole(1, 20),
  availableMonths: whole(1, 24),
  rateBps: whole(0, 1_500),
  feeBps: whole(0, 300),
  commitmentFeeBps: whole(0, 200),
  tenorMonths: whole(24, 60),
  repayment: fc.constantFrom({ shape: "bullet" as const }, { shape: "amortising" as const }),
});
const carveOut = fc.record({
  kind: fc.constant("absCarveOut" as const),
  amountFen: amount(80),
  at: when,
  rateBps: whole(0, 1_500),
  feeBps: whole(0, 300),
  assignedBps: whole(1, 10_000),
});
const subsidy = fc.record({ kind: fc.constant("subsidy" as const), amountFen: amount(40), at: when });

const sources = fc.tuple(
  fc.array(equity, { maxLength: 3 }),
  fc.array(termDebt, { maxLength: 2 }),
  fc.array(sculptedDebt, { maxLength: 1 }),
  fc.array(drawnLoan, { maxLength: 2 }),
  fc.array(carveOut, { maxLength: 2 }),
  fc.array(subsidy, { maxLength: 1 }),
).map((lists): Source[] => lists.flat().map((source, i): Source => ({ ...source, name: `source${i}` })));

const plan = fc.record({
  periodMonths: fc.constantFrom(1 as const, 3 as const, 6 as const, 12 as const),
  discountRateBps: whole(0, 3_000),
  reachesFen: amount(60),
  overMonths: whole(1, 4),
  approved: whole(1, 40),
  items: fc.array(
    fc.record({ amountFen: amount(150), curveBps: parts, from: when, isCapitalised: fc.boolean() }),
    { minLength: 1, maxLength: 4 },
  ),
  amortisationMonths: whole(1, 90),
  runningCosts: fc.record({ perMonthFen: amount(4), fromMonth: whole(1, 15) }),
  audits: fc.record({ costFen: amount(3), everyMonths: whole(1, 15), firstMonth: whole(1, 15) }),
  rail: fc.record({
    prefundingBps: whole(0, 10_000),
    collateralBps: whole(0, 10_000),
    guaranteeFundBps: whole(0, 10_000),
  }),
  opening: fc.array(when, { minLength: 1, maxLength: 3 }),
  minimumPerMonthFen: whole(0, 3 * million),
  bridgeFeeBps: fc.option(whole(0, 40)),
  marginShareBps: whole(0, 10_000),
  sources,
  workingCapital: fc.record({ collectionLagMonths: whole(0, 4), paymentLagMonths: whole(0, 4) }),
  accounts: fc.record({ minimumCashFen: whole(0, 10 * million), reserveMonths: whole(0, 8) }),
  distributions: fc.record({ fromMonth: whole(1, 40), lockUpDscrBps: whole(0, 20_000) }),
  tax: fc.record({ rateBps: whole(0, 4_000), lossYears: whole(0, 6) }),
  tail: fc.record({ months: whole(0, 40), declineBpsPerYear: whole(0, 5_000) }),
});

const stream = (months: number) =>
  fc.record({
    stream: fc.constantFrom(...streamNames),
    counterparty: fc.constantFrom("jd", "ant", "wechat-pay"),
    full: amount(20),
    first: whole(0, 20),
    fall: whole(-1, 1),
  }).map(({ stream, counterparty, full, first, fall }): FlowStream => ({
    stream,
    counterparty,
    monthlyFen: Float64Array.from(
      { length: months },
      (_, m) =>
        m < first ? 0 : (stream === "bridgedVolume" ? 1_000 : 1) * Math.round(full * (1 + fall * m / 200)),
    ),
  }));

/** A random plan with flows that fit it. */
export const planWithFlows: fc.Arbitrary<{ plan: Plan; flows: ProjectFlows }> = fc.tuple(
  plan,
  whole(13, 72).chain((months) =>
    fc.record({
      months: fc.constant(months),
      streams: fc.uniqueArray(stream(months), {
        minLength: 1,
        maxLength: 8,
        selector: ({ stream, counterparty }) => `${stream} ${counterparty}`,
      }),
      peaks: fc.record({
        prefundingFen: amount(60),
        collateralFen: amount(40),
        guaranteeFundFen: amount(30),
      }),
    })
  ),
).map(([said, flows]) => {
  const items = said.items.map((item, i) => ({ ...item, name: `item${i}` }));
  const share = Math.floor(10_000 / said.opening.length);
  return {
    flows,
    plan: {
      ...{ name: "random", title: "a random plan", foundersShares: 1_000_000 },
      ...said,
      milestones: [
        { name: "approved", when: "month", month: said.approved },
        { name: "built", when: "built", items: [items[0].name] },
        { name: "proven", when: "revenue", reachesFen: said.reachesFen, overMonths: said.overMonths },
      ],
      uses: {
        items,
        amortisationMonths: said.amortisationMonths,
        runningCosts: said.runningCosts,
        audits: said.audits,
        rail: said.rail,
      },
      opening: said.opening.map((at) => ({ at, shareBps: share })),
      contract: [{
        counterparty: flows.streams[0].counterparty,
        bridgeFeeBps: said.bridgeFeeBps,
        marginShareBps: said.marginShareBps,
        avoidedLossShareBps: said.marginShareBps,
        minimumPerMonthFen: said.minimumPerMonthFen,
      }],
      covenants: [
        { measure: "dscr", bound: "atLeast", value: 12_000, fromMonth: 12 },
        { measure: "llcr", bound: "atLeast", value: 13_000, fromMonth: 12 },
        { measure: "gearing", bound: "atMost", value: 7_000, fromMonth: 1 },
        { measure: "cash", bound: "atLeast", value: million, fromMonth: 6 },
      ],
      sizing: {
        targetDscrBps: 13_000,
        minimumLlcrBps: 14_000,
        gearingCapBps: 7_000,
        rateBps: 600,
        fromMonth: 1,
        tenorMonths: 60,
      },
    },
  };
});
