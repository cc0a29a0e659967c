// The command that runs one cell of a sweep again, on its own.

import type { Point } from "#/sim/experiments/design.ts";
import { setOptions } from "#/sim/experiments/design.ts";
import type { Sweep } from "#/scenarios/sweep_schema.ts";

const word = (text: string) => /^[\w./=:@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * The replay line of a point and a replication.
 *
 * Shapes: one line for a POSIX shell; what a shell would read otherwise stands in single quotes.
 */
export function replayLine(
  sweep: Sweep,
  point: Pick<Point, "scenario" | "settings">,
  replication: number,
): string {
  const set = setOptions(sweep, point.settings).flatMap((setting) => ["--set", setting]);
  const scenario = sweep.files[point.scenario] ?? point.scenario;
  const sizes = [
    ...(sweep.shoppers === undefined ? [] : ["--shoppers", String(sweep.shoppers)]),
    ...(sweep.days === undefined ? [] : ["--days", String(sweep.days)]),
  ];
  const parts = [
    "run",
    scenario,
    ...set,
    "--seed",
    sweep.seed,
    "--replication",
    String(replication),
    ...sizes,
    "--json",
  ];
  return `deno task hutong ${parts.map(word).join(" ")}`;
}
