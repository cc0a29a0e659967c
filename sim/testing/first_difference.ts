// Whether a world comes out otherwise than another, told on the first day whose record differs: tests of parameters ask this
// hundreds of times, and most of what acts at all acts within days.

import type { Supposition } from "#/scenarios/schema.ts";
import { runDay } from "#/sim/day.ts";
import type { OpeningBook } from "#/sim/opening_book.ts";
import type { Recorder } from "#/sim/recorder.ts";
import { openWorld, replayOf, runOn, runWorld } from "#/sim/run.ts";

/**
 * Runs a base and gives the question whether another supposition has another hash.
 *
 * The other's days are walked only until one is recorded otherwise; a fact is recorded on its own day and never rewritten, so
 * the whole record then differs, and its hash. Where every day is the same the hashes themselves are compared.
 *
 * Shapes: a base and others with the same history and as many days. Errors: those of `run`.
 */
export function differenceFrom(
  base: Supposition,
  { openingBook, replication = 0 }: { openingBook: OpeningBook; replication?: number },
): (other: Supposition) => boolean {
  const { result: { hash }, world: { recorder } } = runWorld(base, replication, { openingBook });
  return (other) => {
    const world = openWorld(other, replication, { openingBook });
    const replay = replayOf(other, replication);
    for (let day = 0; day < other.scenario.world.days; day++) {
      runDay(world, day, { replay });
      if (isOtherDay(recorder, world.recorder, day)) return true;
    }
    return runOn(world, replication).hash !== hash;
  };
}

/** Whether two records tell a day differently; a fact that one of them does not know never happened there. */
function isOtherDay(one: Recorder, other: Recorder, day: number): boolean {
  const at = ({ columns }: Recorder, name: string) => columns.get(name)?.values[day] ?? 0;
  for (const { columns } of [one, other]) {
    for (const name of columns.keys()) if (at(one, name) !== at(other, name)) return true;
  }
  return false;
}
