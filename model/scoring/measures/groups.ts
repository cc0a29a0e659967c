// The measures by group (age group, city tier, sex) and the fairness table: who is approved, who turns bad.

import { auc, aucInterval } from "./auc.ts";
import { brier } from "./calibration.ts";
import { checkSample } from "./sample.ts";
import { kolmogorovSmirnov } from "./separation.ts";

/** Groups of rows: a code is a place in `labels`; -1 is a row of no group. */
export interface Grouping {
  labels: readonly string[];
  codes: ArrayLike<number>;
}

/** What was measured in one group; a measure that one class alone does not allow is null. */
export interface GroupMeasures {
  group: string;
  rows: number;
  badRate: number;
  auc: number | null;
  /** DeLong's interval; null with fewer than two of a class. */
  interval: { low: number; high: number } | null;
  gini: number | null;
  ks: number | null;
  brier: number;
  /** Mean probability, to hold against `badRate`. */
  expected: number;
}

/** One group in the fairness table. */
export interface FairnessRow {
  group: string;
  rows: number;
  approvalRate: number;
  /** Share of bads in the whole group. */
  badRate: number;
  /** Share of bads among its approved; null where nobody is. */
  badRateOfApproved: number | null;
  /** Share of its goods that are refused; null where it has none. */
  goodsRefused: number | null;
  /** Its approval rate over that of the group approved most, small groups apart; so a small group may be above 1. */
  ratioToBest: number;
  /** Below 0.8 the four-fifths rule asks for a reason; small groups are not held to it. */
  isBelowFourFifths: boolean;
  /** Fewer than 2 % of the rows. */
  isSmall: boolean;
}

/**
 * Each measure in each group that has rows.
 *
 * Shapes: `pds` probabilities from 0 to 1, higher being worse. Errors: as `auc()` but for one class, which is told by null;
 * `RangeError` for a code that is no place in `labels`.
 *
 * @example
 * ```ts
 * import { measuresByGroup } from "#/model/scoring/measures/groups.ts";
 * import assert from "node:assert/strict";
 * const [young, old] = measuresByGroup([0.1, 0.9, 0.2, 0.3], [0, 1, 0, 0], { labels: ["young", "old"], codes: [0, 0, 1, 1] });
 * assert.deepEqual([young.auc, old.auc, old.badRate], [1, null, 0]);
 * ```
 */
export function measuresByGroup(
  pds: ArrayLike<number>,
  isBad: ArrayLike<number>,
  grouping: Grouping,
): GroupMeasures[] {
  checkSample(pds, isBad, { measure: "measures by group", least: 0 });
  return rowsByGroup(grouping, pds.length).map(({ group, members }): GroupMeasures => {
    const own = Float64Array.from(members, (row) => pds[row]);
    const outcomes = Uint8Array.from(members, (row) => isBad[row]);
    const rows = members.length, bads = outcomes.reduce((sum, bad) => sum + bad, 0);
    const least = Math.min(bads, rows - bads);
    const interval = least >= 2 ? aucInterval(own, outcomes) : null;
    const area = least >= 1 ? auc(own, outcomes) : null;
    const separation = least >= 1 ? kolmogorovSmirnov(own, outcomes) : null;
    return {
      group,
      rows,
      badRate: bads / rows,
      auc: area,
      interval: interval && { low: interval.low, high: interval.high },
      gini: area === null ? null : 2 * area - 1,
      ks: separation?.ks ?? null,
      brier: brier(own, outcomes),
      expected: own.reduce((sum, pd) => sum + pd, 0) / rows,
    };
  });
}

/** Groups with a smaller share of the rows, of 1, are neither the best nor flagged: a few people decide their rates. */
const smallShare = 0.02;

/**
 * Approval and outcome by group under one cut-off for all.
 *
 * Shapes: rows with a risk of at most `cutOff` are approved. Errors: as {@link measuresByGroup}.
 * Source: the four-fifths rule of the US Uniform Guidelines on Employee Selection Procedures, 1978, section 4D, with groups
 * of less than 2 % left out of it (questions and answers, 1979), as lenders use it.
 *
 * @example
 * ```ts
 * import { fairness } from "#/model/scoring/measures/groups.ts";
 * import assert from "node:assert/strict";
 * const groups = { labels: ["a", "b"], codes: [0, 0, 1, 1] };
 * const [a, b] = fairness([0.1, 0.2, 0.1, 0.6], [0, 0, 0, 1], groups, { cutOff: 0.5 });
 * assert.deepEqual([a.ratioToBest, b.ratioToBest, b.isBelowFourFifths], [1, 0.5, true]);
 * ```
 */
export function fairness(
  risks: ArrayLike<number>,
  isBad: ArrayLike<number>,
  grouping: Grouping,
  { cutOff }: { cutOff: number },
): FairnessRow[] {
  checkSample(risks, isBad, { measure: "fairness", least: 0 });
  const table = rowsByGroup(grouping, risks.length).map(({ group, members }) => {
    let bads = 0, approved = 0, approvedBads = 0;
    for (const row of members) {
      bads += isBad[row];
      if (risks[row] > cutOff) continue;
      approved++;
      approvedBads += isBad[row];
    }
    const rows = members.length, goods = rows - bads;
    return {
      group,
      rows,
      approvalRate: approved / rows,
      badRate: bads / rows,
      badRateOfApproved: approved === 0 ? null : approvedBads / approved,
      goodsRefused: goods === 0 ? null : 1 - (approved - approvedBads) / goods,
    };
  });
  const grouped = table.reduce((sum, { rows }) => sum + rows, 0);
  const isSmall = ({ rows }: { rows: number }) => rows < smallShare * grouped;
  const best = Math.max(0, ...table.filter((row) => !isSmall(row)).map(({ approvalRate }) => approvalRate));
  return table.map((row): FairnessRow => {
    const ratioToBest = best === 0 ? 1 : row.approvalRate / best;
    return {
      ...row,
      ratioToBest,
      isBelowFourFifths: ratioToBest < 0.8 && !isSmall(row),
      isSmall: isSmall(row),
    };
  });
}

function rowsByGroup({ labels, codes }: Grouping, rows: number): { group: string; members: number[] }[] {
  if (codes.length !== rows) {
    throw new RangeError(`Cannot group ${rows} rows by ${codes.length} codes: allowed are as many of each`);
  }
  const groups = labels.map((group) => ({ group, members: [] as number[] }));
  for (let row = 0; row < rows; row++) {
    if (codes[row] === -1) continue;
    const found = groups[codes[row]];
    if (!found) {
      throw new RangeError(
        `Cannot group row ${row}: found the code ${codes[row]}; allowed are 0 to ${
          labels.length - 1
        }, or -1 for none`,
      );
    }
    found.members.push(row);
  }
  return groups.filter(({ members }) => members.length > 0);
}

/** Groups of ages, or of any other number, by cuts: `under 25`, `25 to 34`, …; NaN is a row of no group. */
export function groupByCuts(values: ArrayLike<number>, cuts: readonly number[]): Grouping {
  const labels = [
    `under ${cuts[0]}`,
    ...cuts.slice(1).map((cut, i) => `${cuts[i]} to ${cut - 1}`),
    `${cuts[cuts.length - 1]} and over`,
  ];
  const codes = Int32Array.from(
    { length: values.length },
    (_, i) => Number.isNaN(values[i]) ? -1 : cuts.filter((cut) => cut <= values[i]).length,
  );
  return { labels, codes };
}
