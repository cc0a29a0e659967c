// fin/transition_matrices.json: powers of a published matrix, matrices that must be refused, and the cohort estimator on
// a table of histories that lies beside the sets.

import assert from "node:assert/strict";
import {
  cohortEstimate,
  cumulativeDefault,
  matrixPower,
  type Observation,
  transitionMatrix,
} from "#/model/credit/transitions.ts";
import { type CaseResult, examine, near, unread } from "../case.ts";

/** Where the histories lie, from the folder of vectors. */
export const historiesPath = "../data/transition_synthetic_data5.csv";

interface Published {
  states: string[];
  matrix: number[][];
  rowSums: number[];
  recomputedCumulativePD: Record<string, number[]>;
}

interface File {
  [part: string]: unknown;
  cohortEstimator?: { trueMatrix: number[][] };
  validation?: { matrix?: number[][]; values?: number[]; expectedError: string }[];
}

const remarks = ["source", "commit", "license", "split", "note"];

/** Reads every part of the file; `beside` gives the text of a file beside the sets, or nothing. */
export function transitionCases(text: string, beside?: (path: string) => string | undefined): CaseResult[] {
  const file = JSON.parse(text) as File;
  return Object.entries(file).flatMap(([part, content]): CaseResult[] => {
    if (remarks.includes(part)) return [];
    if (part === "cohortEstimator") {
      return [cohort((content as { trueMatrix: number[][] }).trueMatrix, beside?.(historiesPath))];
    }
    if (part === "validation") return file.validation!.map(refusal);
    if (content !== null && typeof content === "object" && "recomputedCumulativePD" in content) {
      return published(part, content as Published);
    }
    return [unread(part, `part "${part}"`)];
  });
}

/** The matrix as it is printed; and refused by the row that is off, or normalised. */
function published(
  part: string,
  { states, matrix, rowSums, recomputedCumulativePD }: Published,
): CaseResult[] {
  return [
    ...Object.entries(recomputedCumulativePD).map(([tenor, expected]) =>
      examine(`${part}, ${tenor} years`, () => {
        const own = cumulativeDefault(matrix, Number(tenor));
        assert.equal(own.length, expected.length);
        for (const [r, pd] of expected.entries()) {
          near(own[r], pd, { tolerance: 1e-8, what: `default of ${states[r]}` });
        }
      })
    ),
    examine(`${part}, row sums`, () => {
      const off = rowSums.findIndex((sum) => Math.abs(sum - 1) > 1e-9);
      if (off >= 0) {
        assert.throws(() => transitionMatrix(matrix, { states }), {
          name: "RangeError",
          message: new RegExp(`row ${states[off]} sums to ${rowSums[off]}`),
        });
      }
      for (const row of transitionMatrix(matrix, { states, rows: "normalise" })) {
        near(row.reduce((sum, x) => sum + x, 0), 1, { tolerance: 1e-12, what: "a normalised row" });
      }
    }),
  ];
}

function refusal(
  { matrix, values, expectedError }: { matrix?: number[][]; values?: number[]; expectedError: string },
  i: number,
): CaseResult {
  return examine(`validation ${i}: ${expectedError}`, () => {
    assert.throws(
      () => transitionMatrix(matrix ?? values as unknown as number[][]),
      (error: Error) => error.message.startsWith(expectedError),
    );
  });
}

/** "About 2 digits" on 50,000 rows: within 0.01 of the true matrix. */
function cohort(trueMatrix: number[][], histories: string | undefined): CaseResult {
  const name = "cohort estimator";
  if (histories === undefined) return { name, status: "skipped", reason: `no file ${historiesPath}` };
  return examine(name, () => {
    const [head, ...rows] = histories.trim().split(/\r?\n/);
    assert.equal(head, "ID,Time,State");
    const seen = rows.map((row): Observation => {
      const [id, time, state] = row.split(",").map(Number);
      return { id, time, state };
    });
    const { matrix, counts, events, histories: people, moves } = cohortEstimate(seen, {
      states: trueMatrix.length,
    });
    assert.equal(events, rows.length);
    assert.equal(counts.flat().reduce((sum, count) => sum + count, 0), moves);
    assert.equal(moves, events - people);
    for (const [r, row] of trueMatrix.entries()) {
      for (const [c, p] of row.entries()) {
        near(matrix[r][c], p, { tolerance: 0.01, what: `the move from ${r} to ${c}` });
      }
    }
    assert.equal(matrixPower(matrix, 0)[0][0], 1);
  });
}
