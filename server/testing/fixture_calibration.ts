// A calibration made up for tests: two searched targets, one compared, two parameters of which one moves nothing.

import { identification } from "#/model/statistics/identification.ts";
import type { Calibration } from "#/sim/experiments/calibrate_result.ts";
import type { ErrorRow } from "#/sim/experiments/calibrate_table.ts";

const row = (name: string, title: string, said: Partial<ErrorRow>): ErrorRow => ({
  name,
  title,
  unit: "share",
  when: "2019-12-31",
  denominator: "principal of the book",
  source: "made up",
  searched: true,
  value: 0.0156,
  low: 0.01,
  high: 0.018,
  mean: 0.015,
  from: 0.014,
  to: 0.016,
  inside: true,
  close: false,
  ...said,
});

const parameter = (path: string, proposed: number, said: Partial<Calibration["parameters"][number]>) => ({
  path,
  unit: "bps",
  low: 0,
  high: 2_000,
  range: [0, 2_000] as [number, number],
  value: 650,
  source: "assumed (a)",
  provenance: "scenarios/assumptions.yaml",
  proposed,
  from: 600,
  to: 820,
  luckFrom: 690,
  luckTo: 710,
  atBound: null,
  ...said,
});

/** The fixture. Its figures are made up; its identification is that of its slopes. */
export function fixtureCalibration(): Calibration {
  const slopes = [[8, 0.1], [6, 0.05], [4, 0]], halfWidths = [[1, 0.4], [1, 0.3], [1, 0.2]];
  const after = [
    row("ant30", "Ant-like book, 30+ dpd", {}),
    row("ant90", "Ant-like book, 90+ dpd", { mean: 0.0123, from: null, to: null, low: 0.006, high: 0.013 }),
    row("springRise", "Spring 2020, rise of 30+ dpd in four months", {
      unit: "times",
      value: 1.71,
      low: 1.5,
      high: 2.2,
      mean: 2.4,
      from: 2.1,
      to: 2.7,
      inside: false,
      close: true,
      searched: false,
    }),
  ];
  return {
    kind: "calibration",
    world: "baseline",
    engine: "e".repeat(64),
    seed: "hutong",
    shoppers: 1_000,
    days: 365,
    startDate: "2019-07-01",
    replications: 3,
    set: [],
    targets: { file: "scenarios/targets.yaml", title: "Published figures", sha256: "0".repeat(64) },
    parameters: [
      parameter("behaviour.hardshipPerYearBps", 700, {}),
      parameter("behaviour.burdenMissBps", 650, { from: 0, to: 2_000 }),
    ],
    before: after.map((one) => ({ ...one, mean: one.mean! * 1.4, inside: false })),
    after,
    pictures: {
      "roll M0 M1": 0.011,
      "roll M0 M0": 0.93,
      "roll M2 M3": 0.79,
      "vintage baitiao 0": 0,
      "vintage baitiao 1": 0,
      "vintage baitiao 4": 0.004,
      "vintage baitiao 5": 0.007,
      "vintage huabei 4": 0.004,
      "vintage huabei 5": 0.005,
    },
    cost: { before: 1.8, after: 0.2 },
    steps: [
      { how: "start", points: 1, cost: 1.8, trust: 0.2 },
      { how: "derivatives", points: 3, cost: 1.8, trust: 0.2 },
      { how: "step", points: 4, cost: 0.2, trust: 0.2 },
    ],
    ended: "converged",
    method: "Gauss-Newton in a box of trust",
    trials: 8,
    runs: 24,
    budget: 60,
    slopes,
    halfWidths,
    identification: identification({ slopes: slopes.slice(0, 2), halfWidths: halfWidths.slice(0, 2) }),
    ok: false,
    hash: "f".repeat(64),
  };
}
