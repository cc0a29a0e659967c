// What a sweep's page shows: which two axes, which outcome, and its fields for the map.

import { axesOf } from "#/sim/experiments/design.ts";
import { type HeatmapCell, heatmapCells, type SweepTable } from "#/sim/experiments/read.ts";

/** The axes and the outcome of a map. `y` may be `scenario`. */
export interface MapChoice {
  x: string;
  y: string;
  outcome: string;
}

/**
 * What the map shows: the file's own choice with another outcome where one is asked for; without a choice in the file,
 * the first two axes (the scenarios, where there is one axis) and the first outcome. Undefined without any axis.
 */
export function mapChoice({ design }: Pick<SweepTable, "design">, asked?: string): MapChoice | undefined {
  const [first, second] = axesOf(design as Parameters<typeof axesOf>[0]);
  if (!first) return undefined;
  const own = design.heatmap ?? {
    x: first.name,
    y: second?.name ?? "scenario",
    outcome: design.outcomes[0],
  };
  return { ...own, outcome: asked !== undefined && design.outcomes.includes(asked) ? asked : own.outcome };
}

/** The fields of the map of one outcome. */
export function mapCells(table: SweepTable, choice: MapChoice): HeatmapCell[] {
  return heatmapCells({ ...table, design: { ...table.design, heatmap: choice } });
}

/** The title of an axis as its file says it; `scenario` has none. */
export function axisTitle({ design }: Pick<SweepTable, "design">, name: string): string {
  return axesOf(design as Parameters<typeof axesOf>[0]).find((axis) => axis.name === name)?.title ?? name;
}

/** The values of an axis in file order; for `scenario` the compared scenarios. */
export function axisValues(
  { design }: Pick<SweepTable, "design">,
  name: string,
): (string | number | boolean)[] {
  if (name === "scenario") return [...design.base];
  return axesOf(design as Parameters<typeof axesOf>[0]).find((axis) => axis.name === name)?.values ?? [];
}
