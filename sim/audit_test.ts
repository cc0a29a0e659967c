// Whole runs of random scenarios on an audited ledger: both books agree, every day closes, and what must hold holds.

import assert from "node:assert/strict";
import fc from "fast-check";
import { ruleNames } from "#/model/fraud/screening/assess.ts";
import { typologyNames } from "#/model/fraud/typologies/registry.ts";
import { stagedCategories } from "#/model/credit/staged.ts";
import { categories, networks, parties, products } from "#/model/names.ts";
import { code } from "#/sim/ledger/chart.ts";
import { reason } from "#/model/reasons.ts";
import { assertSound, openSmall, small, walkDay } from "#/sim/testing/worlds.ts";
import { AuditedLedger } from "#/sim/testing/audited_ledger.ts";
import { partyResultFen } from "./phases/close.ts";

/** Amounts over many sizes: from nothing to more than anybody needs. */
const amount = (most: number) =>
  fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 12 }).map((k) => most / 4 ** k)).map(Math.round);
const bps = fc.nat(10_000);
const day = fc.nat(9);

const cell = fc.record({
  mode: fc.constantFrom("native", "bridged", "bridged", "closed"),
  rail: fc.constantFrom("rtgs", "dns"),
  opensDay: fc.constantFrom(0, 0, 3),
  failover: fc.boolean(),
  requiredAssurance: fc.integer({ min: 1, max: 3 }),
  bridgeFeeBps: fc.nat(500),
  acquirerFeeBps: fc.nat(500),
  failurePpm: fc.constantFrom(0, 2_000, 300_000),
  steps: fc.integer({ min: 1, max: 6 }),
});
const issuer = fc.record({
  bankLine: fc.record({ active: fc.constantFrom(true, true, false), commitmentCny: amount(900e9) }),
  cashBufferCny: amount(40e9),
  equityShareBps: bps,
});
const shock = fc.oneof(
  fc.record({ event: fc.constant("rail-outage"), rail: fc.constantFrom("rtgs", "dns") }),
  fc.record({ event: fc.constant("line-withdrawn"), issuer: fc.constantFrom("jd", "ant"), shareBps: bps }),
  fc.record({ event: fc.constant("unemployment-jump"), plusBps: fc.nat(5_000) }),
  fc.record({
    event: fc.constant("participant-outage"),
    participant: fc.constantFrom("jd", "ant", "operator", "bank-1", "bank-2"),
    ...{ fromMinute: fc.nat(700), untilMinute: fc.integer({ min: 701, max: 1_440 }) },
  }),
  fc.record({
    event: fc.constant("message-faults"),
    fault: fc.constantFrom("lost", "duplicated", "reordered", "late"),
    plusPpm: fc.nat(250_000),
  }),
  fc.record({
    event: fc.constant("failure-after-prepare"),
    participant: fc.constantFrom("jd", "ant"),
    plusPpm: fc.nat(900_000),
  }),
).chain((shock) => day.map((fromDay) => ({ ...shock, fromDay, untilDay: fromDay + 3 })));

