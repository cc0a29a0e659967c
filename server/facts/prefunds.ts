// How tight each prefunded account of the bridge became, the tightest first.

import { columnsOf } from "#/server/facts/days.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** One party's prefunded account in the open world: its lowest and highest daily low, and days on which it was empty. */
export interface Prefund {
  party: string;
  low: number;
  high: number;
  dryDays: number;
}

/**
 * The accounts that ever held money (a thousandth of the fullest one at least), the tightest first: by days run dry, then by the lowest share of their high.
 *
 * @example
 * ```ts
 * import { prefunds } from "#/server/facts/prefunds.ts";
 * import { fixtureComparison } from "#/server/testing/fixture.ts";
 * import assert from "node:assert/strict";
 * assert.equal(prefunds(fixtureComparison())[0].party, "jd");
 * ```
 */
export function prefunds(report: Comparison): Prefund[] {
  return columnsOf(report, "prefundLow.").map((party) => {
    const days = (report.b.daily.columns[`prefundLow.${party}`] ?? []).filter((value) => value !== null);
    return {
      party,
      low: days.reduce((least, value) => Math.min(least, value), Infinity),
      high: days.reduce((most, value) => Math.max(most, value), 0),
      dryDays: days.filter((value) => value <= 0).length,
    };
  }).filter(({ high }, _, all) => high > 0 && high * 1_000 >= Math.max(...all.map((one) => one.high)))
    .sort((x, y) => y.dryDays - x.dryDays || x.low / x.high - y.low / y.high || (x.party < y.party ? -1 : 1));
}
