import assert from "node:assert/strict";
import { products } from "#/model/names.ts";
import { code } from "#/sim/ledger/chart.ts";
import { assertMoves, assertSound, openSmall, small, walkDay } from "#/sim/testing/worlds.ts";
import { segmentOfDay } from "#/sim/tables/day_ring.ts";
import { bridgedAt, lineCount, openAt, overdueAt, planAt, principalFen } from "#/sim/tables/lines.ts";
import { holdsPlan } from "#/sim/tables/loans.ts";
import { never } from "#/sim/tables/shoppers.ts";
import type { World } from "#/sim/world.ts";

const categories = [
  "electronics",
  "apparel",
  "groceries",
  "dining",
  "travel",
  "education",
  "medical",
  "other",
];
const none = categories.map((name) => `refunds.shareBps.${name}=0`);
const often = categories.map((name) => `refunds.shareBps.${name}=6000`);
const day0 = (settings: string[]) => settings.flatMap((one) => [one, `world.history.set.${one}`]);

Deno.test("refund: without returns nothing comes back, debts are larger and shops keep more", () => {
  assertMoves("interop", day0(none), {
    refunds: "-",
    bridgedRefunds: "-",
    refundsToAccounts: "-",
    "last.balance.huabei": "+",
    "resultOf.merchants": "0",
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

/** A return of a whole purchase of the day, told to tomorrow. */
function returnTomorrow(world: World, line: number, row: Partial<Record<string, number>>): void {
  const { refunds, today } = world, rows = segmentOfDay(refunds, today.day + 1);
  rows.length = 1;
  const whole = {
    line,
    product: line % lineCount,
    merchant: 0,
    network: line % lineCount === 0 ? 0 : 2,
    bridged: 0,
  };
  const set = { ...whole, amountFen: 1_000, refundFen: 1_000, plan: -1, place: -1, dueDay: 0, ...row };
  for (const [name, value] of Object.entries(set)) {
    (rows as unknown as Record<string, number[]>)[name][0] = value!;
  }
}

/** A world without sales, a line of it that owes nothing, and a day of it that has passed. */
function quiet(product: number): { world: World; line: number } {
  const world = openSmall(
    small("baseline", { shoppers: 200, days: 3, set: ["demand.wantsPerThousandDays=0", ...none] }),
  );
  for (const { segments } of [world.refunds, world.staged]) for (const one of segments) one.length = 0;
  let line = product;
  while (
    world.lines.state[line] !== 1 || principalFen(world.lines, line) > 0 ||
    world.lines.oldestDue[line] !== never
  ) {
    line += lineCount;
  }
  return { world, line };
}

Deno.test("refund: a purchase that has been paid goes to the account, one that is past due lowers the arrears", () => {
  for (const inArrears of [false, true]) {
    const { world, line } = quiet(1), { lines, ledger, chart } = world;
    // Custody of the book that was emptied is given back first, so that the day closes.
    const heldFen = ledger.balanceFen(chart.custody);
    walkDay(world, 0, (phase) => {
      if (phase === "open" && heldFen > 0) {
        ledger.transfer(world.nextId++, chart.deposits.owed, chart.custody, heldFen, code.custody);
      }
      if (phase !== "book" || !inArrears) return;
      lines.fen[overdueAt(line)] = 1_500;
      lines.oldestDue[line] = -21;
      ledger.transfer(
        world.nextId++,
        chart.products[1].loansNative,
        chart.products[1].debt,
        1_500,
        code.loan,
      );
      // Nobody catches up today.
      world.shoppers.marks[Math.floor(line / lineCount)] |= 2;
    });
    returnTomorrow(world, line, { booked: -60 });
    const accountsFen = ledger.balanceFen(chart.deposits.shoppers);
    walkDay(world, 1, (phase) => {
      if (phase !== "refund") return;
      const paidOutFen = ledger.balanceFen(chart.deposits.shoppers) - accountsFen;
      assert.equal(paidOutFen, inArrears ? 0 : 1_000);
      assert.equal(lines.fen[overdueAt(line)], inArrears ? 500 : 0);
      assert.equal(lines.oldestDue[line], inArrears ? -21 : never);
      assert.equal(lines.fen[openAt(line)] + lines.fen[planAt(line)], 0);
    });
  }
});
