// Disputes: who bears a purchase that the holder denies; shops that hand back cash; lists on which the fraud leaves its mark.

import { cashInHandFen } from "#/model/fraud/typologies/cash.ts";
import { bear } from "#/model/fraud/typologies/liability.ts";
import { isFriendly, typologies, typologyNames, typologyOf } from "#/model/fraud/typologies/registry.ts";
import { unit } from "#/model/statistics/philox.ts";
import { code } from "#/sim/ledger/chart.ts";
import { record } from "#/sim/recorder.ts";
import { draw, lane, process } from "#/sim/streams.ts";
import { lineCount } from "#/sim/tables/lines.ts";
import { purchaseFlag } from "#/sim/tables/purchases.ts";
import { mark } from "#/sim/tables/shoppers.ts";
import { pay, type World } from "#/sim/world.ts";
import { firstBank, issuerAt, owe } from "./clear.ts";
import { ringOf } from "./plot.ts";

const listedBy = [mark.listedByJd, mark.listedByAnt];
/** The luck of an inspection stands behind that of the attempts of a day. */
const inspection = 254;

/**
 * Settles a plot's purchase that has been cleared: a disputed one is borne by issuer or shop, as liability says. Returns
 * whether it stays the holder's debt.
 */
export function settleDispute(world: World, row: number): boolean {
  const { purchases, terms, memory, desk, today, recorder, merchants, shoppers } = world;
  const typology = typologyOf(purchases.plot[row]), name = typologyNames[typology.code - 1];
  const amountFen = purchases.amountFen[row], flags = purchases.flags[row];
  record(recorder, today.day, `plotted.${name}`, "money", amountFen);
  if (!typology.disputes) return true;
  const p = purchases.product[row], bridged = (flags & purchaseFlag.bridged) !== 0;
  const { issuerFen, merchantFen, shopperFen } = bear(amountFen, {
    assurance: purchases.proved[row],
    challengePassed: (flags & purchaseFlag.challenged) !== 0,
    bridged,
    friendly: isFriendly(typology),
  }, { ...terms.fraud.liability, out: desk.borne });
  merchants.bad[purchases.merchant[row]]++;
  list(world, row);
  // Rules give a disputed purchase to one party as a whole; a debt is not split.
  if (shopperFen === amountFen) return true;
  const lost = memory.lost[p], bank = merchants.bank[purchases.merchant[row]];
  if (bridged) {
    lost.stolenBridgedFen += issuerFen;
    lost.chargedBackBridgedFen += merchantFen;
  } else {
    lost.stolenFen += issuerFen;
    lost.chargedBackFen += merchantFen;
  }
  memory.chargebackByBankFen[bank * lineCount + p] += merchantFen;
  merchants.takingsFen[purchases.merchant[row]] -= merchantFen;
  record(recorder, today.day, `fraudBorne.issuers`, "money", issuerFen);
  record(recorder, today.day, `fraudBorne.merchants`, "money", merchantFen);
  // The victim gets a new access; who denied an own purchase is remembered.
  if (isFriendly(typology)) shoppers.marks[purchases.shopper[row]] |= listedBy[issuerAt[p]];
  return false;
}

/** A ring's device is on the list of the issuer that it has cost. */
function list(world: World, row: number): void {
  const { purchases, rings } = world;
  if (purchases.plot[row] !== typologies.deviceRing.code) return;
  const seen = rings.get(ringOf(world, purchases.shopper[row]));
  if (seen) seen.listed[issuerAt[purchases.product[row]]] = true;
}

/** A shop that sold nothing hands back cash, less its fee; later some of these purchases are laid at its door. */
export function handBackCash(world: World, row: number): number {
  const { purchases, terms, merchants, chart, streams, shoppers, today } = world;
  if (typologyOf(purchases.plot[row]).shop !== "complicit") return 0;
  const { cash } = terms.fraud, amountFen = purchases.amountFen[row], merchant = purchases.merchant[row];
  const cashFen = cashInHandFen(amountFen, cash.feeBps);
  merchants.takingsFen[merchant] -= cashFen;
  pay(world, chart.deposits.shoppers, chart.deposits.merchants, cashFen, code.cashOut);
  draw(streams, process.theft, shoppers.entity0 + purchases.shopper[row], today.day, inspection);
  if (unit(streams.block[lane.theft.place]) < cash.seenBps / 10_000) merchants.bad[merchant]++;
  return amountFen;
}

/** The day's chargebacks: shops' banks take the money back and owe it to the issuers. */
export function chargeBack(world: World): void {
  const { memory, chart, terms } = world;
  for (let bank = 0; bank < terms.clearing.banks; bank++) {
    for (let p = 0; p < lineCount; p++) {
      const fen = memory.chargebackByBankFen[bank * lineCount + p];
      pay(world, chart.deposits.owed, chart.deposits.merchants, fen, code.chargeback);
      owe(world, "chargebacks", { payer: firstBank + bank, payee: issuerAt[p], amountFen: fen });
    }
  }
  memory.chargebackByBankFen.fill(0);
}
