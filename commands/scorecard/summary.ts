// What `hutong scorecard fit` says on a screen.

import { stoppedWords } from "#/model/scoring/fit/logistic.ts";
import { emptyClassWords, woeFormulas } from "#/model/scoring/fit/woe.ts";
import { inFull, share, signed } from "#/server/format.ts";
import type { FileStudy } from "./prepare.ts";

/** The study in lines: how good, which columns, the card, what was left out, fairness. */
export function scorecardSummary({ file, target, study, excluded, notes, seconds }: FileStudy): string {
  const { auc, ks, gini, brier, card, rows, bads, badRate, folds, seed, approval } = study;
  const { isConverged, iterations, gradientNorm, stoppedBy } = card.convergence;
  const digits = (value: number) => value.toFixed(3);
  return [
    `${file}: ${inFull(rows)} rows, ${inFull(bads)} bad (${share(badRate)})`,
    `target ${target.column}: ${target.bad} is bad, ${target.good} is good (${target.because})`,
    "",
    `AUC  ${digits(auc.crossValidated)} [${digits(auc.interval.low)}, ${digits(auc.interval.high)}] ` +
    `over ${folds} folds (seed ${seed}); ${digits(auc.train)} on its own rows`,
    `KS   ${digits(ks)}   Gini ${digits(gini)}   Brier ${digits(brier)}, against ${
      digits(badRate * (1 - badRate))
    } for one probability for all`,
    `approving the best ${share(approval.approvalRate)}: ${share(approval.badRate)} of them are bad`,
    `Newton's steps: ${
      isConverged ? "converged" : `NOT converged (${stoppedWords[stoppedBy]})`
    } after ${iterations}, gradient ${gradientNorm.toExponential(1)} a row`,
    `weight of evidence: ${woeFormulas[card.convention]}; ${emptyClassWords[card.emptyClass]}`,
    "",
    ...grid([
      ["variable", "IV", "AUC", "KS", "bins", "on the card"],
      ...study.variables.map((one) => [
        one.name,
        digits(one.iv),
        digits(one.auc),
        digits(one.ks),
        String(one.bins.length),
        one.isUsed ? `coefficient ${one.coefficient!.toFixed(2)}` : `no: ${one.notUsed}`,
      ]),
    ]),
    "",
    `points: ${card.basePoints} and`,
    ...card.variables.flatMap(({ name, table }) => [
      `  ${name}`,
      ...grid(
        table.filter(({ goods, bads }) => goods + bads > 0)
          .map(({ label, points }) => [`    ${label}`, signed(points)]),
      ),
    ]),
    ...(excluded.length > 0
      ? ["", "left out:", ...excluded.map(({ name, words }) => `  ${name}: ${words}`)]
      : []),
    ...study.groups.flatMap(({ by, approvals }) => [
      "",
      ...grid([
        [by, "rows", "approved", "bad", "bad of approved", "approval against best"],
        ...approvals.map((row) => [
          row.group,
          inFull(row.rows),
          share(row.approvalRate),
          share(row.badRate),
          row.badRateOfApproved === null ? "nobody" : share(row.badRateOfApproved),
          row.isSmall
            ? "few rows"
            : `${row.ratioToBest.toFixed(2)}${row.isBelowFourFifths ? " below 0.80" : ""}`,
        ]),
      ]),
    ]),
    ...(notes.length > 0 ? ["", ...notes.map((note) => `note: ${note}`)] : []),
    "",
    `${seconds.toFixed(1)} s`,
  ].join("\n");
}

/** Rows of cells as lines, each column as wide as its widest cell. */
export function grid(lines: readonly (readonly string[])[]): string[] {
  const widths = lines.reduce<number[]>(
    (most, line) => line.map((word, i) => Math.max(most[i] ?? 0, word.length)),
    [],
  );
  return lines.map((line) => line.map((word, i) => word.padEnd(widths[i])).join("  ").trimEnd());
}
