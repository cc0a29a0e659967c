// Made-up roll matrices, vintages and allowances for the fixture: plain numbers, the same on every call.

import { lossStages, type RollForward } from "#/model/credit/expected_loss.ts";
import type { ServicingTables } from "#/sim/result.ts";

const matrix = [
  [0.985, 0.0132, 0, 0, 0, 0, 0.0018],
  [0.41, 0.02, 0.57, 0, 0, 0, 0],
  [0.17, 0, 0.01, 0.82, 0, 0, 0],
  [0.1, 0, 0, 0, 0.9, 0, 0],
  [0.14, 0, 0, 0, 0.58, 0.28, 0],
];
const held = [480_000, 6_400, 3_600, 2_900, 4_200];

/** Four months of servicing of both issuers; the open world is a little later with its payments. */
export function fixtureServicing(open: boolean): ServicingTables {
  const worse = open ? 1.1 : 1;
  return {
    rolls: ["jd", "ant"].map((issuer) => {
      const counts = matrix.map((row, r) =>
        row.map((p, c) => Math.round(held[r] * p * (c > r && r < 4 && c < 5 ? worse : 1)))
      );
      const sums = counts.map((row) => row.reduce((sum, n) => sum + n, 0));
      return {
        issuer,
        states: ["M0", "M1", "M2", "M3", "M4+", "written off", "closed"],
        counts,
        matrix: counts.map((row, r) => row.map((n) => n / sums[r])),
      };
    }),
    vintages: ["jd", "ant"].flatMap((issuer) =>
      [7, 8, 9, 10].map((month) => ({
        issuer,
        month: `2019-${String(month).padStart(2, "0")}`,
        loans: 1_000_000,
        followed: 9_000,
        lentFen: 90_000_000_000,
        dpd30Share: Array.from({ length: 11 - month }, (_, k) => 0.004 * worse * Math.max(0, k - 1)),
        dpd90Share: Array.from({ length: 11 - month }, (_, k) => 0.003 * worse * Math.max(0, k - 3)),
      }))
    ),
    allowances: ["2019-07-31", "2019-08-31", "2019-09-30", "2019-10-31"].flatMap((date, k) =>
      ["jd", "ant"].map((issuer, i) => ({
        issuer,
        date,
        stages: Object.fromEntries(
          lossStages.map((stage, s) => [stage, month(1e11 * (1 + 4 * i) * (1 + s) * worse, { s, k })]),
        ) as Record<typeof lossStages[number], RollForward>,
      }))
    ),
    collection: [],
  };
}

/** A month that rolls forward: a tenth is added by new debts and measurement, and what is written off leaves. */
function month(levelFen: number, { s, k }: { s: number; k: number }): RollForward {
  const openingFen = Math.round(levelFen * (1 + 0.04 * k)),
    closingFen = Math.round(levelFen * (1 + 0.04 * (k + 1)));
  const newFen = s === 0 ? Math.round(levelFen * 0.06) : 0,
    writeOffsFen = s === 2 ? Math.round(levelFen * 0.1) : 0;
  const transfersFen = Math.round(levelFen / (1 + s) * 0.02) * (s === 0 ? -2 : 1);
  const recoveriesFen = Math.round(levelFen * 0.01);
  const remeasurementFen = closingFen - openingFen - newFen - transfersFen + writeOffsFen + recoveriesFen;
  return { openingFen, newFen, transfersFen, remeasurementFen, writeOffsFen, recoveriesFen, closingFen };
}
