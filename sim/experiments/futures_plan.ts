// What the futures of a run are: a number of lucks, named futures of a file, or shocks drawn from the ranges of a file.

import { z } from "zod";
import { latinHypercube } from "#/model/statistics/designs/latin_hypercube.ts";
import { type Shock, shockSchema } from "#/scenarios/schema.ts";
import { rangeSchema } from "#/scenarios/sweep_schema.ts";
import { readYamlFile } from "#/scenarios/yaml_file.ts";
import { designSeed, valueAt } from "#/sim/experiments/design_rows.ts";

const most = 10_000;

/** A shock of which any number may be a range. */
const drawnShockSchema = z.record(z.string(), z.union([z.string(), z.number(), rangeSchema]));

/**
 * What a file of futures says: named futures, each with shocks of its own, all continued under as many lucks; or one list of
 * shocks with ranges, of which a Latin hypercube draws as many futures as are asked for.
 */
export const futuresSchema = z.strictObject({
  title: z.string().min(3).max(160),
  /** How many lucks each future is continued under; the first is the run's own. */
  lucks: z.int().min(1).max(most).optional(),
  futures: z.array(z.strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]*$/),
    shocks: z.array(shockSchema).max(50),
  })).min(1).max(1_000).optional(),
  /** How many futures are drawn where the call does not say, and of what. */
  rows: z.int().min(2).max(most).optional(),
  drawn: z.array(drawnShockSchema).min(1).max(50).optional(),
}).meta({ title: "Futures of a run" });

/** One future of a plan. */
export interface PlannedFuture {
  name: string;
  shocks: readonly Shock[];
  /** Shocks by luck in place of `shocks`, with the values that were drawn. */
  drawn?: readonly { shocks: readonly Shock[]; values: Record<string, number> }[];
}

/** Futures as they are run. */
export interface FuturesPlan {
  title: string;
  lucks: number;
  futures: PlannedFuture[];
}

/** What a plan is made for. */
export interface PlanTerms {
  /** The day on which futures begin, and how many the run has. */
  day: number;
  days: number;
  /** The seed phrase of the scenario: the design follows from it. */
  seed: string;
  /** The file of `text`, where it is not called so. */
  path?: string;
  /** How many futures are drawn from the ranges of a file. */
  rows?: number;
}

/**
 * The plan that a number or a file says: `50` is the run as it is, continued under 50 lucks. Of a file with ranges each future is
 * drawn with a luck of its own, and stands beside the same luck without its shocks.
 *
 * Errors: `RangeError` for a number out of range; `ScenarioError` with file and line for what the schema refuses, a name said
 * twice, a shock before the day or after the run, a number of rows for a file without ranges.
 */
export function futuresPlan(text: string, { day, days, seed, path = text, rows }: PlanTerms): FuturesPlan {
  if (/^\d+$/.test(text)) {
    const lucks = Number(text);
    if (lucks < 1 || lucks > most) {
      throw new RangeError(`--futures: found ${text}; allowed is a whole number from 1 to 10,000, or a file`);
    }
    return { title: `${lucks} lucks`, lucks, futures: [{ name: "as-supposed", shocks: [] }] };
  }
  const { data, stop } = readYamlFile(path, { file: text, schema: futuresSchema });
  const within = ({ fromDay, untilDay }: Shock, at: string) => {
    if (fromDay < day || fromDay >= days) {
      stop(
        `${at}.fromDay`,
        `found ${fromDay}; allowed are days ${day} to ${days - 1}: what was before is the same in all`,
      );
    }
    if (untilDay <= fromDay) {
      stop(`${at}.untilDay`, `found ${untilDay}; allowed is more than fromDay, ${fromDay}`);
    }
  };
  if (data.drawn !== undefined) {
    if (data.futures !== undefined || data.lucks !== undefined) {
      const at = data.futures !== undefined ? "futures" : "lucks";
      stop(at, "found beside drawn; allowed is one of them: each drawn future has a luck of its own");
    }
    const count = rows ?? data.rows;
    if (count === undefined) {
      stop(
        "drawn",
        "found no rows; allowed is how many futures are drawn, as rows or as --futures N --shocks FILE",
      );
    }
    const drawn = drawnShocks(data.drawn, { rows: count!, seed, stop });
    for (const { shocks } of drawn) shocks.forEach((shock, k) => within(shock, `drawn.${k}`));
    return {
      title: data.title,
      lucks: drawn.length,
      futures: [{ name: "as-supposed", shocks: [] }, { name: "drawn", shocks: [], drawn }],
    };
  }
  if (data.futures === undefined) stop("title", "found neither futures nor drawn; allowed is one of them");
  if (rows !== undefined) {
    stop(
      "futures",
      `found named futures; allowed with --futures ${rows} --shocks is a file that says drawn, with ranges`,
    );
  }
  if (data.rows !== undefined) stop("rows", "found without drawn; allowed together with it");
  const names = new Set<string>();
  for (const [i, { name, shocks }] of data.futures!.entries()) {
    if (names.has(name)) stop(`futures.${i}.name`, `found "${name}" a second time; allowed is once`);
    names.add(name);
    for (const [k, shock] of shocks.entries()) within(shock, `futures.${i}.shocks.${k}`);
  }
  return { title: data.title, lucks: data.lucks ?? 1, futures: data.futures! };
}

type DrawnShock = z.infer<typeof drawnShockSchema>;

/** As many lists of shocks as there are rows: a Latin hypercube over all ranges, to whole steps unless a step is said. */
function drawnShocks(
  said: readonly DrawnShock[],
  { rows, seed, stop }: { rows: number; seed: string; stop: (path: string, text: string) => never },
): { shocks: Shock[]; values: Record<string, number> }[] {
  const axes = said.flatMap((shock, k) =>
    Object.entries(shock).flatMap(([field, value]) => {
      if (typeof value !== "object") return [];
      const { low, high, scale } = value;
      if (!(low < high) || scale === "log" && low <= 0) {
        stop(
          `drawn.${k}.${field}`,
          `found ${low} to ${high}; allowed is low below high${scale === "log" ? ", both above 0" : ""}`,
        );
      }
      const twin = said.findIndex(({ event }) => event === shock.event) !== k;
      const name = `${shock.event}${twin ? ` ${k + 1}` : ""}.${field}`;
      return [{ name, title: name, path: name, values: [], k, field, range: { step: 1, ...value } }];
    })
  );
  if (axes.length === 0) stop("drawn", "found no range; allowed is { low, high } for at least one number");
  const points = latinHypercube({ rows, dims: axes.length, seed: designSeed(`futures/${seed}`) });
  return Array.from({ length: rows }, (_, row) => {
    const own = said.map((shock) => ({ ...shock })), values: Record<string, number> = {};
    for (const [d, axis] of axes.entries()) {
      const value = valueAt(axis, points[row * axes.length + d]) as number;
      own[axis.k][axis.field] = values[axis.name] = value;
    }
    const shocks = own.map((shock, k) => {
      const read = shockSchema.safeParse(shock);
      if (read.success) return read.data;
      const [{ path, message }] = read.error.issues;
      return stop([`drawn.${k}`, ...path].join("."), `${message}; drawn was ${JSON.stringify(shock)}`);
    });
    return { shocks, values };
  });
}
