// From a file to a study: columns are read and sorted out, then the card is fitted and judged.

import type { Column } from "#/model/scoring/fit/columns.ts";
import { stoppedWords } from "#/model/scoring/fit/logistic.ts";
import { exclude, type Exclusion, isPersonal } from "#/model/scoring/study/exclusions.ts";
import { type ScorecardStudy, study } from "#/model/scoring/study/study.ts";
import { refuse } from "#/scenarios/complain.ts";
import { columnIndex, readTarget, type Target } from "./target.ts";
import { readTextTable } from "./text_table.ts";
import { typedColumn } from "./typed_columns.ts";

/** What the command line asks for. */
export interface ScorecardChoice {
  data: string;
  target: string;
  bad?: string;
  folds: number;
  seed: number;
  exclude?: string[];
  personal?: boolean;
  approve: number;
}

/** A study of a file. */
export interface FileStudy {
  file: string;
  target: Target;
  study: ScorecardStudy;
  excluded: Exclusion[];
  notes: string[];
  seconds: number;
}

/** The fewest rows that anything can be said about. */
const leastRows = 20;
/** An AUC of one column by itself from which on it looks like the outcome itself. */
const tooGood = 0.98;

/**
 * Reads a file, fits a card and judges it out of sample.
 *
 * Errors: `ScenarioError` with the place, what was found and what is allowed, for files, columns and targets that do not serve.
 */
export function studyFile(choice: ScorecardChoice, clock: () => number): FileStudy {
  const began = clock();
  const table = readTextTable(choice.data);
  const { length: rows } = table.lines;
  if (rows < leastRows) {
    refuse(
      choice.data,
      "",
      `found ${rows} ${rows === 1 ? "row" : "rows"}; allowed are at least ${leastRows}`,
    );
  }
  const { target, isBad } = readTarget(table, { name: choice.target, bad: choice.bad });
  const asked = (choice.exclude ?? []).flatMap((name) =>
    table.names.includes(name) ? [name] : name.split(",")
  )
    .map((name) => table.names[columnIndex(table, name, "--exclude")]);
  refuseFew(choice, { isBad, column: target.column });
  const notes: string[] = [];
  const columns = table.names.flatMap((name, i): Column[] => {
    if (name === target.column) return [];
    const { column, note } = typedColumn(name, table.cells[i], { hasDecimalComma: table.delimiter === ";" });
    if (note) notes.push(note);
    return [column];
  });
  const { kept, excluded } = exclude(columns, { asked, usesPersonal: choice.personal });
  if (kept.length === 0) {
    const why = excluded.map(({ name, reason }) => `${name} (${reason})`).join(", ");
    refuse(
      choice.data,
      "",
      `found no column to fit on${why && `: left out are ${why}`}; allowed is at least one`,
    );
  }
  const groupsBy = columns.filter(({ name }) =>
    isPersonal(name) && !asked.includes(name) &&
    !excluded.some((one) => one.name === name && one.reason !== "personal")
  );
  const found = study(kept, isBad, {
    folds: choice.folds,
    seed: choice.seed,
    approvalRate: choice.approve / 100,
    groupsBy,
  });
  return {
    file: choice.data,
    target,
    study: found,
    excluded,
    notes: [...notes, ...warnings(found)],
    seconds: (clock() - began) / 1_000,
  };
}

function refuseFew(
  { data, folds }: ScorecardChoice,
  { isBad, column }: { isBad: Uint8Array; column: string },
): void {
  const rows = isBad.length;
  const bads = isBad.reduce((sum, bad) => sum + bad, 0), least = Math.min(bads, rows - bads);
  if (least >= 2 * folds) return;
  const word = least === bads ? least === 1 ? "bad" : "bads" : least === 1 ? "good" : "goods";
  refuse(
    data,
    column,
    `found ${least} ${word} for ${folds} folds; allowed are at least two a fold` +
      (least >= 4 ? ` (--folds ${Math.floor(least / 2)})` : ""),
  );
}

function warnings({ variables, card, folds, foldsConverged }: ScorecardStudy): string[] {
  const found = variables.filter(({ aucOfBins }) => aucOfBins >= tooGood).map(({ name, aucOfBins }) =>
    `${name} alone tells good from bad almost perfectly (AUC ${
      aucOfBins.toFixed(3)
    }): is it known before the outcome?`
  );
  const { isConverged, iterations, gradientNorm, stoppedBy } = card.convergence;
  if (!isConverged) {
    found.push(
      `the regression did not converge (${stoppedWords[stoppedBy]}, after ${iterations} steps, gradient ${
        gradientNorm.toExponential(1)
      }): its points are not the best ones`,
    );
  }
  if (foldsConverged < folds) {
    found.push(
      `${
        folds - foldsConverged
      } of ${folds} folds did not converge: the figures out of sample suffer from it`,
    );
  }
  if (card.variables.length === 0) found.push("no column tells good from bad: every row gets the same score");
  return found;
}
