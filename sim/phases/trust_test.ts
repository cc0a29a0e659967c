import assert from "node:assert/strict";
import { auditRegister } from "#/model/funding/register/audit.ts";
import { jsonLines } from "#/model/funding/register/register.ts";
import { breakEvenDefaultRates } from "#/model/funding/deal/measures.ts";
import { runDeal } from "#/model/funding/deal/run.ts";
import { epochDay } from "#/model/units/calendar.ts";
import { fundingTables, registerOf } from "#/sim/funding_outcomes.ts";
import { allSources } from "#/sim/testing/funded.ts";
import { assertMoves, assertSound, openSmall, runSmall, small, walkDay } from "#/sim/testing/worlds.ts";

const abs = (...more: string[]) => [
  "funding.jd.abs.active=true",
  "funding.jd.abs.revolvingDays=60",
  "funding.jd.abs.issues=1",
  ...more.map((one) => `funding.jd.abs.${one}`),
];
const notes = (set: readonly string[], days = 200) =>
  runSmall(small("baseline", { set, shoppers: 600, days }));

/** Notes with all that can stand behind them. */
const protectedNotes = ["reserveBps=200", "liquidityBps=100", "cleanUpBps=2000", "structure=targetBalance"];

for (const [what, terms] of [["plain", []], ["protected", protectedNotes]] as const) {
  Deno.test(`trust: a deal file with a run's pool gives every class of ${what} notes the flows that it had in the run`, () => {
    const { world } = notes(abs("issues=2", "everyDays=30", ...terms), 300);
    const { trusts } = fundingTables(world);
    assert.equal(trusts.length, 2);
    for (const { deal, flows, tranches } of trusts) {
      assert.ok(flows.length >= 4);
      const offline = runDeal({ ...deal, pool: { flows } });
      for (const [i, { name, payments }] of tranches.entries()) {
        assert.equal(offline.tranches[i].name, name);
        const found = offline.tranches[i].flows.slice(0, payments.length);
        assert.deepEqual(
          found.map(({ interestFen, principalFen, residualFen, balanceFen }) => (
            { interestFen, principalFen, residualFen, balanceFen }
          )),
          payments.map(({ date: _, ...rest }) => rest),
        );
      }
      assert.ok(tranches[0].payments.at(-1)!.balanceFen < tranches[0].payments[0].balanceFen);
    }
  });
}

Deno.test("trust: a reserve is filled from income before the originator gets any, and is let go when notes are paid", () => {
  const [trust] = notes(abs("reserveBps=500"), 330).world.funding.trusts;
  const { accounts } = trust.deal.result();
  const reserve = accounts.find(({ name }) => name === "reserve")!;
  const balances = reserve.balancesFen;
  assert.ok(Math.max(...balances) > 0 && balances.at(-1) === 0, `${balances}`);
});

Deno.test("trust: a liquidity line pays what income lacks of interest and is repaid first; without it interest waits", () => {
  // Little interest comes in and much is owed.
  const thin = ["mezzanineSpreadBps=2000", "seniorSpreadBps=1500"];
  const [trust] = notes(abs("liquidityBps=300", ...thin), 200).world.funding.trusts;
  const { everDrawnFen, everRepaidFen } = trust.deal.state.lines[0];
  assert.ok(everDrawnFen > 0 && everRepaidFen > 0, `${everDrawnFen}, ${everRepaidFen}`);
  const first = (more: string[]) =>
    notes(abs(...thin, ...more), 60).world.funding.trusts[0].deal.state.tranches[1].interestPaidFen;
  assert.ok(first(["liquidityBps=300"]) > first([]));
});

Deno.test("trust: a clean-up call buys the rest of the pool back, and the accounts are the issuer's again sooner", () => {
  const called = notes(abs("cleanUpBps=3000"), 330).world.funding.trusts[0];
  const waits = notes(abs(), 330).world.funding.trusts[0];
  assert.ok(called.isEnded && called.deal.state.payments < waits.deal.state.payments);
  assert.deepEqual(called.deal.state.tranches.map(({ balanceFen }) => balanceFen), [0, 0, 0]);
});

Deno.test("trust: a plan of balances pays the senior class in equal steps, and what comes earlier waits", () => {
  const { world } = notes(abs("structure=targetBalance"), 330);
  const [{ tranches }] = fundingTables(world).trusts;
  const paid = tranches[0].payments.map(({ principalFen }) => principalFen).filter((fen) => fen > 0);
  assert.equal(paid.length, 6);
  assert.ok(Math.max(...paid) - Math.min(...paid) <= 200, `${paid}`);
});

Deno.test("trust: a deal on a run's pool can be stressed, and other classes get flows in proportion to what they buy", () => {
  const { world } = notes(abs());
  const [{ deal, flows }] = fundingTables(world).trusts;
  const dealt = { ...deal, pool: { flows } };
  assert.ok(runDeal(dealt, { cdr: 0.9 }).tranches[2].unpaidFen > 0);
  const { senior, originator } = breakEvenDefaultRates(dealt);
  assert.ok(senior.kind === "cdr" && originator.kind === "cdr" && originator.cdr < senior.cdr);
  const thinner = structuredClone(dealt);
  thinner.fees = { trustee: { annualRate: 0.2, on: "pool.balance" } };
  const other = runDeal(thinner);
  assert.equal(other.cashInFen + other.openingFen, other.cashOutFen + other.leftFen);
});

Deno.test("trust: notes are paid down to nothing after the revolving period, and the accounts go back to their owner", () => {
  const { world } = notes(abs(), 330);
  const [trust] = world.funding.trusts;
  assert.ok(trust.isEnded);
  assert.deepEqual(trust.deal.state.tranches.map(({ balanceFen }) => balanceFen), [0, 0, 0]);
  const { register } = world.funding;
  assert.ok(
    trust.buckets.every((bucket) =>
      register!.holding(`jd/${String(bucket).padStart(2, "0")}`)!.owner === "jd"
    ),
  );
});

