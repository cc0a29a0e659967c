// Lose: lines past the charge-off day are written off and their claims sold; disputed purchases leave the books.

import { monthEnds } from "#/model/units/calendar.ts";
import { bpsOf } from "#/model/units/units.ts";
import { externalFlows } from "#/model/names.ts";
import { code } from "#/sim/ledger/chart.ts";
import { record } from "#/sim/recorder.ts";
import {
  billedAt,
  bridgedAt,
  feesAt,
  lineCount,
  lineState,
  openAt,
  overdueAt,
  planAt,
  principalFen,
} from "#/sim/tables/lines.ts";
import { draw, lane, process, uniform } from "#/sim/streams.ts";
import { placeOf } from "#/sim/tables/pool_tally.ts";
import { removeLoan } from "#/sim/tables/loans.ts";
import { pay, type World } from "#/sim/world.ts";
import { issuerAt } from "./clear.ts";
import { notify } from "./collect.ts";
import { bridgedScale, recover } from "./recover.ts";
import { closeLine, postLimits } from "./live.ts";

/** Writes off, sells, and books the day's losses. */
export function lose(world: World): void {
  const { lines, terms, today, memory, chart, recorder, arrears } = world;
  for (const lost of memory.lost) {
    lost.nativeFen =
      lost.bridgedFen =
      lost.feesFen =
      lost.soldFen =
      lost.recoveredFen =
      lost.recoveredBridgedFen =
      lost.saleFen =
        0;
  }
  for (let k = 0; k < arrears.length; k++) {
    const line = arrears.lines[k], dpd = today.day - lines.oldestDue[line];
    if (dpd >= terms.products[line % lineCount].chargeOffDpd) writeOff(world, line);
  }
  if (monthEnds(today.date)) recover(world);
  postLimits(world);
  const buyers = chart.external[externalFlows.indexOf("claim-buyers")];
  for (let p = 0; p < lineCount; p++) {
    const accounts = chart.products[p], lost = memory.lost[p], product = terms.products[p];
    lost.saleFen = bpsOf(lost.soldFen, product.claimSalePriceBps);
    pay(world, accounts.debt, accounts.loansNative, lost.nativeFen, code.chargeOff);
    pay(world, accounts.debt, accounts.loansBridged, lost.bridgedFen, code.chargeOff);
    pay(world, accounts.feesOwed, accounts.fees, lost.feesFen, code.chargeOff);
    pay(world, accounts.debt, accounts.loansNative, lost.stolenFen, code.fraudLoss);
    pay(world, accounts.debt, accounts.loansBridged, lost.stolenBridgedFen, code.fraudLoss);
    // What shops pay back leaves the books as if it had been repaid.
    pay(world, accounts.debt, accounts.loansNative, lost.chargedBackFen, code.chargeback);
    pay(world, accounts.debt, accounts.loansBridged, lost.chargedBackBridgedFen, code.chargeback);
    pay(world, chart.settle[issuerAt[p]], buyers, lost.saleFen, code.claimSale);
    record(recorder, today.day, `chargeOff.${product.name}`, "money", lost.nativeFen + lost.bridgedFen);
    record(recorder, today.day, `recovery.${product.name}`, "money", lost.saleFen);
    record(recorder, today.day, "fraudLoss", "money", lost.stolenFen + lost.stolenBridgedFen);
  }
}

function writeOff(world: World, line: number): void {
  const { lines, loans, memory } = world;
  const lost = memory.lost[line % lineCount];
  const owedFen = principalFen(lines, line), bridgedFen = lines.fen[bridgedAt(line)];
  lost.nativeFen += owedFen - bridgedFen;
  lost.bridgedFen += bridgedFen;
  lost.feesFen += lines.fen[feesAt(line)];
  // A buyer is found for a share of claims; the others stay with the issuer, off its books.
  draw(world.streams, process.collection, world.shoppers.entity0 * lineCount + line, world.today.day);
  const sold = uniform(world.streams, lane.collection.sale) < world.terms.collections.claimsSoldBps / 10_000;
  const claimFen = owedFen + lines.fen[feesAt(line)];
  if (sold) lost.soldFen += claimFen;
  else {
    lines.claimFen[line] = claimFen;
    lines.claimBridged[line] = owedFen > 0 ? Math.round(bridgedScale * bridgedFen / owedFen) : 0;
  }
  const { tally } = world.funding;
  if (tally) {
    tally.lostFen[placeOf(line)] += owedFen;
    const { claimSalePriceBps } = world.terms.products[line % lineCount];
    if (sold) tally.recoveredFen[placeOf(line)] += Math.floor(claimFen * claimSalePriceBps / 10_000);
  }
  notify(world, sold ? "sold" : "writtenOff", line);
  lines.fen[openAt(line)] =
    lines.fen[planAt(line)] =
    lines.fen[billedAt(line)] =
    lines.fen[overdueAt(line)] =
      0;
  lines.fen[bridgedAt(line)] = lines.fen[feesAt(line)] = 0;
  while (lines.firstLoan[line] >= 0) removeLoan(loans, lines, lines.firstLoan[line]);
  closeLine(world, line, lineState.writtenOff);
}
