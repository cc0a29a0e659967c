// What a score is worth to a lender: who can be approved at a given bad rate, and how bad a given approval would be.

import { checkSample, tiedRisks } from "./sample.ts";

/** Those who pass a cut-off. */
export interface Acceptance {
  /** The highest risk that is approved; -Infinity would be nobody, so it is null then. */
  cutOff: number | null;
  approved: number;
  /** Share of all rows that is approved. */
  approvalRate: number;
  /** Share of bads among the approved; null where nobody is. */
  badRate: number | null;
}

/**
 * The most that can be approved, safest first, while the share of bads among them is at most a bound.
 *
 * Rows of equal risk are approved together, since no cut-off parts them. The largest such set is taken, even where a
 * smaller one would break the bound.
 *
 * Shapes and errors: as `auc()`; `RangeError` for a bound outside 0 to 1. One class is allowed.
 *
 * @example
 * ```ts
 * import { approvalAtBadRate } from "#/model/scoring/measures/acceptance.ts";
 * import assert from "node:assert/strict";
 * const found = approvalAtBadRate([1, 2, 3, 4], [0, 0, 1, 1], { mostBadRate: 0.34 });
 * assert.deepEqual(found, { cutOff: 3, approved: 3, approvalRate: 0.75, badRate: 1 / 3 });
 * ```
 */
export function approvalAtBadRate(
  risks: ArrayLike<number>,
  isBad: ArrayLike<number>,
  { mostBadRate }: { mostBadRate: number },
): Acceptance {
  checkSample(risks, isBad, { measure: "approval at equal bad rate", least: 0 });
  checkShare(mostBadRate, "bad rate");
  let best: Acceptance = { cutOff: null, approved: 0, approvalRate: 0, badRate: null };
  let rows = 0, bads = 0;
  for (const group of tiedRisks(risks, isBad)) {
    rows += group.goods + group.bads;
    bads += group.bads;
    if (bads > mostBadRate * rows) continue;
    best = { cutOff: group.risk, approved: rows, approvalRate: rows / risks.length, badRate: bads / rows };
  }
  return best;
}

/**
 * The share of bads among the safest, when a given share of all rows is approved.
 *
 * Where the last approved share one risk with others, as many of them are taken as are needed, with their group's share of
 * bads: what drawing lots among them would give on average.
 *
 * Shapes and errors: as `auc()`; `RangeError` for a share outside 0 to 1, 0 excluded. One class is allowed.
 *
 * @example
 * ```ts
 * import { badRateAtApproval } from "#/model/scoring/measures/acceptance.ts";
 * import assert from "node:assert/strict";
 * assert.equal(badRateAtApproval([1, 2, 2, 4], [0, 0, 1, 1], { approvalRate: 0.5 }), 0.25);
 * ```
 */
export function badRateAtApproval(
  risks: ArrayLike<number>,
  isBad: ArrayLike<number>,
  { approvalRate }: { approvalRate: number },
): number {
  checkSample(risks, isBad, { measure: "the bad rate at equal approval", least: 0 });
  checkShare(approvalRate, "approval rate");
  const wanted = approvalRate * risks.length;
  if (!(wanted > 0)) {
    throw new RangeError(`Cannot take a bad rate when ${approvalRate} of ${risks.length} rows are approved`);
  }
  let rows = 0, bads = 0;
  for (const group of tiedRisks(risks, isBad)) {
    const all = group.goods + group.bads, taken = Math.min(all, wanted - rows);
    if (taken <= 0) break;
    bads += group.bads * taken / all;
    rows += taken;
  }
  return bads / rows;
}

/** The risk up to which at least a given share of rows is approved, rows of equal risk together. */
export function cutOffAtApproval(
  risks: ArrayLike<number>,
  { approvalRate }: { approvalRate: number },
): number {
  checkShare(approvalRate, "approval rate");
  if (risks.length === 0) throw new RangeError("Cannot find a cut-off for no rows: at least one is needed");
  const ordered = Float64Array.from(risks).sort();
  return ordered[Math.min(ordered.length - 1, Math.max(0, Math.ceil(approvalRate * ordered.length) - 1))];
}

function checkShare(share: number, what: string): void {
  if (!(share >= 0 && share <= 1)) {
    throw new RangeError(
      `Cannot approve at ${what === "bad rate" ? "a" : "an"} ${what} of ${share}: allowed is 0 to 1`,
    );
  }
}
