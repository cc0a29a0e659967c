// The daily lines of a run that a picture of futures shows: what is lent, what is lost, what is late.

import type { DailyRecord } from "#/sim/result.ts";

/** Lines by name, a value a day. */
export type Lines = Record<string, number[]>;

/** The lines that are kept of each future: name → unit. */
export const lineUnits = { lent: "CNY", netLoss: "CNY", late: "share" } as const;

const products = ["baitiao", "huabei"], lateBuckets = ["M2", "M3", "M4+"];

/**
 * What both issuers have lent, their net loss since the first day, and the share of it that is more than 30 days late.
 *
 * Shapes: a daily record; a line of which it has no fact is left out. CNY, CNY, a share of one.
 *
 * @example
 * ```ts
 * import { linesOf } from "#/sim/experiments/futures_lines.ts";
 * import assert from "node:assert/strict";
 * const columns = { "balance.huabei": [10, 20], "dpd.huabei.M2": [0, 5], netLoss: [1, 2] };
 * assert.deepEqual(linesOf({ columns }), { lent: [10, 20], netLoss: [1, 3], late: [0, 0.25] });
 * ```
 */
export function linesOf({ columns }: DailyRecord): Lines {
  const sum = (names: readonly string[]) => {
    const own = names.flatMap((name) => columns[name]?.length ? [columns[name]] : []);
    return own.length === 0
      ? undefined
      : own[0].map((_, day) => own.reduce((total, it) => total + it[day], 0));
  };
  const lent = sum(products.map((product) => `balance.${product}`));
  const late = sum(products.flatMap((product) => lateBuckets.map((bucket) => `dpd.${product}.${bucket}`)));
  const loss = sum(["netLoss"]);
  let lost = 0;
  return {
    ...lent ? { lent } : {},
    ...loss ? { netLoss: loss.map((value) => lost += value) } : {},
    ...lent && late ? { late: late.map((value, day) => lent[day] > 0 ? value / lent[day] : 0) } : {},
  };
}
