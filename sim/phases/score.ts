// Score: is the line's present score good enough for new credit, in today's economy?

import { reason } from "#/model/reasons.ts";
import type { World } from "#/sim/world.ts";

/** The reason of refusal, or none. The score itself is renewed once a month. */
export function scoreLine(world: World, line: number): number {
  return world.lines.points[line] < world.today.cutoffPoints ? reason.scoreBelowCutoff : reason.none;
}
