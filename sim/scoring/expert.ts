// The expert card at work: it scores the training population, and decides where nothing could be fitted.

import { worstReported } from "#/sim/phases/report.ts";
import { scorePoints } from "#/model/scoring/scorecard.ts";
import { limitAt, lineCount, lineState, principalFen } from "#/sim/tables/lines.ts";
import { never } from "#/sim/tables/shoppers.ts";
import type { World } from "#/sim/world.ts";

/** The expert points of a line, joined with those of the other line where that is seen. */
export function expertPoints(
  world: World,
  i: number,
  p: number,
  { otherLine, whose, seenClearly }: { otherLine: boolean; whose: number; seenClearly: boolean },
): number {
  const { lines, terms } = world, other = whose * lineCount + 1 - p;
  const seesOther = otherLine && lines.state[other] === lineState.active;
  const own = ownPoints(world, i, { p, seenClearly, other: seesOther ? other : -1 });
  const theirs = seesOther ? ownPoints(world, whose, { p: 1 - p, seenClearly, other: -1 }) : NaN;
  return Math.round(terms.fusion.fuse(own, theirs));
}

function ownPoints(
  world: World,
  i: number,
  { p, seenClearly, other }: { p: number; seenClearly: boolean; other: number },
): number {
  const { lines, shoppers, terms, today } = world;
  const line = i * lineCount + p, held = lines.state[line] === lineState.active;
  const owedFen = principalFen(lines, line);
  const incomeFen = seenClearly ? shoppers.incomeFen[i] : seenIncomeFen(world, line);
  const allFen = owedFen + (other >= 0 ? principalFen(lines, other) : 0);
  return scorePoints({
    incomeFen,
    tenureDays: held ? Math.max(0, today.day - lines.since[line]) : 0,
    onTimeBills: held ? lines.onTime[line] : 0,
    lateBills: held ? lines.late[line] : 0,
    utilisation: held && lines.fen[limitAt(line)] > 0 ? owedFen / lines.fen[limitAt(line)] : 0,
    // The bureau knows people by their number: no link is needed, and nobody is mistaken.
    otherLineLate: other >= 0 && lines.oldestDue[other] !== never ||
      worstReported(world, i * lineCount + 1 - p) > 0,
    burdenIncomes: allFen / incomeFen,
    noise: seenClearly ? 0 : shoppers.noise[line] / 32,
  }, terms.scenario.scoring);
}

/** Income as the issuer of a line sees it: misread by some tens of per cent, at most by three standard deviations. */
export function seenIncomeFen({ shoppers, terms }: Pick<World, "shoppers" | "terms">, line: number): number {
  const deviations = Math.max(-3, Math.min(3, shoppers.noise[line] / 32));
  const incomeFen = shoppers.incomeFen[Math.floor(line / lineCount)];
  return Math.round(incomeFen * (1 + deviations * terms.scenario.scoring.incomeMisreadBps / 10_000));
}
