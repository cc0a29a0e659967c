import assert from "node:assert/strict";
import { instalmentFen, monthInterestFen, principalPartFen } from "#/model/credit/instalment.ts";
import { deliveredFen } from "#/model/credit/staged.ts";
import { categories, networks, products } from "#/model/names.ts";
import { bpsOf } from "#/model/units/units.ts";
import { stillWorld, walkWith } from "#/sim/testing/by_hand.ts";
import { assertMoves, assertSound, openSmall, small, walkDay } from "#/sim/testing/worlds.ts";
import { nextPlace, segmentOfDay } from "#/sim/tables/day_ring.ts";
import { bridgedAt, lineCount, overdueAt, principalFen } from "#/sim/tables/lines.ts";
import { holdsPlan } from "#/sim/tables/loans.ts";
import { never } from "#/sim/tables/shoppers.ts";
import type { World } from "#/sim/world.ts";

const none = categories.map((name) => `refunds.shareBps.${name}=0`);
const often = categories.map((name) => `refunds.shareBps.${name}=6000`);
const day0 = (settings: string[]) => settings.flatMap((one) => [one, `world.history.set.${one}`]);

Deno.test("refund: without returns nothing comes back, debts are larger and lenders earn more", () => {
  assertMoves("interop", day0(none), {
    refunds: "-",
    bridgedRefunds: "-",
    refundsToAccounts: "-",
    "last.balance.huabei": "+",
  }, { days: 40, under: ["merchants.debitDiscountBps=0", ...free] });
  assertMoves("interop", day0(none), { "resultOf.ant": "+" }, { days: 40 });
});

/** Nobody has a fee from a sale, so that shops lose and gain nothing by what comes back. */
const free = ["jd-mall", "jd-flash-pay", "alipay", "wechat-pay", "union-card"].map((name) =>
  `merchants.creditDiscountBps.${name}=0`
);

Deno.test("refund: more that comes back, and of parts less; a longer wait pays more of it out to accounts", () => {
  assertMoves("interop", ["refunds.shareBps.apparel=6000"], { refunds: "+", refundsToAccounts: "+" }, {
    days: 30,
  });
  assertMoves("interop", ["refunds.wholeBps=0"], { refunds: "-" }, { days: 30 });
  assertMoves("interop", ["refunds.daysMax=1"], { refunds: "+" }, { days: 20 });
});

Deno.test("refund: the operator gives its fee back where the contract says so", () => {
  assertMoves("interop", ["refunds.bridgeFeeReturnedBps=10000"], {
    "resultOf.operator": "-",
    "resultOf.jd": "+",
    bridgedRefunds: "0",
  }, { days: 30, under: often });
});

Deno.test("refund: courses that are paid out in stages are held by banks, and who drops out gets back what is to come", () => {
  const drops = ["education", "medical"].map((name) => `stagedPlans.${name}.dropOutBps=3000`);
  const atOnce = ["education", "medical"].map((name) => `stagedPlans.${name}.stages=1`);
  assertMoves("interop", day0(drops), { planDropOuts: "+", dropOutRefunds: "+" }, { days: 60 });
  assertMoves("interop", day0(atOnce), { custody: "-", planDropOuts: "-", dropOutRefunds: "-" }, {
    days: 60,
  });
  assertMoves("interop", ["stagedPlans.education.instalments=3"], { "last.balance.huabei": "-" }, {
    days: 60,
  });
  assertMoves("interop", ["stagedPlans.education.aprBps=2400"], { "resultOf.ant": "+" }, { days: 60 });
});

/** Every purchase comes back tomorrow, whole; nobody pays with a fraud in mind. */
const boomerang = small("interop", {
  days: 12,
  set: [
    ...categories.map((name) => `refunds.shareBps.${name}=10000`),
    "refunds.daysMax=1",
    "refunds.wholeBps=10000",
    "refunds.bridgeFeeReturnedBps=10000",
    "behaviour.hardshipMissBps=10000",
    ...["stolenAccount", "syntheticIdentity", "friendlyFraud", "cashOut", "bustOut", "deviceRing", "kiting"]
      .map((name) => `fraud.perYearPpm.${name}=0`),
  ],
});

