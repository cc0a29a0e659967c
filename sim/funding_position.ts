// What an issuer is funded by tonight: the sums that rules, gauges and the contingency plan look at.

import { lossStages } from "#/model/credit/expected_loss.ts";
import type { Fen } from "#/model/units/units.ts";
import { freeFen, issuerAt } from "./phases/channel.ts";
import { drawableFen } from "./phases/treasury.ts";
import type { World } from "./world.ts";

/** What is expected to be lost of an issuer's loans, as of the last month's end. */
export function allowanceFen({ servicing }: World, k: number): Fen {
  let sumFen = 0;
  for (let s = 0; s < lossStages.length; s++) sumFen += servicing.allowanceFen[k * lossStages.length + s];
  return sumFen;
}

/** What a source of its own is owed, 0 where it is not used. */
function owedFen({ ledger, chart }: World, k: number, source: keyof World["chart"]["debts"][number]): Fen {
  const accounts = chart.debts[k][source];
  return accounts ? -ledger.balanceFen(accounts.owed) : 0;
}

/** What banks have lent to an issuer's trusts on their liquidity lines. */
function trustLineFen({ ledger, chart }: World, k: number): Fen {
  const line = chart.trustLines[k];
  return line ? -ledger.balanceFen(line.owed) : 0;
}

/** Money of banks and shareholders, notes, and net assets. */
export interface Leverage {
  bankFen: Fen;
  bondFen: Fen;
  /** What was owned less what was owed when the books last closed, less what is expected to be lost. */
  netAssetsFen: Fen;
}

/** What the leverage rules measure; joint loans are the banks' own and count under neither. */
export function leverageOf(world: World, k: number): Leverage {
  const { ledger, chart } = world;
  return {
    bankFen: -ledger.balanceFen(chart.lines[k].owed) - ledger.balanceFen(chart.placed[k].owed) +
      owedFen(world, k, "uncommittedLine") + owedFen(world, k, "shareholderLoan") +
      owedFen(world, k, "supplierFinance") + trustLineFen(world, k),
    bondFen: owedFen(world, k, "abs") + owedFen(world, k, "privatePlacement"),
    netAssetsFen: world.treasury.worthFen[k] - allowanceFen(world, k),
  };
}

/** The banks' part of an issuer's joint loans. */
export const jointFen = (world: World, k: number): Fen => owedFen(world, k, "jointLoan");

/** The book, the money and the debts of an issuer tonight. */
export interface FundingPosition {
  /** What shoppers owe, less the banks' part of joint loans. */
  balanceFen: Fen;
  /** Cash that is free, and what can be drawn at will and lawfully. */
  cashFen: Fen;
  drawableFen: Fen;
  /** Lines at will: what may be drawn at most, and what is. */
  committedFen: Fen;
  drawnFen: Fen;
  /** What is due within 30 days: drawn beyond what a line still lends, held back in clearing, terms that end, notes paid down. */
  dueFen: Fen;
  /** Drawn at will within the lines. */
  callableFen: Fen;
  /** Debts with more and with less than a year to run, and net assets. */
  longFen: Fen;
  shortFen: Fen;
  netAssetsFen: Fen;
}

/** How an issuer stands. */
export function positionOf(world: World, k: number): FundingPosition {
  const { ledger, chart, terms, today, funding, participants } = world;
  const own = funding.issuers[k], accounts = chart.products[issuerAt.indexOf(k)];
  let committedFen = 0, drawnFen = 0, overFen = 0;
  for (const facility of own.facilities) {
    committedFen += facility.commitmentFen;
    drawnFen += facility.drawnFen;
    overFen += Math.max(0, facility.drawnFen - facility.commitmentFen);
  }
  let dueFen = overFen + participants.heldByFen[k], longFen = 0, shortFen = drawnFen;
  for (const { day, faceFen } of own.supplierDue) if (day <= today.day + 30) dueFen += faceFen;
  shortFen += owedFen(world, k, "supplierFinance");
  if (own.placement) {
    const endsIn = own.placement.issuedOn + terms.funding[k].privatePlacement.termDays - today.day;
    if (endsIn <= 30) dueFen += own.placement.faceFen;
    if (endsIn > 365) longFen += own.placement.faceFen;
    else shortFen += own.placement.faceFen;
  }
  for (const trust of funding.trusts) {
    if (trust.issuer !== k || trust.isEnded) continue;
    const { state, revolvingUntil } = trust.deal;
    const notesFen = state.tranches[0].balanceFen + state.tranches[1].balanceFen;
    const revolvesFor = revolvingUntil - terms.startEpoch - today.day;
    if (state.phase === "revolving" && revolvesFor > 365) longFen += notesFen;
    else shortFen += notesFen;
    // Once it pays down, a month takes what the pool brings: about a third of what is left.
    if (state.phase !== "revolving" || revolvesFor < 30) dueFen += Math.floor(notesFen / 3);
  }
  const placedFen = -ledger.balanceFen(chart.placed[k].owed);
  return {
    balanceFen: ledger.balanceFen(accounts.loansNative) + ledger.balanceFen(accounts.loansBridged) -
      jointFen(world, k),
    cashFen: freeFen(world, k),
    drawableFen: drawableFen(world, k),
    committedFen,
    drawnFen,
    dueFen,
    callableFen: drawnFen - overFen,
    longFen,
    shortFen: shortFen + placedFen,
    netAssetsFen: leverageOf(world, k).netAssetsFen,
  };
}
