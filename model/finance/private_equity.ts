// What an equity stake returned, alone and against an index: multiples of money, and the public market equivalents.
//
// Signs: contributions (money paid in) are negative, distributions positive, one amount a period; `nav` is what is still held
// at the last period, not negative. An index has one value above zero for each period.

import { checked, checkedAll, checkedLength } from "./checks.ts";
import type { InternalRate } from "./irr.ts";
import { irr } from "./returns.ts";

/** A multiple, or that nothing was paid in, so that there is none. */
export type Multiple = { kind: "one"; multiple: number } | { kind: "none" };

function over(value: number, paidIn: number): Multiple {
  return paidIn > 0 ? { kind: "one", multiple: value / paidIn } : { kind: "none" };
}

const distributed = (amounts: readonly number[]) => amounts.reduce((sum, it) => sum + Math.max(0, it), 0);
const paidIn = (amounts: readonly number[]) => amounts.reduce((sum, it) => sum + Math.max(0, -it), 0);

/**
 * Distributions to paid-in capital.
 *
 * Shapes and units: any money unit. Errors: `RangeError` for an amount that is not finite. Source: INSEAD, "Measuring private
 * equity fund performance", 2019, as are the other multiples.
 *
 * @example
 * ```ts
 * import { dpi } from "#/model/finance/private_equity.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual(dpi([-10, -20, 15, 30]), { kind: "one", multiple: 1.5 });
 * ```
 */
export function dpi(amounts: readonly number[]): Multiple {
  checkedAll("flow", amounts);
  return over(distributed(amounts), paidIn(amounts));
}

/** Residual value to paid-in capital. Shapes, errors: as {@link dpi}, and `RangeError` for a negative `nav`. */
export function rvpi(amounts: readonly number[], nav: number): Multiple {
  checkedAll("flow", amounts);
  return over(checked("nav", nav, { least: 0 }), paidIn(amounts));
}

/**
 * Total value to paid-in capital, which is also the multiple on invested capital (MOIC).
 *
 * Shapes, errors: as {@link rvpi}.
 *
 * @example
 * ```ts
 * import { tvpi } from "#/model/finance/private_equity.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual(tvpi([-25, 15, 0], 20), { kind: "one", multiple: 1.4 });
 * ```
 */
export function tvpi(amounts: readonly number[], nav = 0): Multiple {
  checkedAll("flow", amounts);
  return over(distributed(amounts) + checked("nav", nav, { least: 0 }), paidIn(amounts));
}

/** Flows as they had grown with the index until its last value. */
function grown(amounts: readonly number[], index: readonly number[]): number[] {
  checkedAll("flow", amounts);
  checkedLength("index", index, amounts.length);
  checkedAll("index value", index, { above: 0 });
  return amounts.map((amount, i) => amount * index[index.length - 1] / index[i]);
}

/**
 * The public market equivalent of Kaplan and Schoar: above 1 the stake beat the index.
 *
 * Shapes, errors: as {@link rvpi}; `RangeError` for an index of another length or with a value of zero or below.
 * Source: S. Kaplan and A. Schoar, "Private equity performance", Journal of Finance 60, 2005.
 *
 * @example
 * ```ts
 * import { ksPme } from "#/model/finance/private_equity.ts";
 * import assert from "node:assert/strict";
 * const found = ksPme([-25, 15, 0], { index: [100, 115, 130], nav: 20 });
 * assert.ok(found.kind === "one" && Math.abs(found.multiple - 1.1371) < 1e-4);
 * ```
 */
export function ksPme(
  amounts: readonly number[],
  { index, nav = 0 }: { index: readonly number[]; nav?: number },
): Multiple {
  return tvpi(grown(amounts, index), nav);
}

/** A comparison portfolio in an index: what it holds at the end, and what it returned a period. */
export interface IndexPortfolio {
  nav: number;
  rate: InternalRate;
}

/**
 * The index portfolio of Long and Nickels: the same flows in the index, and what is left of it at the end.
 *
 * Shapes, errors: as {@link ksPme}. The holding can be negative, when distributions outran the index. Source: A. Long and
 * C. Nickels, "A private investment benchmark", 1996 (PME, ICM).
 *
 * @example
 * ```ts
 * import { longNickelsPme } from "#/model/finance/private_equity.ts";
 * import assert from "node:assert/strict";
 * const { nav, rate } = longNickelsPme([-25, 15, 0], { index: [100, 115, 130] });
 * assert.ok(Math.abs(nav - 15.543) < 1e-3 && rate.kind === "one" && Math.abs(rate.rate - 0.1437) < 1e-4);
 * ```
 */