const scenario = fc.record({
  acceptance: fc.record(
    Object.fromEntries(
      products.map((
        product,
      ) => [product, fc.record(Object.fromEntries(networks.map((network) => [network, cell])))]),
    ),
  ),
  identity: fc.record({
    policy: fc.constantFrom("separate", "recordLinkage", "credentials"),
    unlinkedCapCny: fc.nat(2_000),
  }),
  fraud: fc.record({
    perYearPpm: fc.record(
      Object.fromEntries(typologyNames.map((name) => [name, fc.constantFrom(0, 1_000_000, 1_000_000)])),
    ),
    stolenAccount: fc.record({ attempts: fc.integer({ min: 4, max: 12 }) }),
    syntheticIdentity: fc.record({ inventedPpm: fc.constant(100_000), seasonedDays: fc.constant(0) }),
    points: fc.record(
      Object.fromEntries(ruleNames.map((name) => [name, fc.constantFrom(0, 0, 60, 100)])),
    ),
    sharedSight: fc.boolean(),
    liability: fc.record({ rule: fc.constantFrom("cardScheme", "paymentInstitution") }),
  }),
  scoring: fc.record({ fusion: fc.constantFrom("alone", "stacked") }),
  behaviour: fc.record({
    hardshipPerYearBps: bps,
    cureBpsPerDay: bps,
    minimumBps: bps,
    minimumInsteadOfMissBps: bps,
    earlyRepayBps: bps,
  }),
  refunds: fc.record({
    shareBps: fc.record(Object.fromEntries(categories.map((name) => [name, fc.constantFrom(0, 500, 9_000)]))),
    daysMax: fc.integer({ min: 1, max: 60 }),
    wholeBps: bps,
    bridgeFeeReturnedBps: bps,
  }),
  stagedPlans: fc.record(
    Object.fromEntries(stagedCategories.map((name) => [
      name,
      fc.record({
        instalments: fc.integer({ min: 2, max: 60 }),
        stages: fc.integer({ min: 1, max: 24 }),
        dropOutBps: bps,
      }),
    ])),
  ),
  demand: fc.record({
    waitBps: fc.nat(5_000),
    leaveBps: fc.nat(5_000),
    waitDays: fc.integer({ min: 1, max: 5 }),
  }),
  clearing: fc.record({
    issuerNetDebitCapCny: amount(120e9),
    bankNetDebitCapCny: amount(200e9),
    prefundingCny: amount(30e9),
    queueMinutes: fc.constantFrom(0, 30, 600, 1_440),
    banks: fc.integer({ min: 1, max: 16 }),
    windowMinutes: fc.constantFrom([600, 840, 1080, 1320], [1], [1439], [500, 501]),
  }),
  sharing: fc.oneof(
    fc.constant({ rule: "originator" }),
    fc.record({ rule: fc.constant("marketShare"), originatorFloorBps: bps }),
    fc.record({ rule: fc.constant("quotaShare"), partnerBps: bps }),
    fc.record({ rule: fc.constant("excessOfLoss"), retentionBps: fc.nat(200), limitBps: fc.nat(200) }),
  ),
  jointLosses: fc.record({
    periodMonths: fc.integer({ min: 1, max: 12 }),
    partnerCapBps: fc.constantFrom(50, 10_000),
    trueUp: fc.constantFrom("none", "monthly"),
    remainder: fc.constantFrom("originator", "partner", "marketShare"),
    fund: fc.record({ contributionBps: fc.constantFrom(0, 200), upFrontCny: amount(2e9) }),
  }),
  funding: fc.record({ jd: issuer, ant: issuer }),
  project: fc.record({ active: fc.boolean(), equityCommitmentCny: amount(900e6), feeShareBps: bps }),
  credit: fc.record(
    Object.fromEntries(
      products.map((
        product,
      ) => [
        product,
        fc.record({
          chargeOffDpd: fc.constantFrom(60, 120, 180),
          claimSalePriceBps: bps,
          minimumPaymentBps: fc.integer({ min: 1, max: 10_000 }),
          earlyFeeBps: fc.nat(1_000),
        }),
      ]),
    ),
  ),
  shocks: fc.array(shock, { maxLength: 3 }),
});

/** Settings of a nested record: `path=value`, lists as they are. */
const settingsOf = (node: unknown, path = ""): string[] =>
  typeof node === "object" && node !== null && !Array.isArray(node) && path !== "sharing"
    ? Object.entries(node).flatMap(([key, below]) => settingsOf(below, path ? `${path}.${key}` : key))
    : [`${path}=${JSON.stringify(node)}`];

Deno.test("random scenarios on an audited ledger: the books agree, every day closes, every want ends, nothing is overdrawn", () => {
  const ends = { settled: 0, cancelled: 0, bridged: 0, held: 0, throttled: 0, stolen: 0, lost: 0 };
  const undone = { refunds: 0, bridgedRefunds: 0, refundsToAccounts: 0, planDropOuts: 0, dropOutRefunds: 0 };
  const paid = { minimumPayments: 0, earlyRepayments: 0, "revolving.baitiao": 0, "revolving.huabei": 0 };
  const columns: Record<string, number> = { ...undone, ...paid };
  fc.assert(
    fc.property(scenario, (random) => {
      const supposed = small("interop", { shoppers: 400, days: 20, set: settingsOf(random) });
      const world = openSmall(supposed, { makeLedger: (capacity) => new AuditedLedger(capacity) });
      for (let day = 0; day < 20; day++) {
        walkDay(world, day, (phase) => assertSound(world, phase));
        (world.ledger as AuditedLedger).compare();
        const { wanted, settled, waiting, waitingAtStart, authorised, refused } = world.counts;
        assert.equal(
          wanted + waitingAtStart,
          settled + waiting + refused.reduce((sum, n) => sum + n, 0),
          `ends of day ${day}`,
        );
        assert.equal(authorised, settled + refused[reason.bridgeLiquidity], `authorised by day ${day}`);
        const results = parties.reduce((sum, party) => sum + partyResultFen(world, party), 0);
        const external = world.chart.external.reduce(
          (sum, account, k) => sum + world.ledger.balanceFen(account) - world.memory.externalAtStartFen[k],
          0,
        );
        assert.equal(results + external, 0, `results of day ${day}`);
        ends.held += world.participants.heldByFen.reduce((sum, fen) => sum + fen, 0);
      }
      const { counts, recorder, memory } = world;
      ends.settled += counts.settled;
      ends.cancelled += counts.refused[reason.bridgeLiquidity];
      ends.throttled += memory.fundingGapDays;
      ends.stolen += recorder.columns.get("fraudLoss")!.values.reduce((sum, fen) => sum + fen, 0);
      ends.lost += memory.lossIncurredFen;
      for (const name of Object.keys(columns)) {
        columns[name] += recorder.columns.get(name)!.values.reduce((sum, n) => sum + n, 0);
      }
      ends.bridged += recorder.columns.get("bridgedPurchases")!.values.reduce((sum, n) => sum + n, 0);
    }),
    { seed: 613, numRuns: 10, endOnFailure: true },
  );
  for (const [what, n] of Object.entries({ ...ends, ...columns })) {
    assert.ok(n > 0, `no random scenario has anything ${what}`);
  }
});

