// Results by party and the flows that leave or enter the world: shown so that they sum to zero, or do not.

import { parties } from "#/model/names.ts";
import { type Pair, pairOf, partsOf } from "#/server/facts/outcomes.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** Results of all parties, the named external flows, and what is left when all are added. */
export interface Results {
  parties: (Pair & { party: string })[];
  external: (Pair & { flow: string })[];
  /** What remains; zero but for the rounding of decimals when every account was kept. */
  remainder: { closed: number; open: number };
  /** Whether the remainder of both runs is nothing but that rounding. */
  balanced: boolean;
}

/**
 * Results by party.
 *
 * An external flow is told as the outside's result, so parties and flows add to zero. CNY amounts of a whole population
 * are doubles: what decimals cannot hold (one part in a thousand million of the largest item) counts as nothing.
 */
export function results(report: Comparison): Results {
  const rank = (party: string) => (parties as readonly string[]).indexOf(party) >>> 0;
  const ofParties = partsOf(report, "resultOf").sort((x, y) => rank(x) - rank(y)).map((party) => ({
    ...pairOf(report, `resultOf.${party}`)!,
    party,
  }));
  const external = partsOf(report, "external").map((flow) => ({
    ...pairOf(report, `external.${flow}`)!,
    flow,
  }));
  const all = [...ofParties, ...external];
  const remain = (world: "closed" | "open") => all.reduce((sum, row) => sum + (row[world] ?? 0), 0);
  const largest = all.reduce(
    (most, row) => Math.max(most, Math.abs(row.closed ?? 0), Math.abs(row.open ?? 0)),
    0,
  );
  const remainder = { closed: remain("closed"), open: remain("open") };
  const slack = Math.max(1, largest * 1e-9);
  return {
    parties: ofParties,
    external,
    remainder,
    balanced: Math.abs(remainder.closed) <= slack && Math.abs(remainder.open) <= slack,
  };
}
