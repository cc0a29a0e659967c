// The one schema of a sweep: which scenarios are compared, what is varied, what is read, how often it is repeated.

import { z } from "zod";

const whole = (low: number, high: number) => z.int().min(low).max(high);
const axisName = z.string().regex(/^[a-z][A-Za-z0-9]*$/);

/** A value that a lever or an uncertainty can take. */
export const settingSchema = z.union([z.number(), z.string(), z.boolean()])
  .meta({ type: ["number", "string", "boolean"] });

/**
 * One axis of the grid. `actsOn` names the scenarios of `base` in which it is set, all of them unless said: where it does
 * nothing, one run a replication serves every value.
 */
export const axisSchema = z.strictObject({
  name: axisName,
  title: z.string().min(3).max(120),
  path: z.string().min(1).max(120),
  values: z.array(settingSchema).min(1).max(200),
  actsOn: z.array(z.string().min(1).max(200)).min(1).max(12).optional(),
});

/** Everything that a sweep says. Its grid is factorial: every combination of all values, for every scenario of `base`. */
export const sweepSchema = z.strictObject({
  title: z.string().min(3).max(160),
  base: z.array(z.string().min(1).max(200)).min(1).max(12),
  seed: z.string().min(1).max(80),
  shoppers: whole(100, 50_000_000),
  days: whole(1, 3_650),
  replications: whole(1, 10_000),
  levers: z.array(axisSchema).max(8).optional(),
  uncertainties: z.array(axisSchema).max(8).optional(),
  outcomes: z.array(z.string().min(1).max(80)).min(1).max(80),
  heatmap: z.strictObject({ x: axisName, y: axisName, outcome: z.string().min(1).max(80) }).optional(),
}).meta({ title: "A Hutong sweep" });

/** A value that an axis takes. */
export type Setting = z.infer<typeof settingSchema>;
/** A lever (ours) or an uncertainty (the world's): the scenario path that it sets, and the values it takes. */
export type Axis = z.infer<typeof axisSchema>;

/** A sweep after its file has been read, its options applied and its names checked: plain data. */
export interface Sweep extends Required<Omit<z.infer<typeof sweepSchema>, "heatmap">> {
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
