// Money for a term: a placement with qualified investors, and banks that pay shops early and are paid when the term is over.

import { placedFen } from "#/model/funding/sources/private_placement.ts";
import { discountFen } from "#/model/funding/sources/supplier_finance.ts";
import { buckets } from "#/model/funding/sources/rules.ts";
import { bpsOf, mulDiv } from "#/model/units/units.ts";
import { addCost, register } from "#/sim/funding.ts";
import { code } from "#/sim/ledger/chart.ts";
import { lawfulDrawFen } from "#/sim/leverage.ts";
import { sumOfPart } from "#/sim/tables/pool_tally.ts";
import { pay, type World } from "#/sim/world.ts";
import { partOf, pledgeElsewhere, pledgees, pledgeToLine, productOf, release, sumOver } from "./pledge.ts";
import { fromBanks, fromInvestors, toBanks, toInvestors } from "./settle_funding.ts";
import { issuers, raise } from "./treasury.ts";
import { freeFen } from "./channel.ts";

const couponDays = 30;

/** Pays what falls due, and takes what is to be had. */
export function fundForTerms(world: World, k: number): void {
  if (world.chart.debts[k].privatePlacement) servePlacement(world, k);
  if (world.chart.debts[k].supplierFinance) payShopsEarly(world, k);
}

/** What an outflow of today needs beyond cash is drawn first. */
export function findCash(world: World, k: number, needFen: number): void {
  const shortFen = needFen - freeFen(world, k);
  if (shortFen > 0) raise(world, k, shortFen);
}

function servePlacement(world: World, k: number): void {
  const { funding, terms, chart, today } = world;
  const own = funding.issuers[k], it = terms.funding[k].privatePlacement;
  const { owed, held } = chart.debts[k].privatePlacement!;
  const notes = own.placement;
  if (notes) {
    const age = today.day - notes.issuedOn, isOver = age >= it.termDays;
    if (age > 0 && (age % couponDays === 0 || isOver)) {
      const days = age % couponDays || couponDays;
      const interestFen = mulDiv(notes.faceFen, notes.rateBps * days, 3_650_000);
      const dueFen = interestFen + (isOver ? notes.faceFen : 0);
      findCash(world, k, dueFen);
      toInvestors(world, k, dueFen, code.fundingInterest);
      addCost(funding, k, "privatePlacement", interestFen);
    }
    if (isOver) {
      pay(world, owed, held, notes.faceFen, code.lineRepay);
      release(world, k, notes.buckets, pledgees.privatePlacement);
      pledgeToLine(world, k, notes.buckets);
      own.placement = null;
    }
    return;
  }
  if (own.placementDone || today.day < it.issueDay) return;
  own.placementDone = true;
  const taken = pledgeElsewhere(world, k, partOf(it), pledgees.privatePlacement);
  const pledgedFen = sumOver(funding.tally!.balanceFen, k, taken);
  const wishFen = placedFen(it, { pledgedFen });
  const amountFen = lawfulDrawFen(world, k, { wishFen, money: "bond" });
  const faceFen = amountFen < wishFen ? placedFen({ ...it, amountFen }, { pledgedFen }) : wishFen;
  if (faceFen === 0) {
    release(world, k, taken, pledgees.privatePlacement);
    return pledgeToLine(world, k, taken);
  }
  const feeFen = bpsOf(faceFen, it.placementFeeBps);
  const gotFen = fromInvestors(world, k, { amountFen: faceFen, feeFen, why: code.lineDraw });
  pay(world, held, owed, gotFen, code.lineDraw);
  addCost(funding, k, "privatePlacement", feeFen);
  own.placement = {
    faceFen: gotFen,
    rateBps: today.rateBps + it.spreadBps,
    issuedOn: today.day,
    buckets: taken,
  };
}

/** The banks pay shops for a part of the day's sales on credit; the issuer keeps its cash until they are to be paid. */
function payShopsEarly(world: World, k: number): void {
  const { funding, terms, chart, today, ledger } = world;
  const own = funding.issuers[k], it = terms.funding[k].supplierFinance;
  const { owed, held } = chart.debts[k].supplierFinance!;
  const name = (day: number) => `shops-of-${issuers[k]}/${day}`;
  while (own.supplierDue.length > 0 && own.supplierDue[0].day <= today.day) {
    const { day, faceFen } = own.supplierDue.shift()!;
    findCash(world, k, faceFen);
    pay(world, owed, held, faceFen, code.lineRepay);
    toBanks(world, k, faceFen, code.lineRepay);
    register(funding, {
      kind: "discharge",
      receivable: name(day - it.termDays),
      day: today.day,
      owner: "supplier-banks",
    });
  }
  const salesFen = sumOfPart(funding.tally!.lentFen, { product: productOf(k), from: 0, until: buckets });
  const wishFen = Math.min(bpsOf(salesFen, it.uptakeBps), it.limitFen + ledger.balanceFen(owed));
  if (wishFen <= 0) return;
  const faceFen = lawfulDrawFen(world, k, { wishFen, money: "bank" });
  if (faceFen <= 0) return;
  const lessFen = discountFen(faceFen, it);
  const gotFen = fromBanks(world, k, faceFen - lessFen, code.lineDraw);
  if (gotFen < faceFen - lessFen) {
    // The banks have no more money today: what they gave is owed, without a discount.
    if (gotFen === 0) return;
  }
  const owedFen = gotFen + (gotFen === faceFen - lessFen ? lessFen : 0);
  pay(world, held, owed, owedFen, code.lineDraw);
  addCost(funding, k, "supplierFinance", owedFen - gotFen);
  own.supplierDue.push({ day: today.day + it.termDays, faceFen: owedFen });
  const receivable = name(today.day);
  register(funding, { kind: "enter", receivable, day: today.day, owner: "shops", faceFen: owedFen });
  register(funding, {
    kind: "sale",
    receivable,
    day: today.day,
    owner: "shops",
    to: "supplier-banks",
    priceFen: gotFen,
  });
}
