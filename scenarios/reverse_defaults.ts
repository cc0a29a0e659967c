// Where a reverse stress test looks when nobody says where: shocks with ranges, laws, correlations and their sources, by condition.

import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Scenario } from "#/scenarios/schema.ts";
import { rangeSchema } from "#/scenarios/sweep_schema.ts";
import { readYamlFile } from "#/scenarios/yaml_file.ts";

const file = "scenarios/shocks/reverse.yaml";
const dimension = {
  title: z.string().min(3).max(120),
  range: rangeSchema.omit({ step: true }),
  law: z.strictObject({ middle: z.union([z.literal("base"), z.number()]), sd: z.number().positive() }),
  source: z.string().min(3).max(400),
};
const schema = z.strictObject({
  sets: z.array(z.strictObject({
    name: z.string().regex(/^[a-z]+$/),
    title: z.string().min(3).max(120),
    conditions: z.array(z.string()).min(1),
    dimensions: z.array(z.union([
      z.strictObject({ path: z.string(), ...dimension }),
      z.strictObject({
        shock: z.record(z.string(), z.union([z.string(), z.number()])),
        moves: z.string(),
        ...dimension,
      }),
    ])).min(1).max(5),
    correlations: z.array(z.strictObject({
      /** Places in the list of dimensions, from 1. */
      between: z.tuple([z.int().min(1), z.int().min(1)]),
      is: z.number().gt(-1).lt(1),
      source: z.string().min(3).max(400),
    })),
  })).min(1),
});

/** A dimension that is proposed: as `--over` and `--law` would say it. */
export interface ProposedDimension {
  path: string;
  title: string;
  low: number;
  high: number;
  isLog: boolean;
  /** Null for the number at which the scenario stands. */
  middle: number | null;
  sd: number;
  source: string;
}

/** What is proposed for a condition. */
export interface Proposal {
  name: string;
  title: string;
  dimensions: ProposedDimension[];
  correlations: { paths: [string, string]; is: number; source: string }[];
  /** Settings under which the scenario knows the dimensions: its shocks with those proposed, at rest. */
  set: string[];
}

/** The sets of dimensions as the file says them. */
export const reverseSets = (): z.infer<typeof schema>["sets"] =>
  readYamlFile(fileURLToPath(new URL("./shocks/reverse.yaml", import.meta.url)), { file, schema }).data.sets;

/**
 * Dimensions for a condition: those of the set that names it or what it begins with, else those of credit.
 *
 * Shapes: the first `count` of the set; `condition` as `insolvency.ant`. Shocks stand behind those of the scenario.
 *
 * @example
 * ```ts
 * import { load } from "#/scenarios/load.ts";
 * import { proposalFor } from "#/scenarios/reverse_defaults.ts";
 * import assert from "node:assert/strict";
 * const { dimensions, set } = proposalFor("insolvency.ant", load("interop").scenario, 2);
 * assert.deepEqual(dimensions.map(({ path }) => path), ["shocks.0.plusBps", "behaviour.hardshipPerYearBps"]);
 * assert.ok(set[0].startsWith("shocks=[{"));
 * ```
 */
export function proposalFor(condition: string, scenario: Scenario, count: number): Proposal {
  const sets = reverseSets();
  const names = (wanted: string) => sets.find(({ conditions }) => conditions.includes(wanted));
  const { name, title, dimensions: all, correlations } = names(condition) ?? names(condition.split(".")[0]) ??
    sets[0];
  const issuer = /\.(jd|ant)(\.|$)/.exec(condition)?.[1] ?? "ant", shocks: object[] = [...scenario.shocks];
  const dimensions = all.slice(0, count).map((own): ProposedDimension => {
    const { title, range: { low, high, scale }, law, source } = own;
    let path: string;
    if ("path" in own) path = own.path.replace("{issuer}", issuer);
    else {
      path = `shocks.${shocks.length}.${own.moves}`;
      const terms = Object.entries(own.shock).map((
        [key, value],
      ) => [key, value === "{issuer}" ? issuer : value]);
      shocks.push({ ...Object.fromEntries(terms), fromDay: 0, untilDay: scenario.world.days });
    }
    const middle = law.middle === "base" ? null : law.middle;
    return { path, title, low, high, isLog: scale === "log", middle, sd: law.sd, source };
  });
  return {
    ...{ name, title, dimensions },
    correlations: correlations.filter(({ between }) => between.every((at) => at <= dimensions.length)).map((
      { between: [a, b], is, source },
    ) => ({ paths: [dimensions[a - 1].path, dimensions[b - 1].path], is, source })),
    set: shocks.length > scenario.shocks.length ? [`shocks=${JSON.stringify(shocks)}`] : [],
  };
}
