import assert from "node:assert/strict";
import fc from "fast-check";
import { assertMoves, read, runSmall, small } from "#/sim/testing/worlds.ts";

/** A world in which much is lost on both sides within weeks. */
const lossy = [
  "fraud.perYearPpm.stolenAccount=1000000",
  "fraud.challengeFromPoints=1000",
  "fraud.refuseFromPoints=1000",
  "credit.huabei.chargeOffDpd=60",
  "credit.baitiao.chargeOffDpd=60",
];
const days = 36;
const layered = "sharing={ rule: layered, attachmentBps: 20, detachmentBps: 400, originatorFloorBps: 0 }";
const quota = "sharing={ rule: quotaShare, partnerBps: 5000 }";
const of = (set: readonly string[]) => runSmall(small("interop", { days, set: [...lossy, ...set] }));
/** Loans of Ant's alone cross, so that JD is the only partner and Ant the only lender. */
const oneWay = { days, under: [...lossy, "sharing.rule=originator"] };

Deno.test("share: a quota moves losses to the partner, and no loss appears or goes", () => {
  assertMoves("s0-huabei-on-jd", ["sharing.rule=quotaShare", "sharing.partnerBps=5000"], {
    "lossBy.jd": "+",
    "lossBy.ant": "-",
    "resultOf.jd": "-",
    "resultOf.ant": "+",
    netLoss: "0",
    "jointLoss.ant": "0",
  }, oneWay);
});

Deno.test("share: a higher attachment leaves more with the lender, a higher detachment less", () => {
  const base = [...lossy, layered, "jointLosses.remainder=originator"];
  assertMoves("s0-huabei-on-jd", ["sharing.attachmentBps=100"], {
    "lossBy.ant": "+",
    "lossBy.jd": "-",
    netLoss: "0",
  }, { days, under: base });
  assertMoves("s0-huabei-on-jd", ["sharing.detachmentBps=100"], {
    "lossBy.ant": "+",
    "lossBy.jd": "-",
    "lossRemainder.ant": "+",
  }, { days, under: base });
});

Deno.test("share: above its retention the partner pays, up to its limit, and then who is named", () => {
  const under = [...lossy, "sharing={ rule: excessOfLoss, retentionBps: 50, limitBps: 50 }"];
  assertMoves("s0-huabei-on-jd", ["sharing.retentionBps=100"], { "lossBy.jd": "-", "lossBy.ant": "+" }, {
    days,
    under: [...under, "sharing.limitBps=10000"],
  });
  assertMoves("s0-huabei-on-jd", ["sharing.limitBps=80"], {
    "lossBy.jd": "+",
    "lossBy.ant": "-",
    "lossRemainder.ant": "-",
  }, { days, under });
  assertMoves("s0-huabei-on-jd", ["jointLosses.remainder=partner"], {
    "lossRemainder.jd": "+",
    "lossRemainder.ant": "-",
    "lossBy.jd": "+",
    netLoss: "0",
  }, { days, under });
});

Deno.test("share: a cap bounds what a partner bears, and a shorter period gives it room again", () => {
  const under = [...lossy, "sharing={ rule: quotaShare, partnerBps: 5000 }", "jointLosses.periodMonths=12"];
  assertMoves("s0-huabei-on-jd", ["jointLosses.partnerCapBps=20"], {
    "lossBy.jd": "-",
    "lossRemainder.ant": "+",
    netLoss: "0",
  }, { days, under });
  assertMoves("s0-huabei-on-jd", ["jointLosses.periodMonths=1"], {
    "lossBy.jd": "+",
    "lossRemainder.ant": "-",
  }, {
    days,
    under: [...under, "jointLosses.partnerCapBps=20"],
  });
  assertMoves("s0-huabei-on-jd", ["jointLosses.originatorCapBps=20", "jointLosses.remainder=partner"], {
    "lossBy.jd": "+",
    "lossRemainder.jd": "+",
  }, { days, under });
});

