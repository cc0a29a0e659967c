// Groups of borrowers from a column: its levels, its few values, age bands, or fifths.

import type { Column } from "#/model/scoring/fit/columns.ts";
import { groupByCuts, type Grouping } from "#/model/scoring/measures/groups.ts";
import { quantileSorted, sorted } from "#/model/statistics/quantile.ts";

/** The most groups that a column is parted into; what is over is one group. */
const mostGroups = 12;
const ageCuts = [25, 35, 45, 55, 65] as const;

/**
 * Parts rows into groups by a column; missing values are a group of their own.
 *
 * Shapes: levels as they are, the most frequent ones where there are many; numbers with few values by value, ages (by name
 * and range) by bands of ten years, other numbers by fifths. Errors: none.
 *
 * @example
 * ```ts
 * import { columnOf } from "#/model/scoring/fit/columns.ts";
 * import { groupingOf } from "#/model/scoring/study/grouping.ts";
 * import assert from "node:assert/strict";
 * const ages = columnOf("AGE", [19, 24, 31, 38, 42, 47, 51, 58, 66, 71, null]);
 * assert.deepEqual(groupingOf(ages).labels[0], "under 25");
 * assert.deepEqual(groupingOf(columnOf("SEX", [1, 2, 1])), { labels: ["1", "2"], codes: new Int32Array([0, 1, 0]) });
 * ```
 */
export function groupingOf(column: Column): Grouping {
  if (column.kind === "categorical") return withMissing(byLevel(column));
  const present = sorted(column.values.filter((value) => value === value));
  const distinct = [...new Set(present)];
  const isAge = /(^|[^a-z])age([^a-z]|$)/i.test(column.name) && present[0] >= 10 &&
    present[present.length - 1] <= 120;
  if (!isAge && distinct.length <= mostGroups) {
    const place = new Map(distinct.map((value, i) => [value, i]));
    return withMissing({
      labels: distinct.map(String),
      codes: Int32Array.from(column.values, (value) => place.get(value) ?? -1),
    });
  }
  const cuts = isAge ? ageCuts : [...new Set([0.2, 0.4, 0.6, 0.8].map((p) => quantileSorted(present, p)))];
  const grouping = groupByCuts(column.values, cuts);
  if (isAge) return withMissing(grouping);
  const shown = (value: number) => String(Number(value.toPrecision(6)));
  const labels = grouping.labels.map((_, i) =>
    i === 0
      ? `below ${shown(cuts[0])}`
      : i === cuts.length
      ? `${shown(cuts[i - 1])} and above`
      : `${shown(cuts[i - 1])} to below ${shown(cuts[i])}`
  );
  return withMissing({ ...grouping, labels });
}

function byLevel({ levels, codes }: Column & { kind: "categorical" }): Grouping {
  if (levels.length <= mostGroups) return { labels: levels, codes };
  const rows = new Float64Array(levels.length);
  for (const code of codes) if (code >= 0) rows[code]++;
  const shown = levels.map((_, code) => code).sort((a, b) => rows[b] - rows[a] || a - b)
    .slice(0, mostGroups - 1).sort((a, b) => a - b);
  const place = new Map(shown.map((code, i) => [code, i]));
  return {
    labels: [...shown.map((code) => levels[code]), "all others"],
    codes: Int32Array.from(codes, (code) => code < 0 ? -1 : place.get(code) ?? shown.length),
  };
}

function withMissing({ labels, codes }: Grouping): Grouping {
  const all = Int32Array.from(codes);
  if (!all.includes(-1)) return { labels, codes: all };
  return { labels: [...labels, "missing"], codes: all.map((code) => code < 0 ? labels.length : code) };
}
