// The training population: people of their own in a closed world, what was known of them on one day, and who
// defaulted in the twelve months after it.

import { products } from "#/model/names.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import { openEmpty } from "#/sim/opening_book.ts";
import { runDay } from "#/sim/day.ts";
import { lineCount, lineState } from "#/sim/tables/lines.ts";
import { mark, never } from "#/sim/tables/shoppers.ts";
import { makeWorld } from "#/sim/make_world.ts";
import { entityBase } from "#/sim/world.ts";
import { ageBandOf, type FeatureName, featureNames, featureValue } from "./features.ts";

/** Days past due from which a borrower counts as bad. */
export const badFromDpd = 90;

/** Borrowers of one product, a row each. */
export interface TrainingSample {
  product: string;
  rows: number;
  bads: number;
  /** The value of each feature on the day of observation, NaN where it was not known. */
  columns: Record<FeatureName, Float64Array>;
  /** 1 for who was 90 days late, or written off, within the performance window. */
  isBad: Uint8Array;
  /** The person of each row, that person's tier of city and band of age. */
  person: Uint32Array;
  tier: Uint8Array;
  ageBand: Uint8Array;
}

/** Which people are watched: those on whom scores are fitted, or others, on whom they are measured. */
export type Watched = "training" | "holdout";

/**
 * Watches the population of a training world (`trainingOf`): one sample a product, of everybody who held an open line on
 * the day of observation and was not yet 90 days late.
 *
 * Who ran off with the money was a fraud, which is what screening is for: as is usual, such people are left out, so that a
 * score learns from those who could not pay or forgot. Who applied and was refused has no outcome and is not in the
 * sample; in the closed world most lines were held from the start, whatever their score, so that little is cut off. The
 * same people for all replications: replication 0 of the seed.
 */
export function watch(
  training: Supposition,
  watched: Watched = "training",
  { onDay }: { onDay?: (day: number, days: number) => void } = {},
): TrainingSample[] {
  const { days } = training.scenario.world, { observationDays } = training.scenario.scoring.training;
  const world = makeWorld(training, 0, entityBase[watched]);
  openEmpty(world);
  const replay = `its ${watched} population`;
  for (let day = 0; day < observationDays; day++) {
    runDay(world, day, { replay });
    onDay?.(day - days, days);
  }
  const { lines, arrears, shoppers } = world;
  const isWatched = new Uint8Array(lines.count), isBad = new Uint8Array(lines.count);
  for (let line = 0; line < lines.count; line++) {
    const oldest = lines.oldestDue[line];
    const isLate = oldest !== never && observationDays - oldest >= badFromDpd;
    isWatched[line] = lines.state[line] === lineState.active && !isLate ? 1 : 0;
  }
  const samples = products.map((product, p) => observe(product, p));
  for (let day = observationDays; day < days; day++) {
    runDay(world, day, { replay });
    for (let k = 0; k < arrears.length; k++) {
      const line = arrears.lines[k];
      if (day - lines.oldestDue[line] >= badFromDpd) isBad[line] = 1;
    }
    onDay?.(day - days, days);
  }
  return samples.map(({ rowLines, ...sample }) => {
    const kept = rowLines.flatMap((line, row) =>
      shoppers.marks[Math.floor(line / lineCount)] & mark.absconded ? [] : [row]
    );
    const of = <Column extends Float64Array | Uint32Array | Uint8Array>(column: Column) =>
      (column as Float64Array).filter((_, row) => isKept[row]) as Column;
    const isKept = new Uint8Array(sample.rows);
    for (const row of kept) {
      isKept[row] = 1;
      const line = rowLines[row];
      sample.isBad[row] = isBad[line] || lines.state[line] === lineState.writtenOff ? 1 : 0;
      sample.bads += sample.isBad[row];
    }
    const columns = Object.fromEntries(
      featureNames.map((name) => [name, of(sample.columns[name])]),
    ) as TrainingSample["columns"];
    return {
      ...sample,
      rows: kept.length,
      columns,
      isBad: of(sample.isBad),
      person: of(sample.person),
      tier: of(sample.tier),
      ageBand: of(sample.ageBand),
    };
  });

  function observe(product: string, p: number): TrainingSample & { rowLines: number[] } {
    const rowLines: number[] = [];
    for (let line = p; line < lines.count; line += lineCount) if (isWatched[line]) rowLines.push(line);
    const rows = rowLines.length;
    // What was known in the morning of the day of observation.
    world.today.day = observationDays;
    const columns = Object.fromEntries(
      featureNames.map((name, k) => [
        name,
        Float64Array.from(rowLines, (line) => featureValue(world, Math.floor(line / lineCount), k)),
      ]),
    ) as Record<FeatureName, Float64Array>;
    const people = rowLines.map((line) => Math.floor(line / lineCount));
    return {
      product,
      rows,
      bads: 0,
      columns,
      isBad: new Uint8Array(rows),
      person: Uint32Array.from(people),
      tier: Uint8Array.from(people, (i) => shoppers.tier[i]),
      ageBand: Uint8Array.from(people, (i) => ageBandOf(world, i)),
      rowLines,
    };
  }
}