Deno.test("share: the fund pays while it lasts, runs dry, and then the remainder is borne by who is named", () => {
  const under = [...lossy, layered, "sharing.detachmentBps=100"];
  assertMoves("interop", ["jointLosses.fund.upFrontCny=300000000"], {
    fundPaid: "+",
    fundShort: "+",
    fundDryDays: "+",
    guaranteeFund: "+",
    netLoss: "0",
    "lossRemainder.ant": "-",
  }, { days, under });
  const funded = [...under, "jointLosses.fund.upFrontCny=300000000"];
  assertMoves("interop", ["jointLosses.fund.contributionBps=300"], { fundPaid: "+", fundShort: "-" }, {
    days,
    under: funded,
  });
  assertMoves("interop", ["jointLosses.fund.capBps=20"], { fundPaid: "-", fundShort: "-" }, {
    days,
    under: [...funded, "jointLosses.fund.contributionBps=300"],
  });
});

Deno.test("share: of the fund nothing is left at the run's end, and it gives back what is above its target", () => {
  const fund = ["sharing.rule=originator", "jointLosses.fund.contributionBps=300"];
  const { result, world } = of(fund), column = result.daily.columns.guaranteeFund;
  assert.ok(Math.max(...column) > 0);
  assert.equal(column.at(-1), 0);
  assert.deepEqual(world.joint.fund.fen, [0, 0]);
  // The last day of July, a month's end: with a low target more has gone back.
  const low = of([...fund, "jointLosses.fund.targetBps=10"]).result.daily.columns.guaranteeFund;
  assert.equal(low[29], column[29]);
  assert.ok(low[30] < column[30]);
  // What nobody lost belongs to who paid it in.
  const without = of(["sharing.rule=originator"]).result;
  assert.equal(read(result, "lossBy.jd"), read(without, "lossBy.jd"));
});

Deno.test("share: the month's own trade replaces provisional weights on the last day of the month, and no other", () => {
  const market = "sharing={ rule: marketShare, originatorFloorBps: 0 }";
  const provisional = of([market]).result, trued = of([market, "jointLosses.trueUp=monthly"]).result;
  assert.ok(read(trued, "trueUp") > 0 && read(provisional, "trueUp") === 0);
  const [before, after] = [provisional, trued].map(({ daily }) => daily.columns["lossBy.jd"]);
  const moved = before.flatMap((fen, day) => fen === after[day] ? [] : [day]);
  assert.deepEqual(moved, [30]);
  const { jd, ant } = { jd: trued.outcomes["lossBy.jd"].value, ant: trued.outcomes["lossBy.ant"].value };
  assert.equal(jd + ant, read(provisional, "netLoss"));
});

Deno.test("share: a month's joint losses stand at the month's own shares of trade after the true-up", () => {
  const market = "sharing={ rule: marketShare, originatorFloorBps: 0 }";
  const { world } = runSmall(
    small("s0-huabei-on-jd", { days: 31, set: [...lossy, market, "jointLosses.trueUp=monthly"] }),
  );
  const treaty = world.joint.treaties[1], [own, partner] = treaty.borneFen[0];
  const [jd, ant] = world.memory.tradeFen, whole = own + partner;
  assert.ok(whole > 1_000);
  assert.ok(
    Math.abs(partner - whole * jd / (jd + ant)) <= 1,
    "July is the first month: its trade is all trade",
  );
});

Deno.test("share: what is borne beyond a contribution is marked, and lawful with a licence for it", () => {
  const enhanced = of([quota]).result;
  assert.ok(read(enhanced, "creditEnhancement.jd") > 0);
  assert.equal(read(enhanced, "unlawfulEnhancement.jd"), read(enhanced, "creditEnhancement.jd"));
  assert.match(
    enhanced.sharing!.marks.join(),
    /^credit enhancement by jd \(micro-lender\): unlawful on 2019-07-01/,
  );
  const licensed = of([quota, "jointLosses.guaranteeLicence.jd=true"]).result;
  assert.equal(read(licensed, "creditEnhancement.jd"), read(enhanced, "creditEnhancement.jd"));
  assert.deepEqual([read(licensed, "unlawfulEnhancement.jd"), licensed.sharing!.marks], [0, []]);
  const market = of(["sharing={ rule: marketShare, originatorFloorBps: 0 }"]).result;
  assert.deepEqual(["jd", "ant"].map((who) => read(market, `creditEnhancement.${who}`)), [0, 0]);
});

