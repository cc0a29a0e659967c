// The flows that a plan is agreed on: the mean of what the replications of a run give.

import type { ProjectFlows } from "./flows.ts";

/**
 * The mean over replications, month by month, in whole fen.
 *
 * Shapes: replications of one world have the same months and streams in the same order.
 * Errors: `RangeError` for none, and for replications that differ in months or streams.
 *
 * @example
 * ```ts
 * import { meanFlows } from "#/model/project/mean_flows.ts";
 * import assert from "node:assert/strict";
 * const peaks = { prefundingFen: 4, collateralFen: 0, guaranteeFundFen: 0 };
 * const flows = (fen: number) => ({ months: 1, peaks, streams: [{ stream: "margin" as const, counterparty: "jd", monthlyFen: [fen] }] });
 * assert.deepEqual([...meanFlows([flows(1), flows(5)]).streams[0].monthlyFen as Float64Array], [3]);
 * ```
 */
export function meanFlows(replications: readonly ProjectFlows[]): ProjectFlows {
  const n = replications.length;
  if (n === 0) throw new RangeError("Cannot take the mean of no flows: at least one replication is needed");
  const [first] = replications;
  const key = ({ months, streams }: ProjectFlows) =>
    `${months} months of ${
      streams.map(({ stream, counterparty }) => `${stream} of ${counterparty}`).join(", ")
    }`;
  for (const [r, one] of replications.entries()) {
    if (key(one) !== key(first)) {
      throw new RangeError(`Cannot take the mean of ${key(first)} and, in replication ${r}, ${key(one)}`);
    }
  }
  const mean = (of: (one: ProjectFlows) => number) =>
    Math.round(replications.reduce((sum, one) => sum + of(one), 0) / n);
  return {
    months: first.months,
    streams: first.streams.map(({ stream, counterparty, monthlyFen }, i) => ({
      stream,
      counterparty,
      monthlyFen: Float64Array.from(monthlyFen, (_, m) => mean(({ streams }) => streams[i].monthlyFen[m])),
    })),
    peaks: {
      prefundingFen: mean(({ peaks }) => peaks.prefundingFen),
      collateralFen: mean(({ peaks }) => peaks.collateralFen),
      guaranteeFundFen: mean(({ peaks }) => peaks.guaranteeFundFen),
    },
  };
}