Deno.test("refund: what was bought yesterday and all came back leaves each line as if it had not been bought", () => {
  const world = openSmall(boomerang);
  const { lines, purchases, recorder } = world;
  let bridged = 0, plans = 0, rows = 0, statement = 0;
  for (let day = 0; day < 12; day++) {
    const before = segmentOfDay(world.refunds, day);
    const named = Array.from({ length: before.length }, (_, k) => ({
      line: before.line[k],
      product: before.product[k],
      refundFen: before.refundFen[k],
      plan: before.plan[k],
      place: before.place[k],
      booked: before.booked[k],
      bridged: before.bridged[k],
    }));
    let owedFen = new Map<number, number>(), acrossFen = new Map<number, number>();
    walkDay(world, day, (phase) => {
      assertSound(world, phase);
      const touched = new Set(named.filter(({ product }) => product >= 0).map(({ line }) => line));
      if (phase === "book") {
        owedFen = new Map([...touched].map((line) => [line, principalFen(lines, line)]));
        acrossFen = new Map([...touched].map((line) => [line, lines.fen[bridgedAt(line)]]));
      }
      if (phase !== "refund" || day < 1) return;
      for (const line of touched) {
        const own = named.filter((one) => one.line === line && one.product >= 0);
        // What is a day old is not due yet, so all of it is off the debt; older ones may have been paid.
        if (own.some(({ booked }) => booked !== day - 1)) continue;
        const sum = own.reduce((total, { refundFen }) => total + refundFen, 0);
        assert.equal(owedFen.get(line)! - principalFen(lines, line), sum, `line ${line} on day ${day}`);
        const across = own.reduce((total, one) => total + (one.bridged ? one.refundFen : 0), 0);
        // A payment of yesterday evening has discharged both kinds of debt in proportion.
        const wasAcross = acrossFen.get(line)!, wasNative = owedFen.get(line)! - wasAcross;
        if (sum - across > wasNative) continue;
        assert.equal(wasAcross - lines.fen[bridgedAt(line)], Math.min(across, wasAcross));
      }
      for (const { line, plan, place, booked, product, bridged: across } of named) {
        if (product < 0 || booked !== day - 1) continue;
        if (plan >= 0) {
          plans++;
          assert.equal(holdsPlan(world.loans, plan, { line, booked }), false, "the plan has ended");
        } else if (place >= 0) rows++;
        else statement++;
        if (across) bridged++;
      }
    });
    assert.ok(purchases.length > 0);
  }
  assert.ok(bridged > 0 && plans > 0 && rows > 0 && statement > 0, `${[bridged, plans, rows, statement]}`);
  const total = (name: string) => recorder.columns.get(name)!.values.reduce((sum, fen) => sum + fen, 0);
  assert.ok(total("refunds") > 0.8 * total("gmv"));
});

Deno.test("refund: across platforms the acquirer owes the issuer what it was paid, and the bridge's fee if so agreed", () => {
  const seen = { across: 0, fee: 0 };
  const world = openSmall(boomerang);
  for (let day = 0; day < 6; day++) {
    const it = world.participants, before = new Float64Array(it.count * it.count);
    const owed = (payer: number, payee: number) => {
      const at = payer * it.count + payee;
      return it.obligedFen[at] + it.heldNewFen[at];
    };
    const each = (act: (at: number, fen: number) => void) => {
      for (let payer = 0; payer < it.count; payer++) {
        for (let payee = 0; payee < it.count; payee++) act(payer * it.count + payee, owed(payer, payee));
      }
    };
    const named = segmentOfDay(world.refunds, day);
    const acrossFen = [0, 0];
    const feesFen = [0, 0];
    walkDay(world, day, (phase) => {
      if (phase === "book") {
        each((at, fen) => before[at] = fen);
        for (let k = 0; k < named.length; k++) {
          if (!named.bridged[k]) continue;
          const p = named.product[k], network = named.network[k], cell = world.terms.cells[p][network];
          const amountFen = named.amountFen[k], discountBps = world.terms.creditDiscountBps[network];
          assert.equal(named.refundFen[k], amountFen, "whole baskets");
          const discountFen = Math.round(amountFen * discountBps / 10_000);
          acrossFen[p] += amountFen - discountFen +
            Math.min(discountFen, Math.round(amountFen * cell.acquirerFeeBps / 10_000));
          feesFen[p] += Math.round(amountFen * cell.bridgeFeeBps / 10_000);
        }
      }
      if (phase !== "refund") return;
      // In `interop` the acquirer of what Baitiao pays across is Ant, and the other way round.
      for (let p = 0; p < products.length; p++) {
        const issuer = p, acquirer = 1 - p, operator = 4;
        assert.equal(owed(acquirer, issuer) - before[acquirer * it.count + issuer], acrossFen[p]);
        assert.equal(owed(operator, issuer) - before[operator * it.count + issuer], feesFen[p]);
        seen.across += acrossFen[p];
        seen.fee += feesFen[p];
      }
    });
  }
  assert.ok(seen.across > 0 && seen.fee > 0);
});

