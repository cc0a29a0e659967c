// A made-up sweep for tests: two axes, two scenarios, four replications, one failed run, one still to do.

import { analyse } from "#/sim/experiments/analyse.ts";
import { grid } from "#/sim/experiments/design_rows.ts";
import type { SweepCell, SweepTable } from "#/sim/experiments/read.ts";
import type { Outcome } from "#/sim/result.ts";

const axes = [
  {
    name: "prefunding",
    title: "Money on the bridge, CNY",
    path: "clearing.prefundingCny",
    values: [1e8, 1e9, 3e9],
  },
  {
    name: "bankLine",
    title: "Bank line that JD can draw on, CNY",
    path: "funding.jd.bankLine.commitmentCny",
    values: [3e10, 2e11],
  },
];

/** The made-up sweep as the store would give it. */
export function fixtureSweep(): SweepTable {
  const base = ["baseline", "interop"];
  const points = [...grid(axes)].flatMap((settings, i) =>
    base.map((scenario, side) => ({ id: `${i}${side}`.padEnd(64, "c"), scenario, settings }))
  );
  const cells: SweepCell[] = [0, 1, 2, 3].flatMap((replication) =>
    points.map(({ id, scenario, settings }, i): SweepCell => {
      const status = replication === 3 && i === 3
        ? "failed"
        : replication === 3 && i === 11
        ? "missing"
        : "done";
      const lift = scenario === "interop" ? 4e9 * Math.log10(settings.prefunding as number / 3e8) : 0;
      const outcomes: Record<string, Outcome> = status === "done"
        ? {
          gmv: { value: 1.6e12 + lift + 1e9 * ((i * 7 + replication * 3) % 5), unit: "CNY" },
          dpd30Share: { value: 0.015 + 0.001 * replication, unit: "share" },
        }
        : {};
      return {
        id: `${replication}${id}`.slice(0, 64),
        point: id,
        scenario,
        settings,
        replication,
        status,
        outcomes,
        runHash: status === "done" ? `${replication}f${id}`.slice(0, 64) : null,
        errorKind: status === "failed" ? "error" : null,
        errorMessage: status === "failed" ? "Cannot pay CNY 3 as <jd> holds CNY 2" : null,
        replay: status === "missing"
          ? null
          : `deno task hutong run ${scenario} --replication ${replication} --json`,
      };
    })
  );
  const design: SweepTable["design"] = {
    design: { kind: "factorial" },
    name: "liquidity",
    title: "Liquidity: prefunding against the bank line",
    base,
    seed: "sweeps",
    shoppers: 1_000,
    days: 40,
    replications: 4,
    levers: axes,
    uncertainties: [],
    outcomes: ["gmv", "dpd30Share"],
    heatmap: { x: "prefunding", y: "bankLine", outcome: "gmv" },
  };
  const found = (point: string, replication: number) => {
    const cell = cells.find((one) => one.point === point && one.replication === replication)!;
    if (cell.status === "missing") return undefined;
    return cell.status === "failed"
      ? { status: "failed" } as const
      : { status: "done", outcomes: cell.outcomes } as const;
  };
  return {
    id: "ab".repeat(32),
    name: design.name,
    title: design.title,
    engine: "9f3c6b2a70d1e4c8",
    jobs: cells.length,
    rows: cells.filter(({ status }) => status !== "missing").length,
    failed: cells.filter(({ status }) => status === "failed").length,
    design,
    points,
    cells,
    analysis: analyse(points, { base, outcomes: design.outcomes, replications: 4, found }),
  };
}
