// Score factors: which terms of a score cost a person most points, in words.

import { log } from "#/model/units/elementary.ts";
import type { PointsTable, ScoreFacts } from "./scorecard.ts";

/** One term of a score and what it costs against the best that it could give. */
export interface ScoreFactor {
  term: string;
  costPoints: number;
  words: string;
}

const referenceIncomeFen = 400_000;
const log2 = 0.6931471805599453;

/**
 * The terms of an expert score that cost most, the costliest first.
 *
 * Shapes and units: facts and table as in `scorePoints`; a term costs the points between what it gives and the most that it can
 * give (income: what an income at the reference of CNY 4,000 a month gives; noise is no term of the person's). Terms that
 * cost less than half a point are left out; ties stay in the order of the table. `most` terms at most. Errors: none.
 *
 * @example
 * ```ts
 * import { scoreFactors } from "#/model/scoring/factors.ts";
 * import assert from "node:assert/strict";
 * const table = { basePoints: 560, incomePointsPerDoubling: 20, tenurePointsPerYear: 10, onTimePoints: 4, latePoints: 45,
 *   utilisationPoints: 30, otherLineLatePoints: 80, burdenPoints: 15, noisePoints: 30 };
 * const facts = { incomeFen: 400_000, tenureDays: 1_095, onTimeBills: 12, lateBills: 2, utilisation: 0.5,
 *   otherLineLate: false, burdenIncomes: 0, noise: 1 };
 * assert.deepEqual(scoreFactors(facts, table).map(({ term, costPoints }) => [term, costPoints]),
 *   [["lateBills", 90], ["utilisation", 15]]);
 * ```
 */
export function scoreFactors(
  facts: ScoreFacts,
  table: PointsTable,
  { most = 3 }: { most?: number } = {},
): ScoreFactor[] {
  const doublings = log(Math.max(1, facts.incomeFen) / referenceIncomeFen) / log2;
  const tenureYears = Math.min(facts.tenureDays / 365, 3), onTime = Math.min(facts.onTimeBills, 12);
  const late = Math.min(facts.lateBills, 4);
  const utilisation = Math.max(0, Math.min(facts.utilisation, 1));
  const burden = Math.max(0, Math.min(facts.burdenIncomes, 6));
  const terms: ScoreFactor[] = [
    {
      term: "income",
      costPoints: -Math.max(-3, Math.min(0, doublings)) * table.incomePointsPerDoubling,
      words: "your income",
    },
    {
      term: "tenure",
      costPoints: (3 - tenureYears) * table.tenurePointsPerYear,
      words: facts.tenureDays === 0
        ? "you have no line with us yet"
        : "how short a time you have had the line",
    },
    {
      term: "onTimeBills",
      costPoints: (12 - onTime) * table.onTimePoints,
      words: onTime === 0 ? "no bills paid on time yet" : "few bills paid on time so far",
    },
    {
      term: "lateBills",
      costPoints: late * table.latePoints,
      words: facts.lateBills === 1 ? "a bill missed" : `${facts.lateBills} bills missed`,
    },
    {
      term: "utilisation",
      costPoints: utilisation * table.utilisationPoints,
      words: `${Math.round(utilisation * 100)} % of your limit is in use`,
    },
    {
      term: "otherLineLate",
      costPoints: facts.otherLineLate ? table.otherLineLatePoints : 0,
      words: "a line of yours elsewhere is overdue",
    },
    { term: "burden", costPoints: burden * table.burdenPoints, words: "what you owe against your income" },
  ];
  return terms.map((it, place) => ({ it, place })).filter(({ it }) => it.costPoints >= 0.5)
    .sort((a, b) => b.it.costPoints - a.it.costPoints || a.place - b.place).slice(0, most).map(({ it }) =>
      it
    );
}

/**
 * Score factors as a shopper reads them; an empty text where there are none.
 *
 * @example
 * ```ts
 * import { factorsInWords } from "#/model/scoring/factors.ts";
 * import assert from "node:assert/strict";
 * assert.equal(factorsInWords(["a bill missed", "your income"]), "What weighs most against your score: a bill missed; your income.");
 * assert.equal(factorsInWords([]), "");
 * ```
 */
export function factorsInWords(words: readonly string[]): string {
  return words.length === 0 ? "" : `What weighs most against your score: ${words.join("; ")}.`;
}
