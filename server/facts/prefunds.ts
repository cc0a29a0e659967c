// How tight each prefunded account of the bridge became, the tightest first.

import { columnsOf } from "#/server/facts/days.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** One party's prefunded account in the open world: its lowest and highest daily low, and days on which it ran dry. */
export interface Prefund {
  party: string;
  low: number;
  high: number;
  dryDays: number;
}

/** Below this part of its fullest an account is as good as empty: what is left pays no purchase worth the name. */
const asGoodAsEmpty = 1 / 1_000;

/**
 * The accounts that ever held money (a thousandth of the fullest one at least), the tightest first: by days run dry, then by
 * the lowest share of their high.
 *
 * An account is dry on a day on which it fell below a thousandth of its high, and the one that stood lowest against its
 * high is on every day on which bridge payments had to wait or expired: they wait for nothing but money, and the next
 * payment may be larger than what is left.
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
  const { bridgeQueued = [], bridgeExpired = [], ...columns } = report.b.daily.columns;
  const accounts = columnsOf(report, "prefundLow.").map((party) => {
    const days: (number | null)[] = columns[`prefundLow.${party}`] ?? [];
    const known = days.filter((value) => value !== null);
    const low = known.reduce((least, value) => Math.min(least, value), Infinity);
    return { party, days, low, high: known.reduce((most, value) => Math.max(most, value), 0) };
  }).filter(({ high }, _, all) => high > 0 && high * 1_000 >= Math.max(...all.map((one) => one.high)));

  const part = ({ days, high }: typeof accounts[number], day: number) => (days[day] ?? Infinity) / high;
  const isDry = (account: typeof accounts[number], day: number) => {
    if (part(account, day) < asGoodAsEmpty) return true;
    const waited = (bridgeQueued[day] ?? 0) + (bridgeExpired[day] ?? 0) > 0;
    return waited && account.days[day] != null &&
      accounts.every((other) => part(account, day) <= part(other, day));
  };
  return accounts.map((account) => {
    const { party, low, high, days } = account;
    return { party, low, high, dryDays: days.filter((_, day) => isDry(account, day)).length };
  }).sort((x, y) => y.dryDays - x.dryDays || x.low / x.high - y.low / y.high || (x.party < y.party ? -1 : 1));
}
