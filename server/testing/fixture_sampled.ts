// A made-up sweep of any sampled design for tests: five axes of all kinds, two scenarios, a loss of known making.

import type { Axis, DesignTerms } from "#/scenarios/sweep_schema.ts";
import { analyse } from "#/sim/experiments/analyse.ts";
import { designRows, type Settings } from "#/sim/experiments/design_rows.ts";
import type { SweepCell, SweepTable } from "#/sim/experiments/read.ts";
import type { Outcome } from "#/sim/result.ts";

/** The axes: a range, a range in steps, a range on a log scale, words, and one that does nothing. */
export const fixtureAxes: readonly Axis[] = [
  {
    name: "hardship",
    title: "People whose income fails in a year, of ten thousand who hold a line with either issuer",
    path: "behaviour.hardshipPerYearBps",
    values: [],
    range: { low: 400, high: 1_500 },
  },
  {
    name: "severity",
    title: "Scale of the downturn",
    path: "macro.severityBps",
    values: [],
    range: { low: 0, high: 40_000, step: 10_000 },
  },
  {
    name: "prefunding",
    title: "Money on the bridge, CNY",
    path: "clearing.prefundingCny",
    values: [],
    range: { low: 1e8, high: 1e10, scale: "log" },
  },
  {
    name: "linkage",
    title: "How people are recognised",
    path: "identity.policy",
    values: ["separate", "recordLinkage", "credentials"],
  },
  {
    name: "wordsInADashboardColumn",
    title: "What does nothing at all",
    path: "behaviour.none",
    values: [],
    range: { low: 0, high: 1 },
  },
];

/** The loss in CNY: hardship times the downturn, a little for want of money, less where people are recognised. */
export function fixtureLoss(settings: Settings): number {
  const at = (name: string) => Number(settings[name] ?? 0);
  const bare = 2 * at("hardship") * (1 + at("severity") / 20_000) -
    120 * Math.log10(at("prefunding") / 1e8 || 1);
  return 1e6 * (bare - (settings.linkage === "credentials" ? 500 : 0));
}

/**
 * The sweep as the store would give it. `lossOf` replaces the loss; rows of `failed` fail, those of `missing` are still to do.
 */
export function fixtureSampled(
  design: DesignTerms,
  { axes = fixtureAxes, lossOf = fixtureLoss, failed = [], missing = [], replications = 1 }: {
    axes?: readonly Axis[];
    lossOf?: (settings: Settings) => number;
    failed?: readonly number[] | "all";
    missing?: readonly number[];
    replications?: number;
  } = {},
): SweepTable {
  const base = ["baseline", "interop"], levers = [...axes], outcomes = ["netLoss", "dpd30Share"];
  const rows = [...designRows({ axes, design, seed: "sampled" })];
  const points = rows.flatMap((settings, row) =>
    base.map((scenario) => ({ id: `${row}${scenario}`.padEnd(64, "d"), row, scenario, settings }))
  );
  const cells = Array.from(
    { length: replications },
    (_, replication) =>
      points.map(({ id, row, scenario, settings }): SweepCell => {
        const status = failed === "all" || failed.includes(row)
          ? "failed"
          : missing.includes(row)
          ? "missing"
          : "done";
        const value = lossOf(settings) * (scenario === "interop" ? 0.9 : 1);
        const found: Record<string, Outcome> = status === "done"
          ? { netLoss: { value, unit: "CNY" }, dpd30Share: { value: 0.02 + value / 1e12, unit: "share" } }
          : {};
        return {
          id: `${replication}${id}`.slice(0, 64),
          point: id,
          scenario,
          settings,
          replication,
          status,
          outcomes: found,
          runHash: status === "done" ? `f${replication}${id}`.slice(0, 64) : null,
          errorKind: status === "failed" ? "error" : null,
          errorMessage: status === "failed" ? "Cannot pay" : null,
          replay: status === "missing" ? null : `deno task hutong run ${scenario} --json`,
        };
      }),
  ).flat();
  const cellOf = new Map(cells.map((cell) => [`${cell.replication}/${cell.point}`, cell]));
  const analysis = analyse(points, {
    ...{ base, outcomes, replications },
    found: (point, replication) => {
      const { status, outcomes } = cellOf.get(`${replication}/${point}`)!;
      return status === "missing" ? undefined : status === "failed" ? { status } : { status, outcomes };
    },
  });
  const title = "Sampled: what moves the loss",
    count = (status: string) => cells.filter((cell) => cell.status === status).length;
  return {
    ...{ id: "cd".repeat(32), name: "sampled", title, engine: "9f3c6b2a70d1e4c8" },
    ...{ jobs: cells.length, rows: count("done") + count("failed"), failed: count("failed") },
    design: {
      ...{ name: "sampled", title, base, seed: "sampled", shoppers: 1_000, days: 40, replications, design },
      ...{ levers, uncertainties: [], outcomes, heatmap: null },
    },
    points,
    cells,
    analysis,
  };
}
