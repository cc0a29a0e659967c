// The file of what may happen to a project, read and checked: numbers and events with unit, base, range and source.

import { join } from "node:path";
import { z } from "zod";
import {
  type Moved,
  movedUnits,
  shapes,
  type Sourced,
  type Uncertainty,
} from "#/model/project/uncertainty.ts";
import { library } from "#/scenarios/chain.ts";
import { refuse, ScenarioError, shown } from "#/scenarios/complain.ts";
import { explain } from "#/scenarios/explain.ts";
import { parse } from "#/scenarios/parse.ts";
import { readText } from "#/scenarios/read.ts";
import type { Shape } from "#/scenarios/shape.ts";
import { originOf, placeOf, plain } from "#/scenarios/tree.ts";

const most = 900_000_000_000;
const sourced = (unit: z.ZodType<string>) =>
  z.strictObject({
    unit,
    base: z.number().min(-most).max(most),
    range: z.tuple([z.number().min(-most).max(most), z.number().min(-most).max(most)]),
    source: z.string().min(3).max(300),
  });
const common = {
  name: z.string().regex(/^[a-z][A-Za-z0-9]*$/).max(60),
  title: z.string().min(3).max(120),
};
const units = Object.values(movedUnits);

/** Everything that a file of uncertainties says. */
export const uncertaintiesSchema = z.strictObject({
  title: z.string().min(3).max(160),
  pilot: z.strictObject({ months: sourced(z.literal("months")), cost: sourced(z.literal("CNY")) }),
  uncertainties: z.array(z.union([
    z.strictObject({
      ...common,
      moves: z.enum(Object.keys(movedUnits) as Moved[]),
      shape: z.enum(shapes),
      number: sourced(z.enum(units)),
      toldByPilot: z.boolean().optional(),
    }),
    z.strictObject({
      ...common,
      event: z.strictObject({
        perYear: sourced(z.literal("bps a year")),
        cost: sourced(z.literal("CNY")),
        revenueCut: sourced(z.literal("bps")),
        lasts: sourced(z.literal("months")),
        preventedByAudits: sourced(z.literal("bps")),
      }),
      needsOpening: z.boolean(),
    }),
  ])).min(1).max(12),
}).meta({ title: "What may happen to a Hutong project" });

/** A file of uncertainties, read and checked. */
export interface LoadedUncertainties {
  title: string;
  file: string;
  uncertainties: Uncertainty[];
  pilot: { months: Sourced; costFen: Sourced };
}

/**
 * Reads the shipped uncertainties, or those of a path.
 *
 * Errors: {@link ScenarioError} with file and line for what the schema refuses, a name said twice, a range upside down or
 * without its base, a unit that is not that of what is moved, a lognormal number that can be zero, and rates or cuts below zero.
 *
 * @example
 * ```ts
 * import { readUncertainties } from "#/scenarios/uncertainties.ts";
 * import assert from "node:assert/strict";
 * const { uncertainties } = readUncertainties();
 * assert.ok(uncertainties.some((one) => one.kind === "event" && one.name === "privacy"));
 * ```
 */
export function readUncertainties(path?: string): LoadedUncertainties {
  const from = library(), file = path ?? `${from.shown}/uncertainties.yaml`;
  const read = readText(path ?? join(from.folder, "uncertainties.yaml"));
  if ("fault" in read) refuse(read.line > 0 ? `${file}:${read.line}` : file, "", read.fault);
  const tree = parse(read.text, file), parsed = uncertaintiesSchema.safeParse(plain(tree));
  if (!parsed.success) {
    throw new ScenarioError(explain(parsed.error.issues, tree, z.toJSONSchema(uncertaintiesSchema) as Shape));
  }
  const { title, pilot, uncertainties } = parsed.data;
  const stop = (path: string, text: string): never =>
    refuse(placeOf(originOf(tree, path.split("."))), path, text);
  const check = ({ base, range: [low, high] }: Sourced, path: string, least = -Infinity) => {
    if (!(low <= high)) stop(`${path}.range`, `found ${low} to ${high}; the low end comes first`);
    if (!(base >= low && base <= high)) {
      stop(`${path}.base`, `found ${base}; allowed is its range ${low} to ${high}`);
    }
    if (low < least) stop(`${path}.range`, `found ${low}; allowed is ${least} or more`);
  };
  check(pilot.months, "pilot.months", 0);
  check(pilot.cost, "pilot.cost", 0);
  const names = uncertainties.map(({ name }) => name);
  for (const [i, one] of uncertainties.entries()) {
    const at = `uncertainties.${i}`;
    if (names.indexOf(one.name) < i) {
      stop(`${at}.name`, `found ${shown(one.name)} a second time; allowed is once`);
    }
    if ("event" in one) {
      for (const [key, number] of Object.entries(one.event)) check(number, `${at}.event.${key}`, 0);
      for (const key of ["revenueCut", "preventedByAudits"] as const) {
        if (one.event[key].range[1] > 10_000) {
          stop(`${at}.event.${key}.range`, `found ${one.event[key].range[1]}; allowed is at most 10000`);
        }
      }
      continue;
    }
    check(one.number, `${at}.number`, one.shape === "lognormal" ? 1e-9 : undefined);
    if (one.number.unit !== movedUnits[one.moves]) {
      stop(
        `${at}.number.unit`,
        `found ${shown(one.number.unit)}; allowed with ${one.moves} is ${shown(movedUnits[one.moves])}`,
      );
    }
  }
  return {
    title,
    file,
    pilot: { months: pilot.months, costFen: inFen(pilot.cost) },
    uncertainties: uncertainties.map((one): Uncertainty =>
      "event" in one
        ? {
          kind: "event",
          name: one.name,
          title: one.title,
          perYearBps: one.event.perYear,
          costFen: inFen(one.event.cost),
          revenueCutBps: one.event.revenueCut,
          lastsMonths: one.event.lasts,
          preventedByAuditsBps: one.event.preventedByAudits,
          needsOpening: one.needsOpening,
        }
        : {
          kind: "number",
          name: one.name,
          title: one.title,
          moves: one.moves,
          shape: one.shape,
          ...{ base: one.number.base, range: one.number.range, source: one.number.source },
          isToldByPilot: one.toldByPilot ?? false,
        }
    ),
  };
}

const inFen = ({ base, range: [low, high], source }: Sourced): Sourced => ({
  base: base * 100,
  range: [low * 100, high * 100],
  source,
});