Deno.test("trust: pool performance below its triggers ends the revolving period early", () => {
  const fired = (...more: string[]) => {
    const { world, result } = notes(abs(...more), 100);
    const names = fundingTables(world).trusts.flatMap((it) => it.triggers.map(({ name }) => name));
    return { names, early: result.outcomes.earlyAmortisations.value };
  };
  assert.deepEqual(fired("revolvingDays=300"), { names: [], early: 0 });
  assert.deepEqual(fired("revolvingDays=300", "paymentMinBps=6000"), { names: ["payments"], early: 1 });
});

Deno.test("trust: losses of the pool go up through the classes: the originator's first, then mezzanine, then senior", () => {
  // Nobody pays from the first day on, and what is late is written off soon.
  const bad = [
    "behaviour.forgetBps=3000",
    "behaviour.hardshipCureBpsPerDay=0",
    "behaviour.cureBpsPerDay=0",
    "credit.baitiao.chargeOffDpd=60",
  ];
  const { world, result } = notes([...abs("defaultMaxBps=3000", "revolvingDays=90"), ...bad], 400);
  const [{ tranches }] = fundingTables(world).trusts;
  const paid = tranches.map(({ payments }) => payments.reduce((sum, it) => sum + it.principalFen, 0));
  const size = world.funding.trusts[0].deal.state.tranches.map(({ originalFen }) => originalFen);
  const share = paid.map((fen, i) => fen / size[i]);
  assert.ok(share[0] > share[1] || share[1] === 1, `${share}`);
  assert.ok(share[1] >= share[2], `${share}`);
  assert.ok(share[0] === 1 && share[2] < 1, `${share}`);
  assert.ok(result.outcomes["noteLoss.jd"].value > 0);
  assert.ok(result.outcomes["trustCollections.jd"].value > 0);
});

Deno.test("trust: issues wait while the market is shut", () => {
  const shut = "{ event: abs-market-shut, fromDay: 0, untilDay: 40, issuer: jd }";
  const closed = (set: string[]) =>
    notes([...abs(), ...set], 60).world.funding.trusts.map((it) => it.closedOn);
  assert.deepEqual(closed([]), [5]);
  assert.deepEqual(closed([`shocks=[${shut}]`]), [40]);
});

Deno.test("register: what one source has taken is refused to the next, by name, and the run's chain passes its audit", () => {
  const set = [
    ...allSources("jd"),
    "funding.jd.privatePlacement.poolFromBps=1500",
    "funding.jd.abs.poolFromBps=1000",
    "funding.jd.jointLoan.poolShareBps=3000",
    "funding.jd.abs.everyDays=100",
  ];
  const { world, result } = notes(set, 30);
  const { refusals, trusts, issuers } = world.funding;
  // Joint loans have 00 to 29: all of the placement's are pledged already, and notes get only the rest.
  assert.equal(refusals.length, 10 + 20);
  assert.equal(result.outcomes.registerRefusals.value, 30);
  assert.match(
    refusals[0].text,
    /^pledge of jd\/15 to qualified-investors, and before to joint-banks: .* pledged already$/,
  );
  assert.match(refusals.at(-1)!.text, /^transfer of jd\/29 by jd while pledged to joint-banks/);
  assert.equal(issuers[0].placement, null);
  assert.equal(trusts.length, 0);
  const text = jsonLines(registerOf(world)), { registerHead } = fundingTables(world);
  const finding = auditRegister(text, { head: registerHead! });
  assert.ok(finding.whole && finding.receivables === 130 && finding.pledged === 100);
  const changed = auditRegister(text.replace("joint-banks", "other-banks"), { head: registerHead! });
  assert.ok(!changed.whole && /hash/.test(changed.why));
});

Deno.test("register: a second trust cannot take what the first owns", () => {
  const { world } = notes(abs("issues=2", "everyDays=10", "poolFromBps=9000", "poolShareBps=1000"), 40);
  // The second issue lies beyond the last account: nothing is there, and no notes are issued.
  assert.equal(world.funding.trusts.length, 1);
  const { register } = world.funding;
  const again = register!.record({
    kind: "transfer",
    receivable: "jd/95",
    day: 39,
    owner: "jd",
    to: "trust-jd-2",
  });
  assert.ok("refused" in again && again.refused === "notOwner");
});

Deno.test("trust: each day closes, and no account is overdrawn, while every source of both issuers works", () => {
  const world = openSmall(
    small("interop", { shoppers: 400, days: 70, set: [...allSources("jd"), ...allSources("ant")] }),
  );
  for (let day = 0; day < 70; day++) walkDay(world, day, (phase) => assertSound(world, phase));
  const { trusts } = world.funding;
  assert.equal(new Set(trusts.map(({ issuer }) => issuer)).size, 2);
});

Deno.test("trust: collections and payments that wait for a window leave cash where it was until then", () => {
  const size = { shoppers: 600, days: 40, under: abs() };
  for (const rail of ["dns", "rtgs"]) {
    assertMoves("interop", [`clearing.flows.abs=${rail}`], { "days.obligedGross": "+" }, size);
  }
  assertMoves("interop", ["clearing.flows.abs=rtgs"], { "days.bulkSettled": "+" }, size);
});

Deno.test("trust: dates of payments are those of the deal", () => {
  const { world } = notes(abs(), 100);
  const [{ closed, flows }] = fundingTables(world).trusts;
  assert.deepEqual(flows.map(({ date }) => epochDay(date) - epochDay(closed)), [30, 60, 90]);
});
