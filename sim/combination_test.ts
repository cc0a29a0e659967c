// Everything at once: random combinations of sources of money, the co-branded card, shops abroad, sharing and granting rules, rails,
// faults and shocks. Whatever is switched on together, every day closes, every want ends once, and all results add up to nothing.

import assert from "node:assert/strict";
import fc from "fast-check";
import { cardPicks } from "#/model/credit/cobrand/registry.ts";
import { grantingRules } from "#/model/credit/joint_granting/registry.ts";
import { limitRules } from "#/model/credit/joint_limit/registry.ts";
import { queueMethods } from "#/model/clearing/methods/registry.ts";
import { routings } from "#/model/clearing/routing.ts";
import { withholdingPolicies } from "#/model/clearing/withholding.ts";
import { capRules } from "#/model/clearing/caps/registry.ts";
import { flows, fundingRails } from "#/model/clearing/flows.ts";
import { typologyNames } from "#/model/fraud/typologies/registry.ts";
import { parties } from "#/model/names.ts";
import { reason } from "#/model/reasons.ts";
import { code } from "#/sim/ledger/chart.ts";
import { assertSound, openSmall, small, walkDay } from "#/sim/testing/worlds.ts";
import { partyResultFen } from "./phases/close.ts";
import type { World } from "./world.ts";

const isOn = fc.boolean();
const mostly = fc.constantFrom(true, true, false);
const bps = fc.nat(10_000);
const oneOf = <T extends string>(registry: Record<T, unknown>) =>
  fc.constantFrom(...Object.keys(registry) as T[]);
/** Amounts over many sizes: from nothing to more than anybody needs. */
const amount = (most: number) =>
  fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 12 }).map((k) => Math.round(most / 4 ** k)));

const sources = fc.record({
  bankLine: fc.record({
    active: mostly,
    secured: isOn,
    commitmentCny: amount(900e9),
    late90MaxBps: fc.constantFrom(0, 10_000),
    cureDays: fc.nat(20),
  }),
  uncommittedLine: fc.record({ active: isOn, limitCny: amount(100e9), noticeDays: fc.nat(5) }),
  shareholderLoan: fc.record({ active: isOn, commitmentCny: amount(50e9) }),
  jointLoan: fc.record({ active: isOn, contributionBps: bps, serviceFeeBps: bps }),
  abs: fc.record({
    active: isOn,
    firstDay: fc.nat(5),
    everyDays: fc.integer({ min: 5, max: 20 }),
    revolvingDays: fc.constantFrom(30, 60),
    structure: fc.constantFrom("sequential", "proRata", "targetBalance"),
    reserveBps: fc.constantFrom(0, 300),
    liquidityBps: fc.constantFrom(0, 300),
    cleanUpBps: fc.constantFrom(0, 5_000),
  }),
  privatePlacement: fc.record({ active: isOn, termDays: fc.integer({ min: 30, max: 40 }) }),
  supplierFinance: fc.record({ active: isOn, uptakeBps: bps, termDays: fc.integer({ min: 1, max: 20 }) }),
  cashBufferCny: amount(40e9),
  equityShareBps: bps,
});

const sharing = fc.oneof(
  fc.constant({ rule: "originator" }),
  fc.record({ rule: fc.constant("marketShare"), originatorFloorBps: bps }),
  fc.record({ rule: fc.constant("quotaShare"), partnerBps: bps }),
  fc.record({
    rule: fc.constant("layered"),
    attachmentBps: fc.nat(100),
    detachmentBps: fc.integer({ min: 100, max: 400 }),
    originatorFloorBps: bps,
  }),
  fc.record({ rule: fc.constant("excessOfLoss"), retentionBps: fc.nat(200), limitBps: fc.nat(200) }),
);

const platform = fc.constantFrom("jd", "ant");
const participant = fc.constantFrom("jd", "ant", "operator", "union-card", "bank-1");
const shock = fc.oneof(
  fc.record({ event: fc.constant("rail-outage"), rail: fc.constantFrom("rtgs", "dns", "card") }),
  fc.record({ event: fc.constant("line-withdrawn"), issuer: platform, shareBps: bps }),
  fc.record({ event: fc.constantFrom("notice-given", "abs-market-shut"), issuer: platform }),
  fc.record({ event: fc.constant("unemployment-jump"), plusBps: fc.nat(5_000) }),
  fc.record({ event: fc.constant("spread-jump"), plusBps: fc.nat(3_000) }),
  fc.record({ event: fc.constant("data-breach"), issuer: platform, withdrawBps: bps }),
  fc.record({
    event: fc.constant("adapter-upgrade"),
    network: fc.constant("alipay"),
    version: fc.constant(2),
  }),
  fc.record({
    event: fc.constant("participant-outage"),
    participant,
    fromMinute: fc.nat(700),
    untilMinute: fc.integer({ min: 701, max: 1_440 }),
  }),
  fc.record({ event: fc.constant("failure-after-prepare"), participant, plusPpm: fc.nat(900_000) }),
  fc.record({
    event: fc.constant("clocks-apart"),
    participant,
    aheadSeconds: fc.integer({ min: -7_200, max: 7_200 }),
  }),
  fc.record({
    event: fc.constant("message-faults"),
    fault: fc.constantFrom("lost", "duplicated", "reordered", "late"),
    plusPpm: fc.nat(250_000),
  }),
).chain((one) => fc.nat(30).map((fromDay) => ({ ...one, fromDay, untilDay: fromDay + 6 })));