Deno.test("share: who bears less of a loss lends to more across the bridge, as far as it responds; at home nothing changes", () => {
  assertMoves("s0-huabei-on-jd", ["jointLosses.lossResponseBps=10000"], {
    "approvalRateAcross.ant": "+",
    "jointCredit.ant": "+",
    "jointLoss.ant": "+",
  }, { days, under: [...lossy, quota] });
  // Who bears all of it asks for the same as before.
  assertMoves("s0-huabei-on-jd", ["jointLosses.lossResponseBps=10000"], {
    "approvalRateAcross.ant": "0",
    "jointCredit.ant": "0",
  }, oneWay);
  // A greater loss reckoned with is more of it above the retention.
  assertMoves("s0-huabei-on-jd", ["jointLosses.expectedLossBps=100"], { "approvalRateAcross.ant": "+" }, {
    days,
    under: [
      ...lossy,
      "sharing={ rule: excessOfLoss, retentionBps: 30, limitBps: 10000 }",
      "jointLosses.lossResponseBps=10000",
    ],
  });
});

Deno.test("share: an issuer's own step moves its cut-off where it is said, and nobody else's", () => {
  assertMoves("interop", ["scoring.cutoffStep.ant.acrossPoints=-60"], {
    "approvalRateAcross.ant": "+",
    "approvalRateAcross.jd": "0",
  }, { days, under: lossy });
  assertMoves("baseline", ["scoring.cutoffStep.ant.ownPoints=60"], {
    "approvalRateOf.ant": "-",
    "approvalRateOf.jd": "0",
  }, { days });
});

Deno.test("share: under any rule, fund, cap and period each day's shares sum to its loss, and the books agree", () => {
  const bps = fc.nat(10_000), some = fc.nat(300);
  const rule = fc.oneof(
    fc.record({ rule: fc.constant("marketShare"), originatorFloorBps: bps }),
    fc.record({ rule: fc.constant("quotaShare"), partnerBps: bps }),
    fc.record({ rule: fc.constant("layered"), attachmentBps: some, originatorFloorBps: bps }).map((it) => ({
      ...it,
      detachmentBps: it.attachmentBps + 90,
    })),
    fc.record({ rule: fc.constant("excessOfLoss"), retentionBps: some, limitBps: some }),
  );
  const joint = fc.record({
    periodMonths: fc.integer({ min: 1, max: 3 }),
    originatorCapBps: fc.oneof(fc.constant(10_000), some),
    partnerCapBps: fc.oneof(fc.constant(10_000), some),
    trueUp: fc.constantFrom("none", "monthly"),
    remainder: fc.constantFrom("originator", "partner", "marketShare"),
    "fund.contributionBps": some,
    "fund.upFrontCny": fc.nat(2_000_000_000),
    "fund.targetBps": bps,
    "fund.capBps": fc.oneof(fc.constant(10_000), some),
  });
  fc.assert(
    fc.property(rule, joint, fc.constantFrom("separate", "split"), (sharing, terms, jointLimit) => {
      const set = [
        `sharing=${JSON.stringify(sharing)}`,
        ...Object.entries(terms).map(([key, value]) => `jointLosses.${key}=${value}`),
        `credit.jointLimit=${jointLimit}`,
        // Claims of before are paid, too.
        "collections.claimsSoldBps=2000",
        "collections.recoveredPerMonthBps=9000",
      ];
      const { result } = runSmall(small("interop", { shoppers: 400, days: 66, set: [...lossy, ...set] }));
      const { netLoss, "lossBy.jd": jd, "lossBy.ant": ant } = result.daily.columns;
      for (const [day, loss] of netLoss.entries()) assert.equal(jd[day] + ant[day], loss, `day ${day}`);
    }),
    { seed: 17, numRuns: 12 },
  );
});
