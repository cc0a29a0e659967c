// The one schema of a sweep: which scenarios are compared, what is varied, what is read, how often it is repeated.

import { z } from "zod";

const whole = (low: number, high: number) => z.int().min(low).max(high);
const axisName = z.string().regex(/^[a-z][A-Za-z0-9]*$/);

/** A value that a lever or an uncertainty can take. */
export const settingSchema = z.union([z.number(), z.string(), z.boolean()])
  .meta({ type: ["number", "string", "boolean"] });

/**
 * The range of an axis in designs that sample: evenly on its scale, to whole steps from `low` where one is said.
 */
export const rangeSchema = z.strictObject({
  low: z.number(),
  high: z.number(),
  scale: z.enum(["linear", "log"]).optional(),
  step: z.number().positive().optional(),
});

/**
 * One axis of the design: `values`, or a `range` that a sampling design draws from. `actsOn` names the scenarios of `base`
 * in which it is set, all of them unless said: where it does nothing, one run a replication serves every value.
 */
export const axisSchema = z.strictObject({
  name: axisName,
  title: z.string().min(3).max(120),
  path: z.string().min(1).max(120),
  values: z.array(settingSchema).min(1).max(200).optional(),
  range: rangeSchema.optional(),
  actsOn: z.array(z.string().min(1).max(200)).min(1).max(12).optional(),
});

/** Which points of the space of axes are run. A larger design of a kind begins with the smaller one, but for `fast`. */
export const designSchema = z.discriminatedUnion("kind", [
  /** Every combination of all values. */
  z.strictObject({ kind: z.literal("factorial") }),
  /** The first value of every axis, then each other value by itself. */
  z.strictObject({ kind: z.literal("oneAtATime") }),
  /** The points that the file lists. */
  z.strictObject({
    kind: z.literal("list"),
    points: z.array(z.record(axisName, settingSchema)).min(1).max(10_000),
  }),
  z.strictObject({ kind: z.literal("latinHypercube"), rows: whole(2, 100_000) }),
  z.strictObject({ kind: z.literal("sobol"), rows: whole(2, 100_000), scrambled: z.boolean().optional() }),
  z.strictObject({ kind: z.literal("halton"), rows: whole(2, 100_000), scrambled: z.boolean().optional() }),
  /** For Sobol' indices; `pairs` for those of second order. */
  z.strictObject({ kind: z.literal("saltelli"), baseRows: whole(8, 65_536), pairs: z.boolean().optional() }),
  /** For Morris' screening. */
  z.strictObject({ kind: z.literal("morris"), paths: whole(2, 10_000), levels: whole(4, 64).optional() }),
  /** For the Fourier amplitude test: rows for each axis. */
  z.strictObject({ kind: z.literal("fast"), rows: whole(65, 65_536) }),
  /** For derivative-based measures: from each base row a `step` along every axis, as a part of its range; a twentieth unless said. */
  z.strictObject({
    kind: z.literal("finiteDifferences"),
    baseRows: whole(8, 65_536),
    step: z.number().min(0.001).max(0.5).optional(),
  }),
]);

/** Everything that a sweep says. Without a design it is factorial: every combination of all values, for every scenario of `base`. */
export const sweepSchema = z.strictObject({
  title: z.string().min(3).max(160),
  base: z.array(z.string().min(1).max(200)).min(1).max(12),
  seed: z.string().min(1).max(80),
  shoppers: whole(100, 50_000_000),
  days: whole(1, 3_650),
  replications: whole(1, 10_000),
  design: designSchema.optional(),
  levers: z.array(axisSchema).max(32).optional(),
  uncertainties: z.array(axisSchema).max(32).optional(),
  outcomes: z.array(z.string().min(1).max(80)).min(1).max(80),
  heatmap: z.strictObject({ x: axisName, y: axisName, outcome: z.string().min(1).max(80) }).optional(),
}).meta({ title: "A Hutong sweep" });

/** A value that an axis takes. */
export type Setting = z.infer<typeof settingSchema>;
/** A lever (ours) or an uncertainty (the world's): the scenario path that it sets, and the values it takes. */
export type Axis = Omit<z.infer<typeof axisSchema>, "values"> & {
  /** Empty where there is a range. */
  values: Setting[];
};
/** Where a sampling design draws an axis from. */
export type Range = z.infer<typeof rangeSchema>;
/** Which points are run. */
export type DesignTerms = z.infer<typeof designSchema>;

/** A sweep after its file has been read, its options applied and its names checked: plain data. */
export interface Sweep
  extends Required<Omit<z.infer<typeof sweepSchema>, "heatmap" | "levers" | "uncertainties">> {
  levers: Axis[];
  uncertainties: Axis[];
  /** The file's name without folder and ending. */
  name: string;
  /** What its heatmap shows: two axes (or `scenario` as `y`) and an outcome. */
  heatmap: { x: string; y: string; outcome: string } | null;
  /** The file as shown to people. */
  file: string;
  /** The files of those scenarios of `base` that are not shipped, by their name in the sweep. */
  files: Record<string, string>;
  /** Where each axis stands, for complaints: scenario path → `file:line`. */
  places: Record<string, string>;
}
