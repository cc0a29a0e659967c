// Decide: does the purchase fit the limit, is the line in order, is there money for new credit; and in how many parts?

import { decide } from "#/model/credit/limits.ts";
import { offerKinds } from "#/model/credit/offers.ts";
import { tenorsMonths } from "#/model/credit/instalment.ts";
import { reason } from "#/model/reasons.ts";
import { unit } from "#/model/statistics/philox.ts";
import { refusedByRule } from "#/sim/rulebook.ts";
import { draw, lane, process } from "#/sim/streams.ts";
import { feesAt, limitAt, lineCount, lineState, principalFen, reservedAt } from "#/sim/tables/lines.ts";
import { never } from "#/sim/tables/shoppers.ts";
import type { World } from "#/sim/world.ts";
import { onHoldFen } from "./freeze.ts";
import { setLimit } from "./live.ts";
import { takesOfferedInstalments } from "./offer.ts";
import { readsAccount, takenFor } from "./recognise.ts";
import type { Want } from "./want.ts";

const instalments = offerKinds.indexOf("instalments");

/** The reason of refusal, or none; chooses instalments for large amounts. */
export function decideLine(world: World, want: Want, line: number): number {
  const { lines, today, terms, shoppers, streams } = world;
  const p = line % lineCount, product = terms.products[p];
  const late = lines.oldestDue[line] !== never ||
    (terms.scenario.rulebook.joinedLineLatenessStops && terms.fusion.seesOtherLine &&
      isLateElsewhere(world, want, p));
  const granted = today.granted[p];
  const mayPart = want.amountFen >= product.instalmentFromFen;
  const large = mayPart && want.instalment < product.instalmentShareBps / 10_000;
  const offered = mayPart && !large && takesOfferedInstalments(world, want, line);
  let throttled = false, tenor = 0.5;
  if (granted < 1 || large || offered) {
    draw(streams, process.rare, shoppers.entity0 + want.shopper, want.day, want.attempt);
    throttled = unit(streams.block[lane.rare.throttle]) >= granted;
    tenor = unit(streams.block[lane.rare.tenor]);
  }
  const facts = {
    limitFen: lines.fen[limitAt(line)],
    usedFen: principalFen(lines, line) + lines.fen[feesAt(line)],
    reservedFen: lines.fen[reservedAt(line)],
    frozenFen: onHoldFen(world, line),
    late,
    throttled,
  };
  let refused = decide(want.amountFen, facts);
  if (refused === reason.limitExceeded && terms.limitRule.joins && drawsOnOther(world, want, line)) {
    refused = decide(want.amountFen, { ...facts, limitFen: lines.fen[limitAt(line)] });
  }
  if (refused === reason.none || refused === reason.fundingThrottle) {
    const unlawful = refusedByRule(world, line, want.amountFen);
    if (unlawful === reason.none) world.memory.askedFen[p] += want.amountFen;
    else refused = unlawful;
  }
  const inParts = refused === reason.none && (large || offered);
  if (inParts && offered) world.counts.offersTaken[instalments]++;
  want.months = inParts ? tenorsMonths[Math.floor(tenor * tenorsMonths.length)] : 0;
  return refused;
}

/** Whether the account that the issuer takes for this shopper's is in arrears on the other side, if it may look. */
function isLateElsewhere(world: World, want: Want, p: number): boolean {
  if (!want.linked || !readsAccount(world, want.shopper, p, world.today.day * 1_440 + want.minute)) {
    return false;
  }
  return world.lines.oldestDue[takenFor(world, want.shopper, p) * lineCount + 1 - p] !== never;
}

/**
 * A joint limit: what this line lacks moves over from the free part of the person's other line, where both issuers know that
 * it is the same person, the person lets them see the account, and neither line is late. Says whether it did.
 */
function drawsOnOther(world: World, want: Want, line: number): boolean {
  const { lines, terms, counts, today } = world;
  const p = line % lineCount, other = line - p + 1 - p;
  if (lines.state[other] !== lineState.active || lines.oldestDue[other] !== never) return false;
  // Who is taken for somebody else is found out when the two issuers compare limits: nothing moves.
  if (!want.linked || takenFor(world, want.shopper, p) !== want.shopper) return false;
  if (!readsAccount(world, want.shopper, p, today.day * 1_440 + want.minute)) return false;
  const rooms = [roomOf(world, line - p), roomOf(world, line - p + 1)] as const;
  const limits = terms.limitRule.split([...rooms], { asks: p as 0 | 1, amountFen: want.amountFen });
  if (limits[p] === rooms[p].limitFen || limits[p] > world.rules.householdFen[p]) return false;
  for (let k = 0; k < lineCount; k++) setLimit(world, line - p + k, limits[k]);
  counts.jointPurchases++;
  return true;
}

/** A line as a limit rule sees it. */
export function roomOf(world: World, line: number): { limitFen: number; heldFen: number } {
  const { lines } = world, limitFen = lines.fen[limitAt(line)];
  const heldFen = principalFen(lines, line) + lines.fen[feesAt(line)] + lines.fen[reservedAt(line)] +
    onHoldFen(world, line);
  return { limitFen, heldFen };
}
