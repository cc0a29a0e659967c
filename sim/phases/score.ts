// Score: is the line's present score good enough for new credit, in today's economy?

import { reason } from "#/model/reasons.ts";
import { lineCount } from "#/sim/tables/lines.ts";
import type { World } from "#/sim/world.ts";

/** The reason of refusal, or none. The score itself is renewed once a month. */
export function scoreLine(world: World, line: number, network: number): number {
  return world.lines.points[line] < leastPoints(world, line % lineCount, network)
    ? reason.scoreBelowCutoff
    : reason.none;
}

/** The least score that a product's issuer accepts today for a purchase on a network. */
export function leastPoints({ terms, today }: World, product: number, network: number): number {
  return terms.cells[product][network].bridged
    ? today.leastPointsAcross[product]
    : today.leastPoints[product];
}
