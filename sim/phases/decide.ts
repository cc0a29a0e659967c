// Decide: does the purchase fit the limit, is the line in order, is there money for new credit; and in how many parts?

import { decide } from "#/model/credit/limits.ts";
import { tenorsMonths } from "#/model/credit/instalment.ts";
import { reason } from "#/model/reasons.ts";
import { unit } from "#/model/statistics/philox.ts";
import { draw, lane, process } from "#/sim/streams.ts";
import { feesAt, limitAt, lineCount, principalFen, reservedAt } from "#/sim/tables/lines.ts";
import { never } from "#/sim/tables/shoppers.ts";
import type { World } from "#/sim/world.ts";
import { readsAccount, takenFor } from "./recognise.ts";
import type { Want } from "./want.ts";

/** The reason of refusal, or none; chooses instalments for large amounts. */
export function decideLine(world: World, want: Want, line: number): number {
  const { lines, today, terms, shoppers, streams } = world;
  const p = line % lineCount, product = terms.products[p];
  const late = lines.oldestDue[line] !== never ||
    (terms.scenario.rulebook.joinedLineLatenessStops && terms.fusion.seesOtherLine &&
      isLateElsewhere(world, want, p));
  const granted = today.granted[p];
  const large = want.amountFen >= product.instalmentFromFen &&
    want.instalment < product.instalmentShareBps / 10_000;
  let throttled = false, tenor = 0.5;
  if (granted < 1 || large) {
    draw(streams, process.rare, shoppers.entity0 + want.shopper, want.day, want.attempt);
    throttled = unit(streams.block[lane.rare.throttle]) >= granted;
    tenor = unit(streams.block[lane.rare.tenor]);
  }
  const refused = decide(want.amountFen, {
    limitFen: lines.fen[limitAt(line)],
    usedFen: principalFen(lines, line) + lines.fen[feesAt(line)],
    reservedFen: lines.fen[reservedAt(line)],
    late,
    throttled,
  });
  if (refused === reason.none || refused === reason.fundingThrottle) {
    world.memory.askedFen[p] += want.amountFen;
  }
  want.months = refused === reason.none && large ? tenorsMonths[Math.floor(tenor * tenorsMonths.length)] : 0;
  return refused;
}

/** Whether the account that the issuer takes for this shopper's is in arrears on the other side, if it may look. */
function isLateElsewhere(world: World, want: Want, p: number): boolean {
  if (!want.linked || !readsAccount(world, want.shopper, p, world.today.day * 1_440 + want.minute)) {
    return false;
  }
  return world.lines.oldestDue[takenFor(world, want.shopper, p) * lineCount + 1 - p] !== never;
}
