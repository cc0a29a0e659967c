// A study of a file as the JSON object that `hutong scorecard fit --json` prints.

import { emptyClassWords, woeFormulas } from "#/model/scoring/fit/woe.ts";
import type { FileStudy } from "./prepare.ts";

/**
 * The object, with its figures under the names of the trade. AUC, KS, Gini, Brier score, calibration, groups and the
 * distribution of scores are out of sample; `auc.train` and what stands under a variable are not.
 */
export function asJson(
  { file, target, study, excluded, notes, seconds }: FileStudy,
): Record<string, unknown> {
  const { card, variables, roc: _roc, ...measures } = study;
  const { convention, emptyClass, convergence } = card;
  return {
    file,
    target,
    ...measures,
    woe: {
      convention,
      formula: woeFormulas[convention],
      emptyClass,
      emptyClassRule: emptyClassWords[emptyClass],
    },
    variables,
    excluded,
    convergence,
    notes,
    card,
    seconds,
  };
}

/** JSON text of an object without a number that is none. Errors: `RangeError` naming the key of such a number. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, (key, part) => {
    if (typeof part === "number" && !Number.isFinite(part)) {
      throw new RangeError(`Cannot write ${key}: found ${part}; allowed are finite numbers`);
    }
    return part;
  });
}
