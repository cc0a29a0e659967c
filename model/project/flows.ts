// What a run gives a project to live on: monthly streams by counterparty, and the peaks that its rail has to hold.

import type { Fen } from "#/model/units/units.ts";

/**
 * The streams that a contract can refer to: volume sent over the bridge, fees of the rail's tariff as its operator passes them
 * on, extra margin and avoided losses. The last two belong to the counterparty and reach the project only by its contract.
 */
export const streamNames = ["bridgedVolume", "bridgeFees", "margin", "avoidedLosses"] as const;
/** A stream that a contract can refer to. */
export type StreamName = typeof streamNames[number];

/** One stream of one counterparty, a whole number of fen a month; margin and avoided losses may be negative. */
export interface FlowStream {
  stream: StreamName;
  counterparty: string;
  monthlyFen: ArrayLike<Fen>;
}

/** The most that the rail needs at one time. */
export interface RailPeaks {
  prefundingFen: Fen;
  collateralFen: Fen;
  guaranteeFundFen: Fen;
}

/** Monthly flows with and without the project's opening, as differences, and the rail's peaks. */
export interface ProjectFlows {
  months: number;
  streams: readonly FlowStream[];
  peaks: RailPeaks;
}

/** The counterparties of the flows, in order of first mention. */
export function counterpartiesOf({ streams }: ProjectFlows): string[] {
  return [...new Set(streams.map(({ counterparty }) => counterparty))];
}

/**
 * Refuses flows that no run can give.
 *
 * Errors: `RangeError` for a length that is not the number of months, for an amount that is no whole number of fen, for
 * negative volume, fees or peaks, and for a stream that a counterparty has twice.
 *
 * @example
 * ```ts
 * import { checkFlows } from "#/model/project/flows.ts";
 * import assert from "node:assert/strict";
 * const peaks = { prefundingFen: 0, collateralFen: 0, guaranteeFundFen: 0 };
 * const short = { stream: "bridgeFees" as const, counterparty: "jd", monthlyFen: [1] };
 * assert.throws(() => checkFlows({ months: 2, streams: [short], peaks }), /1 months.*there are 2/);
 * ```
 */
export function checkFlows({ months, streams, peaks }: ProjectFlows): void {
  if (!Number.isInteger(months) || months < 1 || months > 600) {
    throw new RangeError(`Cannot read flows of ${months} months: from 1 to 600 are needed`);
  }
  const seen = new Set<string>();
  for (const { stream, counterparty, monthlyFen } of streams) {
    const which = `${stream} of ${counterparty}`;
    if (seen.has(which)) throw new RangeError(`Cannot read ${which} twice: a counterparty has a stream once`);
    seen.add(which);
    if (monthlyFen.length !== months) {
      throw new RangeError(
        `Cannot read ${which}: it has ${monthlyFen.length} months where there are ${months}`,
      );
    }
    const isSigned = stream === "margin" || stream === "avoidedLosses";
    for (let m = 0; m < months; m++) {
      const fen = monthlyFen[m];
      if (!Number.isSafeInteger(fen) || !isSigned && fen < 0) {
        const needed = isSigned ? "a whole number of fen" : "a whole number of fen, zero or more,";
        throw new RangeError(`Cannot read ${which} in month ${m + 1}: found ${fen}, ${needed} is needed`);
      }
    }
  }
  for (const [name, fen] of Object.entries(peaks)) {
    if (!Number.isSafeInteger(fen) || fen < 0) {
      throw new RangeError(`Cannot read the peak ${name}: found ${fen}, zero or more whole fen are needed`);
    }
  }
}