const rulesFrom = fc.constantFrom("2018-01-01", "2019-07-20");
const combination = fc.record({
  funding: fc.record({ jd: sources, ant: sources }),
  cobrand: fc.record({
    active: mostly,
    manager: platform,
    pick: oneOf(cardPicks),
    routing: oneOf(routings),
    rails: fc.constantFrom(["card"], ["dns", "card"], ["rtgs", "dns", "card"]),
    uptakePerMonthBps: fc.constantFrom(2_000, 10_000),
    failurePpm: fc.constantFrom(0, 300_000),
  }),
  crossBorder: fc.record({
    active: mostly,
    bearer: fc.constantFrom("issuer", "correspondent"),
    settlementLagDays: fc.integer({ min: 1, max: 5 }),
    spreadBps: fc.nat(1_000),
    volatilityBps: fc.nat(500),
    onExpiry: fc.constantFrom("refresh", "refuse"),
    buyersBps: fc.constantFrom(2_000, 10_000),
    wantsBps: fc.constantFrom(1_000, 5_000),
  }),
  sharing,
  jointLosses: fc.record({
    periodMonths: fc.integer({ min: 1, max: 3 }),
    originatorCapBps: fc.constantFrom(50, 10_000),
    partnerCapBps: fc.constantFrom(50, 10_000),
    trueUp: fc.constantFrom("none", "monthly"),
    remainder: fc.constantFrom("originator", "partner", "marketShare"),
    lossResponseBps: fc.constantFrom(0, 10_000),
    fund: fc.record({
      contributionBps: fc.constantFrom(0, 200),
      upFrontCny: amount(2e9),
      targetBps: fc.nat(500),
      capBps: fc.constantFrom(20, 10_000),
    }),
  }),
  credit: fc.record({
    jointLimit: oneOf(limitRules),
    jointGranting: fc.record({ by: oneOf(grantingRules), partnerBps: bps }),
    baitiao: fc.record({ chargeOffDpd: fc.constantFrom(60, 120) }),
    huabei: fc.record({ chargeOffDpd: fc.constantFrom(60, 120) }),
  }),
  identity: fc.record({ policy: fc.constantFrom("separate", "recordLinkage", "credentials") }),
  behaviour: fc.record({ hardshipPerYearBps: fc.constantFrom(500, 9_000) }),
  fraud: fc.record({
    perYearPpm: fc.record(
      Object.fromEntries(typologyNames.map((name) => [name, fc.constantFrom(0, 1_000_000, 1_000_000)])),
    ),
  }),
  clearing: fc.record({
    flows: fc.record(Object.fromEntries(flows.map((flow) => [
      flow,
      flow === "treasury" || flow === "abs"
        ? fc.constantFrom(...fundingRails)
        : fc.constantFrom("dns", "rtgs"),
    ]))),
    routing: oneOf(routings),
    queueMethod: oneOf(queueMethods),
    netDebitCap: fc.record({ rule: oneOf(capRules), shareBps: fc.nat(20_000) }),
    withholding: fc.record({
      jd: fc.record({ policy: oneOf(withholdingPolicies) }),
      ant: fc.record({ policy: oneOf(withholdingPolicies) }),
    }),
    issuerNetDebitCapCny: amount(120e9),
    prefundingCny: amount(30e9),
    otherPrefundingCny: amount(3e9),
    queueMinutes: fc.constantFrom(0, 60, 1_440),
    bulkMinutes: fc.constantFrom(60, 240, 1_440),
    banks: fc.integer({ min: 1, max: 4 }),
    transfers: fc.record({ lostPpm: fc.constantFrom(0, 100_000), latePpm: fc.constantFrom(0, 100_000) }),
    outages: fc.record({ platformPerYear: fc.constantFrom(0, 52), bankPerYear: fc.constantFrom(0, 52) }),
  }),
  treasury: fc.record({ contingency: fc.record({ active: isOn }) }),
  rulebook: fc.record({
    rules: fc.record({
      bankLeverage: fc.record({
        active: isOn,
        from: rulesFrom,
        graceDays: fc.nat(5),
        cureDays: fc.integer({ min: 1, max: 9 }),
      }),
      bondLeverage: fc.record({
        active: isOn,
        from: rulesFrom,
        graceDays: fc.nat(5),
        cureDays: fc.integer({ min: 1, max: 9 }),
      }),
      platformContribution: fc.record({ active: isOn, from: rulesFrom }),
      household: fc.record({ active: isOn, from: rulesFrom }),
    }),
  }),
  shocks: fc.array(shock, { maxLength: 4 }),
});

/** Half of everybody holds Baitiao, so that two hundred people have something to do on both sides of the bridge. */
const manyHolders = ["population.baitiaoUsersBps=5000", "world.history.set.population.baitiaoUsersBps=5000"];

