// Which part of a spread comes from what may happen and which from the run's own luck: a two-way table of draws and replications.

import { preciseNormalQuantile, studentQuantile } from "#/model/statistics/distributions.ts";

/** The parts of a table's spread, in the unit of its numbers. */
export interface TwoWay {
  mean: number;
  /** Standard deviation over draws: what is uncertain about the world, whatever the number of shoppers. */
  uncertainty: number;
  /** Standard deviation over replications of a result that one replication gives: what too few shoppers leave open. */
  simulation: number | null;
  /** Standard error of the mean from replications, and from the number of draws. */
  simulationError: number | null;
  drawError: number;
  /** 95 % interval of the mean, both errors in it. */
  low: number;
  high: number;
}

/**
 * Splits the spread of a full table of replications × draws.
 *
 * A column is a draw, the same in all replications; a row is a replication, under all draws. Mean squares of rows, columns and the
 * rest give the parts; a part below zero counts as zero. With one replication the simulation's part is not known, and the
 * interval holds the error of the draws only.
 * Shapes: `table[r * draws + k]`, at least two draws. Errors: `RangeError` for other shapes.
 * Source: two-way analysis of variance with random effects and one observation a cell.
 *
 * @example
 * ```ts
 * import { twoWay } from "#/model/project/two_way.ts";
 * import assert from "node:assert/strict";
 * const { mean, uncertainty, simulation } = twoWay([1, 3, 2, 4], { replications: 2, draws: 2 });
 * assert.equal(mean, 2.5);
 * assert.equal((uncertainty ** 2).toFixed(6), "2.000000");
 * assert.equal((simulation! ** 2).toFixed(6), "0.500000");
 * ```
 */
export function twoWay(
  table: ArrayLike<number>,
  { replications, draws }: { replications: number; draws: number },
): TwoWay {
  if (draws < 2 || replications < 1 || table.length !== replications * draws) {
    throw new RangeError(
      `Cannot split ${table.length} results of ${replications} replications and ${draws} draws: ` +
        "at least 2 draws and one result each are needed",
    );
  }
  const rows = new Float64Array(replications), columns = new Float64Array(draws);
  for (let r = 0; r < replications; r++) {
    for (let k = 0; k < draws; k++) {
      rows[r] += table[r * draws + k] / draws;
      columns[k] += table[r * draws + k] / replications;
    }
  }
  let mean = 0;
  for (const row of rows) mean += row / replications;
  const squares = (values: Float64Array) => values.reduce((sum, value) => sum + square(value - mean), 0);
  const ofColumns = squares(columns) / (draws - 1), z = preciseNormalQuantile(0.975);
  if (replications === 1) {
    const drawError = Math.sqrt(ofColumns / draws), half = z * drawError;
    return {
      mean,
      uncertainty: Math.sqrt(ofColumns),
      simulation: null,
      simulationError: null,
      drawError,
      low: mean - half,
      high: mean + half,
    };
  }
  const ofRows = squares(rows) / (replications - 1);
  let left = 0;
  for (let r = 0; r < replications; r++) {
    for (let k = 0; k < draws; k++) {
      left += square(table[r * draws + k] - rows[r] - columns[k] + mean);
    }
  }
  const rest = left / ((replications - 1) * (draws - 1));
  const simulation = Math.max(0, ofRows - rest / draws),
    uncertainty = Math.max(0, ofColumns - rest / replications);
  const simulationError = Math.sqrt(ofRows / replications), drawError = Math.sqrt(uncertainty / draws);
  const t = studentQuantile(0.975, replications - 1);
  const half = Math.sqrt(square(t * simulationError) + square(z * drawError));
  return {
    mean,
    uncertainty: Math.sqrt(uncertainty),
    simulation: Math.sqrt(simulation + rest),
    simulationError,
    drawError,
    low: mean - half,
    high: mean + half,
  };
}

const square = (x: number) => x * x;