const active = fc.boolean();
const mix = fc.record({
  bankLine: fc.record({
    active,
    secured: active,
    commitmentCny: amount(900e9),
    advanceRateBps: bps,
    cureDays: fc.nat(20),
    late90MaxBps: fc.constantFrom(0, 10_000),
  }),
  uncommittedLine: fc.record({ active, limitCny: amount(100e9), noticeDays: fc.nat(5) }),
  shareholderLoan: fc.record({ active, commitmentCny: amount(50e9) }),
  jointLoan: fc.record({ active, poolFromBps: fc.nat(9_900), contributionBps: bps, serviceFeeBps: bps }),
  abs: fc.record({
    active,
    firstDay: fc.nat(8),
    everyDays: fc.integer({ min: 5, max: 20 }),
    poolFromBps: fc.nat(6_000),
    revolvingDays: fc.constantFrom(30, 60),
    issueMaxCny: amount(90e9),
    structure: fc.constantFrom("sequential", "proRata"),
  }),
  privatePlacement: fc.record({
    active,
    termDays: fc.integer({ min: 30, max: 50 }),
    poolFromBps: fc.nat(9_900),
  }),
  supplierFinance: fc.record({ active, uptakeBps: bps, termDays: fc.integer({ min: 1, max: 40 }) }),
  cashBufferCny: amount(40e9),
  equityShareBps: bps,
});
const fundingRail = fc.constantFrom("atOnce", "dns", "rtgs");
const funded = fc.record({
  funding: fc.record({ jd: mix, ant: mix }),
  clearing: fc.record({
    flows: fc.record({ treasury: fundingRail, abs: fundingRail }),
    issuerNetDebitCapCny: amount(120e9),
    banks: fc.integer({ min: 1, max: 16 }),
  }),
  shocks: fc.array(
    fc.record({
      event: fc.constantFrom("notice-given", "abs-market-shut"),
      issuer: fc.constantFrom("jd", "ant"),
      fromDay: fc.nat(30),
      untilDay: fc.constant(60),
    }),
    { maxLength: 2 },
  ),
});

Deno.test("random mixes of sources and rails on an audited ledger: every day closes and all results add up to nothing", () => {
  const seen: Record<string, number> = {
    notes: 0,
    paid: 0,
    joint: 0,
    placed: 0,
    early: 0,
    refused: 0,
    owners: 0,
  };
  fc.assert(
    fc.property(funded, (random) => {
      const supposed = small("interop", { shoppers: 300, days: 80, set: settingsOf(random) });
      const world = openSmall(supposed, { makeLedger: (capacity) => new AuditedLedger(capacity) });
      for (let day = 0; day < 80; day++) {
        walkDay(world, day, (phase) => assertSound(world, phase));
        (world.ledger as AuditedLedger).compare();
        const results = parties.reduce((sum, party) => sum + partyResultFen(world, party), 0);
        const external = world.chart.external.reduce(
          (sum, account, k) => sum + world.ledger.balanceFen(account) - world.memory.externalAtStartFen[k],
          0,
        );
        assert.equal(results + external, 0, `results of day ${day}`);
      }
      const { turnoverFen } = world.ledger, { columns } = world.recorder;
      const sumOf = (source: string) =>
        ["jd", "ant"].reduce(
          (sum, issuer) =>
            sum + (columns.get(`sourceOwed.${issuer}.${source}`)?.values.reduce((a, b) => a + b, 0) ?? 0),
          0,
        );
      seen.notes += turnoverFen[code.noteIssue];
      seen.paid += turnoverFen[code.notePayment];
      seen.joint += sumOf("jointLoan");
      seen.placed += sumOf("privatePlacement");
      seen.early += sumOf("supplierFinance");
      seen.owners += sumOf("shareholderLoan");
      seen.refused += world.funding.refusals.length;
    }),
    { seed: 614, numRuns: 12, endOnFailure: true },
  );
  for (const [what, n] of Object.entries(seen)) assert.ok(n > 0, `no random mix has anything ${what}`);
});
