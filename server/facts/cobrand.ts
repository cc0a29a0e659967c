// Who paid with what: sales of each network by debit card, by a line alone, and by each line of the co-branded card.

import { type Network, networks } from "#/model/names.ts";
import { sumOf } from "#/server/facts/days.ts";
import type { Comparison } from "#/server/reports/shape.ts";
import { means } from "#/sim/cobrand.ts";

/** With what a purchase is paid. */
export type Means = typeof means[number];

/** Sales of one network by one way to pay, whole period, open world; `share` is of the network's sales. */
export interface Paid {
  network: Network;
  means: Means;
  cny: number;
  share: number;
  /** Of the network's sales on credit; 0 for debit cards. */
  creditShare: number;
}

/** Whether the open world has a co-branded card. */
export const hasCard = ({ b }: Comparison): boolean => b.outcomes.cobrandHolders !== undefined;

/**
 * Sales by network and way to pay; networks that sold nothing are left out.
 *
 * @example
 * ```ts
 * import { paidRows } from "#/server/facts/cobrand.ts";
 * import { fixtureComparison } from "#/server/testing/fixture.ts";
 * import assert from "node:assert/strict";
 * const terminals = paidRows(fixtureComparison()).filter(({ network }) => network === "union-card");
 * assert.ok(Math.abs(terminals.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-9);
 * ```
 */
export function paidRows({ b }: Comparison): Paid[] {
  return networks.flatMap((network) => {
    const cny = means.map((name) => sumOf(b, `paid.${network}.${name}`) ?? 0);
    const all = cny.reduce((sum, part) => sum + part, 0);
    const credit = all - cny[0];
    if (all <= 0) return [];
    return means.map((name, k) => ({
      ...{ network, means: name, cny: cny[k], share: cny[k] / all },
      creditShare: k === 0 || credit <= 0 ? 0 : cny[k] / credit,
    }));
  });
}