export function longNickelsPme(
  amounts: readonly number[],
  { index }: { index: readonly number[] },
): IndexPortfolio {
  const nav = 0 - grown(amounts, index).reduce((sum, amount) => sum + amount, 0);
  return { nav, rate: irr(withLast(amounts, nav)) };
}

function withLast(amounts: readonly number[], nav: number): number[] {
  return amounts.map((amount, i) => i === amounts.length - 1 ? amount + nav : amount);
}

/**
 * The index portfolio of PME+ (Rouvinez): distributions are scaled by one factor so that it ends with the stake's own value.
 *
 * Shapes, errors: as {@link ksPme}; "none" where nothing was distributed, as nothing can be scaled. Source: C. Rouvinez,
 * "Private equity benchmarking with PME+", 2003.
 *
 * @example
 * ```ts
 * import { pmePlus } from "#/model/finance/private_equity.ts";
 * import assert from "node:assert/strict";
 * const { scale, rate } = pmePlus([-25, 15, 0], { index: [100, 115, 130], nav: 20 });
 * assert.ok(scale !== null && Math.abs(scale - 0.73718) < 1e-5 && rate.kind === "one");
 * ```
 */
export function pmePlus(
  amounts: readonly number[],
  { index, nav = 0 }: { index: readonly number[]; nav?: number },
): { scale: number | null; rate: InternalRate } {
  const inIndex = grown(amounts, index), out = distributed(inIndex);
  checked("nav", nav, { least: 0 });
  if (!(out > 0)) return { scale: null, rate: { kind: "none" } };
  const scale = (paidIn(inIndex) - nav) / out;
  const scaled = amounts.map((amount) => amount > 0 ? amount * scale : amount);
  return { scale, rate: irr(withLast(scaled, nav)) };
}

/**
 * The index portfolio of the modified PME (Cambridge Associates): each distribution takes the same share of it as of the stake.
 *
 * Shapes, errors: as {@link ksPme}, with the stake's value at each period, after its flow. Source: Cambridge Associates, "A new
 * approach to private investment benchmarking", 2013.
 *
 * @example
 * ```ts
 * import { modifiedPme } from "#/model/finance/private_equity.ts";
 * import assert from "node:assert/strict";
 * const { nav } = modifiedPme([-100, 0], { index: [100, 120], navs: [100, 110] });
 * assert.equal(nav, 120);
 * ```
 */
export function modifiedPme(
  amounts: readonly number[],
  { index, navs }: { index: readonly number[]; navs: readonly number[] },
): IndexPortfolio {
  grown(amounts, index);
  checkedLength("navs", navs, amounts.length);
  checkedAll("nav", navs, { least: 0 });
  let held = 0;
  const flows = amounts.map((amount, i) => {
    const before = held * (i === 0 ? 1 : index[i] / index[i - 1]) + Math.max(0, -amount);
    const out = Math.max(0, amount), share = out > 0 ? out / (out + navs[i]) : 0;
    held = before * (1 - share);
    return before * share - Math.max(0, -amount);
  });
  return { nav: held, rate: irr(withLast(flows, held)) };
}

/**
 * Direct alpha: the rate a period by which the stake outgrew the index, compounded with it.
 *
 * Shapes, errors: as {@link ksPme}; all roots, as of any internal rate. Source: O. Gredil, B. Griffiths and R. Stucke,
 * "Benchmarking private equity: the direct alpha method", 2014.
 *
 * @example
 * ```ts
 * import { directAlpha } from "#/model/finance/private_equity.ts";
 * import assert from "node:assert/strict";
 * const found = directAlpha([-25, 15, 0], { index: [100, 115, 130], nav: 20 });
 * assert.ok(found.kind === "one" && Math.abs(found.rate - 0.0875) < 1e-4);
 * ```
 */
export function directAlpha(
  amounts: readonly number[],
  { index, nav = 0 }: { index: readonly number[]; nav?: number },
): InternalRate {
  checked("nav", nav, { least: 0 });
  return irr(withLast(grown(amounts, index), nav));
}
