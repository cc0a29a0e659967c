// Values of two openings made up by hand, for tests of their page and chart.

import type { CellValues } from "#/sim/experiments/cell_values.ts";

/** Two openings over three replications; the second is worth most. */
export function fixtureCells(): CellValues {
  const about = (mean: number, half: number) => ({ mean, low: mean - half, high: mean + half, n: 3 });
  const cost = { externalFen: 4e9, railFen: 3e11, integrationFen: 5e9 };
  return {
    ...{ parties: ["jd", "ant"], discountRateBps: 1_200, months: 12, replications: 3, apartDays: 90 },
    ...{ orders: 2, isCounted: true },
    nothingOpen: about(-1e10, 2e9),
    allOpen: about(6e11, 5e10),
    cells: [
      {
        name: "baitiao-alipay",
        shapley: about(2e11, 4e10),
        samplingErrorFen: 0,
        alone: about(1.5e11, 3e10),
        last: about(2.5e11, 5e10),
        cost,
      },
      {
        name: "cobranded-card",
        shapley: about(4e11, 4e10),
        samplingErrorFen: 0,
        alone: about(3.5e11, 3e10),
        last: about(4.5e11, 5e10),
        cost,
      },
    ],
    best: { order: ["cobranded-card", "baitiao-alipay"], valueFen: 5.5e11 },
    worst: { order: ["baitiao-alipay", "cobranded-card"], valueFen: 4.5e11 },
    sets: [
      { open: ["baitiao-alipay"], valueFen: 1.5e11 },
      { open: ["cobranded-card"], valueFen: 3.5e11 },
      { open: ["baitiao-alipay", "cobranded-card"], valueFen: 6e11 },
    ],
  };
}
