// What the reverse command is told of its dimensions: their ranges and laws, and how they go together.

import { listed, refuse } from "#/scenarios/complain.ts";
import { shapeAt } from "#/scenarios/shape.ts";
import type { Scenario } from "#/scenarios/schema.ts";
import type { Dimension } from "#/sim/experiments/reverse_space.ts";

const number = "(-?[\\d.]+(?:e[+-]?\\d+)?)";

/** Reads `path=low..high`, with `:log` for a logarithmic range; the base is where the scenario stands. */
export function dimensionOf(text: string, scenario: Scenario): Dimension {
  const [, path = "", low, high, log] =
    new RegExp(`^([^=\\s]+)=${number}\\.\\.${number}(:log)?$`, "i").exec(text.trim()) ?? [];
  if (high === undefined) {
    refuse(
      "--over",
      "",
      `found ${
        JSON.stringify(text)
      }; allowed is path=low..high, such as behaviour.hardshipPerYearBps=700..8000, with :log after it`,
    );
  }
  const shape = shapeAt(path.split("."));
  let base: unknown = scenario;
  for (const key of path.split(".")) base = (base as Record<string, unknown> | undefined)?.[key];
  if (typeof base !== "number" || shape?.type !== "integer" && shape?.type !== "number") {
    refuse("--over", path, "is the path of no number; allowed is one that `scenarios show` lists");
  }
  const range = { low: Number(low), high: Number(high) }, isWhole = shape.type === "integer";
  if (!(range.low < range.high)) {
    refuse("--over", path, `found ${low}..${high}; allowed is a lower number before a higher one`);
  }
  if (range.low < (shape.minimum ?? -Infinity) || range.high > (shape.maximum ?? Infinity)) {
    refuse(
      "--over",
      path,
      `found ${low}..${high}; allowed are ${shape.minimum ?? "any"} to ${shape.maximum ?? "any"}`,
    );
  }
  if (base < range.low || base > range.high) {
    refuse(
      "--over",
      path,
      `found ${low}..${high}, and the scenario stands at ${base}; allowed is a range around it`,
    );
  }
  if (log && range.low <= 0) {
    refuse("--over", path, `found ${low} on a logarithmic range; allowed is more than 0`);
  }
  return {
    axis: {
      ...{ name: path, title: path, path, values: [] },
      range: { ...range, scale: log ? "log" : "linear", ...isWhole ? { step: 1 } : {} },
    },
    base,
  };
}

/** Reads `path=middle,sd` into the law of a dimension. */
export function lawInto(text: string, dimensions: readonly Dimension[]): void {
  const [, path, middle, sd] = new RegExp(`^([^=\\s]+)=${number},${number}$`, "i").exec(text.trim()) ?? [];
  const it = dimensions.find(({ axis }) => axis.path === path);
  if (sd === undefined || !it) {
    refuse(
      "--law",
      "",
      `found ${JSON.stringify(text)}; allowed is path=middle,sd for ${
        listed(dimensions.map(({ axis }) => axis.path))
      }`,
    );
  }
  const { low, high } = it.axis.range!;
  if (!(Number(sd) > 0)) refuse("--law", path, `found a deviation of ${sd}; allowed is more than 0`);
  if (Number(middle) < low || Number(middle) > high) {
    refuse("--law", path, `found a middle of ${middle}; allowed is one in the range, ${low} to ${high}`);
  }
  it.law = { middle: Number(middle), sd: Number(sd) };
}

/** Reads `path,path=correlation` into a matrix. */
export function correlationsOf(texts: readonly string[], dimensions: readonly Dimension[]): number[][] {
  const matrix: number[][] = dimensions.map((_, i) => dimensions.map((_, j) => i === j ? 1 : 0));
  for (const text of texts) {
    const [, a, b, value] = new RegExp(`^([^=,\\s]+),([^=,\\s]+)=${number}$`, "i").exec(text.trim()) ?? [];
    const [i, j] = [a, b].map((path) => dimensions.findIndex(({ axis }) => axis.path === path));
    const by = Number(value);
    if (value === undefined || i < 0 || j < 0 || i === j || !(Math.abs(by) < 1)) {
      refuse(
        "--correlation",
        "",
        `found ${JSON.stringify(text)}; allowed is path,path=number between -1 and 1, of two of ${
          listed(dimensions.map(({ axis }) => axis.path))
        }`,
      );
    }
    matrix[i][j] = matrix[j][i] = by;
  }
  return matrix;
}
