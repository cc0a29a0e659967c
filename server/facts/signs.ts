// Signs that were written down beforehand, beside what the runs found.

import { type Pair, pairOf } from "#/server/facts/outcomes.ts";
import type { Comparison, Expectation } from "#/server/reports/shape.ts";

/** How an expectation fared. `unsure`: several replications, and their interval holds zero. */
export type Verdict = "as expected" | "not as expected" | "unsure" | "no such outcome";

/** An expectation and what was found. */
export interface Sign extends Expectation {
  found: Pair | undefined;
  verdict: Verdict;
}

/**
 * Every expectation with its verdict.
 *
 * With an interval over replications, a sign counts only when the interval lies on one side of zero, and "no change"
 * counts when it holds zero. With one run each, the sign of the difference decides.
 *
 * @example
 * ```ts
 * import { signs } from "#/server/facts/signs.ts";
 * import { fixtureComparison } from "#/server/testing/fixture.ts";
 * import assert from "node:assert/strict";
 * const [gmv] = signs(fixtureComparison());
 * assert.equal(gmv.verdict, "as expected");
 * ```
 */
export function signs(report: Comparison): Sign[] {
  return report.expected.map((expectation) => {
    const found = pairOf(report, expectation.outcome);
    return { ...expectation, found, verdict: judge(expectation.sign, found) };
  });
}

function judge(sign: Expectation["sign"], found: Pair | undefined): Verdict {
  if (!found || found.difference === null) return "no such outcome";
  if (found.interval) {
    const { low, high } = found.interval;
    if (low <= 0 && high >= 0) return sign === "0" ? "as expected" : "unsure";
    return (low > 0 ? "+" : "-") === sign ? "as expected" : "not as expected";
  }
  const seen = found.difference > 0 ? "+" : found.difference < 0 ? "-" : "0";
  return seen === sign ? "as expected" : "not as expected";
}
