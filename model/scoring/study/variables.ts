// Each column by itself: its information value, its AUC and KS, its bins, and whether it stands on the card.

import { binColumn, type Bins } from "#/model/scoring/fit/bins.ts";
import type { Column } from "#/model/scoring/fit/columns.ts";
import { type CardBin, type FittedScorecard, leftOut } from "#/model/scoring/fit/scorecard.ts";
import { auc } from "#/model/scoring/measures/auc.ts";
import { kolmogorovSmirnov } from "#/model/scoring/measures/separation.ts";

/** What one column says by itself, on the rows that the card was fitted on. */
export interface VariableSummary {
  name: string;
  kind: Bins["kind"];
  /** Information value of the fine bins (each value where there are few), before merging. */
  iv: number;
  /** Information value of `bins`. */
  ivOfBins: number;
  /** Of the values themselves, in the direction that is riskier; of the bins for levels. A missing value is left out. */
  auc: number;
  /** Of the bins by their weight of evidence, missing values included. */
  aucOfBins: number;
  ks: number;
  /** Whether a higher value is riskier; null for levels. */
  isRiskierAbove: boolean | null;
  missing: number;
  /** The merged bins that rows fell into. */
  bins: CardBin[];
  isUsed: boolean;
  /** Why it is not on the card; null where it is. */
  notUsed: string | null;
  /** On the card; null where it is not. */
  coefficient: number | null;
}

/**
 * The columns by themselves, the most informative first, ties by name.
 *
 * Shapes: the columns and outcomes that the card was fitted on. Errors: as `auc()`.
 */
export function variableSummaries(
  card: FittedScorecard,
  columns: readonly Column[],
  isBad: ArrayLike<number>,
): VariableSummary[] {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const used = card.variables.map((one) => ({ ...one, notUsed: null as string | null }));
  const unused = card.leftOut.map(({ reason, ...one }) => ({
    ...one,
    coefficient: null as number | null,
    notUsed: leftOut[reason] as string,
  }));
  const sign = card.convention === "goodOverBad" ? -1 : 1;
  return [...used, ...unused].map(({ name, bins, table, iv, ivOfBins, coefficient, notUsed }) => {
    const column = byName.get(name)!;
    const places = binColumn(bins, column), missing = missingRows(column);
    const ofBins = Float64Array.from(places, (place) => sign * table[place].woe);
    return {
      name,
      kind: bins.kind,
      iv,
      ivOfBins,
      ...ofValues(column, isBad) ??
        { auc: auc(ofBins, isBad), ks: kolmogorovSmirnov(ofBins, isBad).ks, isRiskierAbove: null },
      aucOfBins: auc(ofBins, isBad),
      missing,
      bins: table.filter(({ goods, bads }) => goods + bads > 0),
      isUsed: notUsed === null,
      notUsed,
      coefficient,
    };
  }).sort((a, b) => b.iv - a.iv || (a.name < b.name ? -1 : 1));
}

/** The measures of the values themselves; nothing for levels, or where present values are of one class. */
function ofValues(column: Column, isBad: ArrayLike<number>) {
  if (column.kind === "categorical") return undefined;
  const rows = Uint32Array.from({ length: isBad.length }, (_, row) => row)
    .filter((row) => !Number.isNaN(column.values[row]));
  const outcomes = Uint8Array.from(rows, (row) => isBad[row]);
  const bads = outcomes.reduce((sum, bad) => sum + bad, 0);
  if (bads === 0 || bads === rows.length) return undefined;
  const values = Float64Array.from(rows, (row) => column.values[row]);
  const area = auc(values, outcomes);
  return {
    auc: Math.max(area, 1 - area),
    ks: kolmogorovSmirnov(values, outcomes).ks,
    isRiskierAbove: area >= 0.5,
  };
}

function missingRows(column: Column): number {
  let missing = 0;
  if (column.kind === "numeric") { for (const value of column.values) if (value !== value) missing++; }
  else for (const code of column.codes) if (code < 0) missing++;
  return missing;
}
