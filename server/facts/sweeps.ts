// What a sweep's page shows: which two axes, which outcome, and its fields for the map.

import { axesOf } from "#/sim/experiments/design.ts";
import { type HeatmapCell, heatmapCells, type SweepTable } from "#/sim/experiments/read.ts";
import { difference } from "#/server/format.ts";
import { outcomeWord } from "#/server/outcome_words.ts";
import { axisWord } from "#/server/words.ts";

/** The axes and the outcome of a map. `y` may be `scenario`. */
export interface MapChoice {
  x: string;
  y: string;
  outcome: string;
}

/**
 * What the map shows: the file's own choice with another outcome where one is asked for; without a choice in the file,
 * the first two axes (the scenarios, where there is one axis) and the first outcome. Undefined without any axis, and for
 * designs that are no grid.
 */
export function mapChoice({ design }: Pick<SweepTable, "design">, asked?: string): MapChoice | undefined {
  if (design.design.kind !== "factorial") return undefined;
  const [first, second] = axesOf(design as Parameters<typeof axesOf>[0]);
  if (!first) return undefined;
  const own = design.heatmap ?? {
    x: first.name,
    y: second?.name ?? "scenario",
    outcome: design.outcomes[0],
  };
  return { ...own, outcome: asked !== undefined && design.outcomes.includes(asked) ? asked : own.outcome };
}

/** Whether a scenario changes over the map: one that neither axis acts on is the same in every field. */
export function varies(
  { design }: Pick<SweepTable, "design">,
  { x, y }: MapChoice,
  scenario: string,
): boolean {
  const axes = axesOf(design as Parameters<typeof axesOf>[0]);
  return [x, y].some((name) =>
    name === "scenario" ||
    (axes.find((axis) => axis.name === name)?.actsOn?.includes(scenario) ?? true)
  );
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

/** Where on the map the compared scenario gains and loses most against the reference. */
export function mapFinding(table: SweepTable, choice: MapChoice): string {
  const { outcome, x, y } = choice;
  const unit = table.analysis.units[outcome] ?? "";
  const known = mapCells(table, choice).filter(({ difference }) => difference !== null);
  if (known.length === 0) return `${outcomeWord(outcome)} over ${axisTitle(table, x)}`;
  const most = known.reduce((a, b) => b.difference!.mean > a.difference!.mean ? b : a);
  const least = known.reduce((a, b) => b.difference!.mean < a.difference!.mean ? b : a);
  const sure =
    known.filter(({ difference }) =>
      difference!.low !== null && (difference!.low > 0 || difference!.high! < 0)
    ).length;
  const at = (one: typeof most) => `${axisWord(x)} ${axisWord(one.x)}, ${axisWord(y)} ${axisWord(one.y)}`;
  const range = most.difference!.mean === least.difference!.mean
    ? `${difference(most.difference!.mean, unit)} everywhere`
    : `${difference(least.difference!.mean, unit)} (${at(least)}) to ${
      difference(most.difference!.mean, unit)
    } ` +
      `(${at(most)})`;
  return `${outcomeWord(outcome)} against ${
    table.design.base[0]
  }: ${range}; the sign is sure in ${sure} of ` +
    `${known.length} fields`;
}
