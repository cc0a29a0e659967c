// Placing receivables in need: the last step of the contingency plan. Banks give a part of the face of receivables that are not
// late, at a margin of need; the issuer repays them first once it has money over.

import { buckets as lateBuckets } from "#/model/credit/delinquency.ts";
import { bpsOf, mulDiv } from "#/model/units/units.ts";
import { code } from "#/sim/ledger/chart.ts";
import { lawfulDrawFen } from "#/sim/leverage.ts";
import { record } from "#/sim/recorder.ts";
import { lenders } from "#/sim/rulebook.ts";
import { pay, type World } from "#/sim/world.ts";
import { freeFen } from "./channel.ts";
import { fromBanks, toBanks } from "./settle_funding.ts";

/** The step of the plan on which receivables are placed. */
const placing = 5;

/** Interest on what has been placed; more is placed on the plan's last step, and what is placed is repaid after it. */
export function placeReceivables(world: World, k: number): void {
  const { terms, chart, ledger, today, treasury, recorder } = world;
  if (!terms.treasury.contingency.active) return;
  const { placeMostBps, placeAdvanceBps, placeSpreadBps } = terms.treasury.contingency;
  const { owed, lent } = chart.placed[k];
  const placedFen = -ledger.balanceFen(owed);
  const interestFen = mulDiv(placedFen, today.rateBps + placeSpreadBps, 3_650_000);
  const fromCashFen = Math.min(interestFen, freeFen(world, k));
  toBanks(world, k, fromCashFen, code.fundingInterest);
  pay(world, lent, owed, interestFen - fromCashFen, code.fundingInterest);
  const owedFen = placedFen + interestFen - fromCashFen;
  if (treasury.plan[k].step >= placing) {
    const mostFen = bpsOf(bpsOf(notLateFen(world, k), placeMostBps), placeAdvanceBps);
    const wishFen = Math.max(0, mostFen - owedFen);
    const gotFen = fromBanks(
      world,
      k,
      lawfulDrawFen(world, k, { wishFen, money: "bank" }),
      code.placement,
    );
    pay(world, lent, owed, gotFen, code.placement);
    record(recorder, today.day, `placedNow.${lenders[k]}`, "money", gotFen);
  } else if (owedFen > 0) {
    const overFen = freeFen(world, k) - 2 * terms.funding[k].cashBufferFen;
    const repayFen = Math.max(0, Math.min(owedFen, overFen));
    pay(world, owed, lent, repayFen, code.placementRepaid);
    toBanks(world, k, repayFen, code.placementRepaid);
  }
  record(recorder, today.day, `placed.${lenders[k]}`, "money", -ledger.balanceFen(owed));
}

/** What of the book was not late when yesterday closed. */
function notLateFen({ recorder, today, terms }: World, k: number): number {
  if (today.day === 0) return 0;
  const column = recorder.columns.get(`dpd.${terms.products[k].name}.${lateBuckets[0]}`);
  return column?.values[today.day - 1] ?? 0;
}
