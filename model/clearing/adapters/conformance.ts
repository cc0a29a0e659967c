// Whether an adapter is fit for the two sides that it joins: a closed list of contract cases, checked before a run.

import { acquirerOf, issuerOf, type Network, networks, type Product } from "#/model/names.ts";
import { thousands } from "#/model/units/thousands.ts";
import { type Adapter, adapterOf, interfaces, type NetworkInterface, ofVersion } from "./interfaces.ts";

/** The network on which a product's issuer is at home: the first one that it acquires itself. */
export const homeOf = (product: Product): Network =>
  networks.find((network) => acquirerOf[network] === issuerOf[product])!;

/** One contract case: what must hold between the two sides and the adapter, and what is found. */
interface Case {
  name: string;
  /** What breaks where it does not hold: every call, the payments above a limit, or some of all payments. */
  breaks: "calls" | "large" | "some";
  holds: (home: NetworkInterface, away: NetworkInterface, adapter: Adapter) => boolean;
  found: (home: NetworkInterface, away: NetworkInterface) => string;
}

/** A minute of the day as a clock shows it. */
const clock = (minute: number) =>
  [Math.floor(minute / 60), minute % 60].map((n) => String(n).padStart(2, "0")).join(":");

const cases: readonly Case[] = [
  {
    name: "order numbers come back whole",
    breaks: "some",
    holds: (home, away, adapter) => adapter.mapsOrders || home.orderDigits <= away.orderDigits,
    found: (home, away) => `${home.orderDigits} digits at home, ${away.orderDigits} away`,
  },
  {
    name: "the largest payment fits",
    breaks: "large",
    holds: (home, away, adapter) => adapter.splitsPayments || home.mostCny <= away.mostCny,
    found: (home, away) => `CNY ${thousands(home.mostCny)} at home, ${thousands(away.mostCny)} away`,
  },
  {
    name: "a part refunded is told from the whole",
    breaks: "some",
    holds: (home, away, adapter) =>
      adapter.marksPartialRefunds || home.tellsPartialRefunds === away.tellsPartialRefunds,
    found: (home, away) => `told at home: ${home.tellsPartialRefunds}, away: ${away.tellsPartialRefunds}`,
  },
  {
    name: "the day's files end together",
    breaks: "some",
    holds: (home, away, adapter) => adapter.movesFileEnd || home.fileEndsMinute === away.fileEndsMinute,
    found: (home, away) => `${clock(home.fileEndsMinute)} at home, ${clock(away.fileEndsMinute)} away`,
  },
  {
    name: "each status has a word on the other side",
    breaks: "some",
    holds: (home, away, adapter) =>
      adapter.mapsStatuses || away.statuses.every((status) => home.statuses.includes(status)),
    found: (home, away) => `${home.statuses.length} words at home, ${away.statuses.length} away`,
  },
];

/** What became of one contract case. */
export interface CheckedCase {
  name: string;
  holds: boolean;
  /** What stands against each other. */
  found: string;
}

/** What a conformance check found of one adapter. */
export interface Conformance {
  /** False: the network does not understand the adapter, and every call fails. */
  speaks: boolean;
  cases: CheckedCase[];
  /** Cases that fail and break some of all payments. */
  failed: number;
  /** Payments above this many CNY break more often; Infinity where the largest payment fits. */
  limitCny: number;
}

/**
 * Checks an adapter between the network that an issuer is at home on and another one.
 *
 * Shapes: versions from 1; the home side speaks the first version of its own interface; versions that are not listed are as
 * the last one that is. Errors: `RangeError` for a version that is no whole number from 1.
 *
 * @example
 * ```ts
 * import { checkAdapter } from "#/model/clearing/adapters/conformance.ts";
 * import assert from "node:assert/strict";
 * const first = checkAdapter({ home: "jd-mall", away: "alipay", adapterVersion: 1, networkVersion: 1 });
 * const third = checkAdapter({ home: "jd-mall", away: "alipay", adapterVersion: 3, networkVersion: 1 });
 * assert.deepEqual([first.failed, first.limitCny], [2, 3_000]);
 * assert.deepEqual([third.failed, third.limitCny], [0, Infinity]);
 * assert.equal(checkAdapter({ home: "jd-mall", away: "alipay", adapterVersion: 1, networkVersion: 2 }).speaks, false);
 * ```
 */
export function checkAdapter(
  { home, away, adapterVersion, networkVersion }: {
    home: Network;
    away: Network;
    adapterVersion: number;
    networkVersion: number;
  },
): Conformance {
  for (const version of [adapterVersion, networkVersion]) {
    if (!Number.isInteger(version) || version < 1) {
      throw new RangeError(`Cannot check an adapter of version ${version}: a whole number from 1 is needed`);
    }
  }
  const adapter = adapterOf(adapterVersion);
  const one = ofVersion(interfaces[home], 1), other = ofVersion(interfaces[away], networkVersion);
  const checked = cases.map(({ name, holds, found }) => ({
    name,
    holds: holds(one, other, adapter),
    found: found(one, other),
  }));
  const fails = (breaks: Case["breaks"]) =>
    cases.filter((it, k) => it.breaks === breaks && !checked[k].holds).length;
  const speaks = adapter.speaks >= networkVersion;
  return {
    speaks,
    cases: [
      {
        name: "the network's version is spoken",
        holds: speaks,
        found: `version ${adapter.speaks} against ${networkVersion}`,
      },
      ...checked,
    ],
    failed: fails("some"),
    limitCny: fails("large") > 0 ? other.mostCny : Infinity,
  };
}

/** How often files of two platforms disagree, in parts per million of payments. */
export interface BreakRates {
  /** Of any payment, from the quality of the data alone. */
  breakPpm: number;
  /** More for each contract case that fails. */
  perFailedCasePpm: number;
  /** More for payments above the other side's limit. */
  aboveLimitPpm: number;
}

/**
 * The chance, in parts per million, that a payment's entries in two platforms' files disagree.
 *
 * Errors: none; at most a million.
 *
 * @example
 * ```ts
 * import { breakPpmOf } from "#/model/clearing/adapters/conformance.ts";
 * import assert from "node:assert/strict";
 * const rates = { breakPpm: 100, perFailedCasePpm: 200, aboveLimitPpm: 50_000 };
 * assert.equal(breakPpmOf(5_000_00, { failed: 2, limitCny: 20_000 }, rates), 500);
 * assert.equal(breakPpmOf(20_000_01, { failed: 2, limitCny: 20_000 }, rates), 50_500);
 * ```
 */
export function breakPpmOf(
  amountFen: number,
  { failed, limitCny }: Pick<Conformance, "failed" | "limitCny">,
  { breakPpm, perFailedCasePpm, aboveLimitPpm }: BreakRates,
): number {
  const above = amountFen > limitCny * 100 ? aboveLimitPpm : 0;
  return Math.min(1_000_000, breakPpm + failed * perFailedCasePpm + above);
}