/** What is bought by hand comes back the day after, whole, unless the test says when and how much. */
const returns = ["refunds.daysMax=1", "refunds.wholeBps=10000"];

/** Lets what was to come back tomorrow come back on another day, and perhaps in part. */
function postpone(world: World, day: number, refundFen?: number): void {
  const from = segmentOfDay(world.refunds, world.today.day + 1);
  assert.equal(from.length, 1);
  if (refundFen !== undefined) from.refundFen[0] = refundFen;
  if (day === world.today.day + 1) return;
  const at = nextPlace(world.refunds, day);
  const to = segmentOfDay(world.refunds, day) as unknown as Record<string, number[]>;
  for (const [name, column] of Object.entries(from)) {
    if (name !== "length") to[name][at] = (column as unknown as number[])[0];
  }
  from.length = 0;
}

const accountsFen = ({ memory }: World) => memory.refunded.depositsFen;
const paidFen = ({ memory }: World) => memory.repaid.byBankFen.reduce((sum, fen) => sum + fen, 0);

Deno.test("refund: it lowers the debt where the purchase stands, on the day it is due too, and afterwards goes to the account", () => {
  // 1 July is day 0: statements on the 1st, due on the 10th; Baitiao is due after 30 days.
  const cases = [
    { product: "huabei", day: 0, backOn: 5, dueDay: 9, isPaid: false },
    { product: "huabei", day: 0, backOn: 9, dueDay: 9, isPaid: false },
    { product: "huabei", day: 0, backOn: 10, dueDay: 9, isPaid: true },
    { product: "huabei", day: 2, backOn: 12, dueDay: 40, isPaid: false },
    { product: "huabei", day: 2, backOn: 31, dueDay: 40, isPaid: false },
    { product: "huabei", day: 2, backOn: 33, dueDay: 40, isPaid: false },
    { product: "baitiao", day: 2, backOn: 3, dueDay: 32, isPaid: false },
    { product: "baitiao", day: 2, backOn: 32, dueDay: 32, isPaid: false },
    { product: "baitiao", day: 2, backOn: 33, dueDay: 32, isPaid: true },
  ] as const;
  for (const { product, day: boughtOn, backOn, dueDay, isPaid } of cases) {
    for (const refundFen of [40_000, 12_345]) {
      const { world, shopper } = stillWorld("baseline", returns);
      const line = shopper * lineCount + products.indexOf(product);
      for (let day = 0; day <= 45; day++) {
        const bought = day === boughtOn ? [{ shopper, product, amountFen: 40_000, comesBack: 0 }] : [];
        walkWith(world, day, bought, (phase) => assertSound(world, phase));
        if (day === boughtOn) postpone(world, backOn, refundFen);
        const at = `${product} bought on day ${boughtOn}, back on day ${backOn}: day ${day}`;
        assert.equal(accountsFen(world), day === backOn && isPaid ? refundFen : 0, at);
        assert.equal(paidFen(world), day === dueDay ? 40_000 - (isPaid ? 0 : refundFen) : 0, at);
        const owes = day < boughtOn || day >= dueDay ? 0 : 40_000 - (day >= backOn ? refundFen : 0);
        assert.equal(principalFen(world.lines, line), owes, at);
      }
    }
  }
});

Deno.test("refund: a plan shrinks to smaller parts at the same rate; of a paid one the rest goes to the account", () => {
  for (const refundFen of [50_000, 200_003]) {
    const { world, shopper } = stillWorld("baseline", returns);
    const line = shopper * lineCount,
      { aprBps, lentFen, months } = { aprBps: 1_635, lentFen: 200_003, months: 6 };
    let owedFen = lentFen, paymentFen = instalmentFen(lentFen, aprBps, months);
    for (let day = 0; day <= 185; day++) {
      const bought = day === 0
        ? [{ shopper, product: "baitiao" as const, amountFen: lentFen, months, comesBack: 0 }]
        : [];
      walkWith(world, day, bought, (phase) => assertSound(world, phase));
      if (day === 0) postpone(world, 45, refundFen);
      if (day === 45) {
        assert.equal(accountsFen(world), Math.max(0, refundFen - owedFen));
        owedFen = Math.max(0, owedFen - refundFen);
        paymentFen = instalmentFen(owedFen, aprBps, 5);
      }
      if (day > 0 && day % 30 === 0 && owedFen > 0) {
        const part = principalPartFen(owedFen, { paymentFen, aprBps, monthsLeft: months - day / 30 + 1 });
        assert.equal(paidFen(world), part + monthInterestFen(owedFen, aprBps), `day ${day}`);
        owedFen -= part;
      } else assert.equal(paidFen(world), 0, `day ${day}`);
      assert.equal(principalFen(world.lines, line), owedFen, `day ${day}`);
    }
    assert.equal(owedFen, 0);
  }
});

