// Lateness and loss month by month, as tidy rows: roll matrices, vintages, the roll-forward of loss allowances.

import { lossStages, type RollForward } from "#/model/credit/expected_loss.ts";
import type { Comparison } from "#/server/reports/shape.ts";
import { type World, worldsOf } from "#/server/facts/days.ts";

/** One field of a roll matrix; `share` null where nobody was in the bucket. */
export interface RollRow {
  world: World;
  from: string;
  to: string;
  share: number | null;
  accounts: number;
}

/**
 * The roll matrix of an issuer in both worlds.
 *
 * @example
 * ```ts
 * import { rollRows } from "#/server/facts/servicing.ts";
 * import { fixtureComparison } from "#/server/testing/fixture.ts";
 * import assert from "node:assert/strict";
 * const rows = rollRows(fixtureComparison({ days: 3 }), "ant");
 * assert.equal(rows.length, 2 * 5 * 7);
 * ```
 */
export function rollRows(report: Comparison, issuer: string): RollRow[] {
  return worldsOf(report).flatMap(([world, { servicing }]) =>
    (servicing?.rolls ?? []).filter((rolls) => rolls.issuer === issuer).flatMap((
      { states, counts, matrix },
    ) =>
      matrix.flatMap((row, r) => {
        const held = counts[r].reduce((sum, n) => sum + n, 0);
        return row.map((share, c) => ({
          world,
          from: states[r],
          to: states[c],
          share: held === 0 ? null : share,
          accounts: counts[r][c],
        }));
      })
    )
  );
}

/** One point of a vintage's curve. */
export interface VintageRow {
  world: World;
  month: string;
  series: "30+" | "90+";
  monthOnBook: number;
  share: number;
}

/** The curves of an issuer's vintages in both worlds. */
export function vintageRows(report: Comparison, issuer: string): VintageRow[] {
  return worldsOf(report).flatMap(([world, { servicing }]) =>
    (servicing?.vintages ?? []).filter((vintage) => vintage.issuer === issuer).flatMap((
      { month, dpd30Share, dpd90Share },
    ) => [
      ...dpd30Share.map((share, monthOnBook) => ({
        world,
        month,
        series: "30+" as const,
        monthOnBook,
        share,
      })),
      ...dpd90Share.map((share, monthOnBook) => ({
        world,
        month,
        series: "90+" as const,
        monthOnBook,
        share,
      })),
    ])
  );
}

/** The allowance of an issuer at a month's end in one stage, CNY. */
export interface AllowanceRow {
  world: World;
  issuer: string;
  date: Date;
  stage: typeof lossStages[number];
  cny: number;
}

/** Closing allowances by month and stage. */
export function allowanceRows(report: Comparison): AllowanceRow[] {
  return worldsOf(report).flatMap(([world, { servicing }]) =>
    (servicing?.allowances ?? []).flatMap(({ issuer, date, stages }) =>
      lossStages.map((stage) => ({
        world,
        issuer,
        date: new Date(`${date}T00:00:00Z`),
        stage,
        cny: stages[stage].closingFen / 100,
      }))
    )
  );
}

/** The whole run's roll-forward of an issuer and stage in one world, fen: the first opening, all movements, the last closing. */
export function rollForwardOf(
  report: Comparison,
  { world, issuer, stage }: { world: World; issuer: string; stage: typeof lossStages[number] },
): RollForward | undefined {
  const run = worldsOf(report).find(([name]) => name === world)![1];
  const months = (run.servicing?.allowances ?? []).filter((month) => month.issuer === issuer)
    .map(({ stages }) => stages[stage]);
  if (months.length === 0) return undefined;
  const sum = (name: keyof RollForward) => months.reduce((total, month) => total + month[name], 0);
  return {
    openingFen: months[0].openingFen,
    newFen: sum("newFen"),
    transfersFen: sum("transfersFen"),
    remeasurementFen: sum("remeasurementFen"),
    writeOffsFen: sum("writeOffsFen"),
    recoveriesFen: sum("recoveriesFen"),
    closingFen: months[months.length - 1].closingFen,
  };
}
