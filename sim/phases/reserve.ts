// Reserve: what was authorised is set aside on its line until the evening's books.

import { reservedAt } from "#/sim/tables/lines.ts";
import type { World } from "#/sim/world.ts";
import { watchLarge } from "./freeze.ts";
import type { Want } from "./want.ts";

/** Reserves an amount on a line, and remembers what is usual on it. */
export function takeUp(world: World, want: Want, line: number): void {
  const { lines } = world, usualFen = lines.usualFen[line];
  lines.fen[reservedAt(line)] += want.amountFen;
  want.boughtFen = want.amountFen;
  // An eighth of each new amount: a dozen purchases say what is usual.
  lines.usualFen[line] = usualFen === 0 ? want.amountFen : usualFen + (want.amountFen - usualFen) / 8;
  watchLarge(world, line, want.amountFen);
}