Deno.test("refund: what is past due is lowered, and an account that owes nothing more is in order again", () => {
  // Nobody with a bill pays it, and nobody catches up.
  const { world, shopper } = stillWorld("baseline", [
    ...returns,
    "behaviour.forgetBps=10000",
    "behaviour.reminderEffectBps=0",
    "population.boundCardBps=0",
    "behaviour.cureBpsPerDay=0",
  ]);
  world.shoppers.indiscipline[shopper] = 255;
  const line = shopper * lineCount + 1, { lines } = world;
  for (let day = 0; day <= 30; day++) {
    const bought = day < 2
      ? [{ shopper, product: "huabei" as const, amountFen: 40_000, comesBack: day === 0 ? 0 : 1 }]
      : [];
    walkWith(world, day, bought, (phase) => assertSound(world, phase));
    if (day === 0) postpone(world, 20, 15_000);
    assert.equal(lines.fen[overdueAt(line)], day < 9 ? 0 : day < 20 ? 40_000 : 25_000, `day ${day}`);
    assert.equal(lines.oldestDue[line], day < 9 ? never : 9);
    assert.equal(accountsFen(world), 0);
  }
  const whole = nextPlace(world.refunds, 31),
    rows = segmentOfDay(world.refunds, 31) as unknown as Record<string, number[]>;
  const set = {
    line,
    product: 1,
    merchant: 199,
    network: 2,
    bridged: 0,
    amountFen: 40_000,
    refundFen: 40_000,
  };
  for (const [name, value] of Object.entries({ ...set, plan: -1, place: -1, booked: 0, dueDay: 0 })) {
    rows[name][whole] = value;
  }
  walkWith(world, 31, []);
  assert.deepEqual([lines.fen[overdueAt(line)], lines.oldestDue[line], accountsFen(world)], [
    0,
    never,
    15_000,
  ]);
});

Deno.test("refund: a course is paid out stage by stage to the fen; who drops out owes for what was delivered and no more", () => {
  for (const dropOutBps of [0, 10_000]) {
    const { world, shopper } = stillWorld("baseline", [
      "stagedPlans.education.stages=4",
      "stagedPlans.education.instalments=3",
      `stagedPlans.education.dropOutBps=${dropOutBps}`,
    ]);
    const { merchants, terms, chart, ledger, lines } = world;
    const takes = 1 << networks.indexOf("alipay"), education = categories.indexOf("education");
    const merchant = merchants.category.findIndex((category, m) =>
      category === education && (merchants.networks[m] & takes) !== 0
    );
    assert.ok(merchant >= 0);
    const amountFen = 123_457, line = shopper * lineCount + 1;
    const shopFen = amountFen - bpsOf(amountFen, terms.creditDiscountBps[networks.indexOf("alipay")]);
    for (let day = 0; day <= 130; day++) {
      const bought = day === 0
        ? [{ shopper, product: "huabei" as const, amountFen, months: 12, merchant }]
        : [];
      walkWith(world, day, bought, (phase) => assertSound(world, phase));
      const stage = dropOutBps ? 1 : Math.min(4, 1 + Math.floor(day / 30));
      const deliveredNow = deliveredFen(shopFen, { done: stage, stages: 4 });
      assert.equal(merchants.takingsFen[merchant], deliveredNow, `day ${day}`);
      const gone = dropOutBps > 0 && day >= 30;
      assert.equal(ledger.balanceFen(chart.custody), gone ? 0 : shopFen - deliveredNow, `day ${day}`);
      if (day === 30 && gone) {
        assert.equal(
          memoryOfRefund(world),
          amountFen - deliveredFen(amountFen, { done: 1, stages: 4 }),
        );
        // The first part has been billed on the plan as it is now.
        const leftFen = deliveredFen(amountFen, { done: 1, stages: 4 });
        assert.equal(principalFen(lines, line), leftFen);
      }
    }
    assert.equal(principalFen(lines, line), 0);
  }
});

const memoryOfRefund = ({ memory }: World) => memory.refunded.allFen;