/** Settings of a nested record: `path=value`; lists, and the rule of sharing with its terms, as they are. */
const settingsOf = (node: unknown, path = ""): string[] =>
  typeof node === "object" && node !== null && !Array.isArray(node) && path !== "sharing"
    ? Object.entries(node).flatMap(([key, below]) => settingsOf(below, path ? `${path}.${key}` : key))
    : [`${path}=${JSON.stringify(node)}`];

/** What has left for the world outside, shops and people abroad included, in CNY. */
const externalFen = ({ ledger }: World): number =>
  ledger.names.reduce(
    (sum, _, a) =>
      ledger.owners[a] === "external" && ledger.currencyOf[a] === 0 ? sum + ledger.balanceFen(a) : sum,
    0,
  );

/** What must hold when a day is over, beyond what its close has checked. */
function assertClosed(world: World, externalBeforeFen: number): void {
  const { ledger, counts, joint, memory, today } = world, at = `day ${today.day}`;
  const results = parties.reduce((sum, party) => sum + partyResultFen(world, party), 0);
  const external = externalFen(world) - externalBeforeFen;
  assert.equal(results + external, 0, `results of ${at}`);
  const { wanted, settled, waiting, waitingAtStart, refused } = counts;
  assert.equal(
    wanted + waitingAtStart,
    settled + waiting + refused.reduce((sum, n) => sum + n, 0),
    `ends of ${at}`,
  );
  for (const share of memory.granted) assert.ok(share >= 0 && share <= 1, `${at}: ${share} of new credit`);
  for (const fen of joint.fund.fen) assert.ok(fen >= 0, `${at}: the guarantee fund has ${fen}`);
  for (const treaty of joint.treaties) {
    for (const row of treaty.borneFen) {
      for (const fen of row) assert.ok(fen >= 0, `${at}: a layer has given back more than it bore`);
    }
  }
  // What was paid into the guarantee fund less what it paid and gave back is what it holds.
  const { fundContribution, fundPayout, fundReturn } = code, { turnoverFen } = ledger;
  assert.equal(
    turnoverFen[fundContribution] - turnoverFen[fundPayout] - turnoverFen[fundReturn],
    joint.fund.fen[0] + joint.fund.fen[1],
    `guarantee fund of ${at}`,
  );
  for (const trust of world.funding.trusts) {
    const { pool, tranches, lines, cashInFen, cashOutFen } = trust.deal.state;
    assert.equal(cashInFen - cashOutFen, trust.deal.cashFen, `${at}: cash of ${trust.name}`);
    assert.ok(pool.balanceFen >= 0 && trust.investedFen >= 0, `${at}: pool of ${trust.name}`);
    for (const { drawnFen, availableFen } of lines) assert.ok(drawnFen >= 0 && availableFen >= 0, at);
    for (const { balanceFen } of tranches) assert.ok(balanceFen >= 0, `${at}: a class of ${trust.name}`);
  }
}

Deno.test("whatever is switched on together, every day closes, wants end once and results add up to nothing", () => {
  const days = 45;
  const seen: Record<string, number> = {
    carded: 0,
    abroad: 0,
    notes: 0,
    notesPaid: 0,
    jointLoans: 0,
    granted: 0,
    lossShares: 0,
    fund: 0,
    throttled: 0,
    lost: 0,
    bulk: 0,
  };
  fc.assert(
    fc.property(combination, fc.constantFrom("one", "two"), (random, seed) => {
      const world = openSmall(
        small("interop", { shoppers: 200, days, seed, set: [...manyHolders, ...settingsOf(random)] }),
      );
      const beforeFen = externalFen(world);
      for (let day = 0; day < days; day++) {
        walkDay(world, day, (phase) => assertSound(world, phase));
        assertClosed(world, beforeFen);
      }
      const { turnoverFen } = world.ledger;
      const sumOf = (name: string) =>
        world.recorder.columns.get(name)?.values.reduce((a, b) => a + b, 0) ?? 0;
      seen.carded += world.cobrand.purchases[0] + world.cobrand.purchases[1];
      seen.abroad += sumOf("foreignPurchases");
      seen.notes += turnoverFen[code.noteIssue];
      seen.notesPaid += turnoverFen[code.notePayment];
      seen.jointLoans += sumOf("sourceOwed.jd.jointLoan") + sumOf("sourceOwed.ant.jointLoan");
      seen.granted += world.joint.treaties.reduce((sum, { participationFen }) => sum + participationFen, 0);
      seen.lossShares += world.joint.treaties.reduce((sum, { sharedFen }) => sum + sharedFen[1], 0);
      seen.fund += turnoverFen[code.fundPayout];
      seen.throttled += world.memory.fundingGapDays + world.counts.refused[reason.fundingThrottle];
      seen.lost += world.memory.lossIncurredFen;
      seen.bulk += sumOf("bulkSettled");
    }),
    { seed: 813, numRuns: 24, endOnFailure: true },
  );
  for (const [what, n] of Object.entries(seen)) assert.ok(n > 0, `no combination has anything ${what}`);
});
