// The uncertain numbers: each said once in assumptions.yaml, with its unit, base value, range and source.

import { z } from "zod";
import { type Complaint, ScenarioError } from "#/scenarios/complain.ts";
import { explain, unknownKey } from "#/scenarios/explain.ts";
import { parse } from "#/scenarios/parse.ts";
import { described, type Shape, shapeAt } from "#/scenarios/shape.ts";
import { type Group, group, originOf, placeOf, plain, put, spoken, type Tree } from "#/scenarios/tree.ts";
import { type Unit, unitOf, units } from "#/scenarios/units.ts";

const assumptionsSchema = z.record(
  z.string(),
  z.strictObject({
    unit: z.enum(units),
    base: z.number(),
    range: z.array(z.number()).length(2),
    source: z.string().regex(/\S.{2,}/),
  }),
);

/** One uncertain number of the world. */
export interface Assumption {
  unit: Unit;
  /** What a scenario gets that says nothing else. */
  base: number;
  /** The least and the greatest value that a sweep should try. */
  range: [low: number, high: number];
  /** Who published it, or why it was chosen. */
  source: string;
  /** True where nobody published it: its source says `(a)`. */
  assumed: boolean;
}

/** All assumptions, by the dotted path of the scenario that they fill; and the tree that they fill it with. */
export interface Assumptions {
  /** The file as shown to people. */
  file: string;
  byPath: Map<string, Assumption>;
  tree: Group;
}

/** `assumed, 300..2000 bps` or `300..2000 bps`. */
export const inWords = ({ assumed, range, unit }: Assumption): string =>
  `${assumed ? "assumed, " : ""}${range[0]}..${range[1]} ${unit}`;

/**
 * Reads the assumptions.
 *
 * Shapes: the text of assumptions.yaml, a flat mapping from dotted paths to `{ unit, base, range: [low, high], source }`.
 * Errors: {@link ScenarioError} for a path that is no number of the schema, a unit that the key does not say, a base outside
 * its range, a range outside the schema, an empty source.
 *
 * @example
 * ```ts
 * import { parseAssumptions } from "#/scenarios/assumptions.ts";
 * import assert from "node:assert/strict";
 * const text = "demand.waitBps: { unit: bps, base: 1000, range: [300, 2000], source: own estimate (a) }";
 * assert.equal(parseAssumptions(text, "assumptions.yaml").byPath.get("demand.waitBps")?.assumed, true);
 * ```
 */
export function parseAssumptions(text: string, file: string): Assumptions {
  const written = parse(text, file);
  const result = assumptionsSchema.safeParse(plain(written));
  if (!result.success) {
    throw new ScenarioError(
      explain(result.error.issues, written, z.toJSONSchema(assumptionsSchema) as Shape),
    );
  }
  const complaints: Complaint[] = [];
  const byPath = new Map<string, Assumption>();
  let tree: Tree = group([], { file, line: 1 });
  for (const [path, { unit, base, range: [low, high], source }] of Object.entries(result.data)) {
    const complain = (key: string, text: string) =>
      void complaints.push({ place: placeOf(originOf(written, [path, key])), path: `${path}.${key}`, text });
    const steps = path.split("."), shape = shapeAt(steps), number = shape?.type === "integer";
    if (!number || steps.some((step) => /^\d+$/.test(step))) {
      complaints.push({ place: placeOf(originOf(written, [path])), path, text: noNumber(steps, shape) });
      continue;
    }
    const fits = (n: number) => Number.isInteger(n) && n >= shape.minimum! && n <= shape.maximum!;
    if (unit !== unitOf(path)) complain("unit", `found ${unit}; allowed is ${unitOf(path)}, as the key says`);
    if (!(low <= high)) {
      complain("range", `found ${low}..${high}; the low end must not be above the high end`);
    }
    if (!fits(low) || !fits(high)) {
      complain("range", `found ${low}..${high}; allowed is ${described(shape, steps)} at both ends`);
    }
    if (!(base >= low && base <= high)) {
      complain("base", `found ${base}; allowed is its range ${low}..${high}`);
    }
    const assumption = {
      unit,
      base,
      range: [low, high] as [number, number],
      source,
      assumed: source.includes("(a)"),
    };
    byPath.set(path, assumption);
    const at = originOf(written, [path]);
    tree = put(tree, steps, spoken(base, { ...at, says: `${placeOf(at)} (${inWords(assumption)})` }));
  }
  if (complaints.length > 0) throw new ScenarioError(complaints);
  return { file, byPath, tree: tree as Group };
}

function noNumber(steps: string[], shape: Shape | undefined): string {
  if (shape) {
    return `found ${described(shape, steps)} at this path; allowed are paths of single numbers outside lists`;
  }
  let known = 0;
  while (shapeAt(steps.slice(0, known + 1))) known++;
  const under = steps.slice(0, known);
  return unknownKey(steps[known], under, group([], { file: "", line: 0 }));
}
