import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Target, Targets } from "#/scenarios/targets.ts";
import { calibrate, type CalibrateOptions, check } from "#/sim/experiments/calibrate.ts";
import { settingsOf } from "#/sim/experiments/calibrate_free.ts";
import { observed } from "#/sim/experiments/calibrate_runner.ts";
import { buildOpeningBook } from "#/sim/run.ts";
import { village } from "#/sim/testing/worlds.ts";

const truth = { "demand.wantsPerThousandDays": 640, "population.creditAppetiteBps": 4_700 };
const read = ["gmv", "creditGmv", "balancePerUser.huabei", "lostPurchases"];

const targetOf = (outcome: string, value: number, tolerance: number): Target => ({
  name: outcome.replace(".", "Of"),
  title: outcome,
  reads: "outcome",
  outcome,
  value,
  low: value / (1 + tolerance),
  high: value * (1 + tolerance),
  denominator: "nothing",
  source: "a world of known assumptions",
  searched: true,
});

Deno.test("a world's own assumptions are recovered from its own outcomes, within the interval that is told", async () => {
  const folder = mkdtempSync(join(tmpdir(), "hutong-recovery-"));
  const targetsOf = (values: readonly number[], tolerance: number): Targets => ({
    title: "Outcomes of a known world",
    world: "world2019",
    file: "known.yaml",
    sha256: "0".repeat(64),
    free: Object.keys(truth),
    forbidden: [],
    targets: read.map((outcome, i) => targetOf(outcome, values[i], tolerance)),
  });
  const optionsOf = (targets: Targets): CalibrateOptions & { free: string[] } => ({
    targets,
    free: Object.keys(truth),
    replications: 3,
    shoppers: 600,
    days: 15,
    set: [...village, "world.history.shoppers=400", "world.history.days=45"],
    store: null,
    openings: join(folder, "openings"),
    engine: "recovery",
    loaded: {
      run: (supposed, replication, options) =>
        observed(supposed, replication, { ...options, targets: targets.targets }),
      buildOpeningBook,
    },
  });
  try {
    const outcomesOf = async (seed: string) => {
      const any = optionsOf(targetsOf([1, 1, 1, 1], 0.1));
      const { rows } = await check("baseline", { ...any, seed, set: [...any.set!, ...settingsOf(truth)] });
      return rows.map(({ mean }) => mean!);
    };
    // The same luck: the way back is exact but for the last whole numbers.
    const same = await calibrate("baseline", {
      ...optionsOf(targetsOf(await outcomesOf("hutong"), 0.03)),
      seed: "hutong",
    });
    for (const { path, proposed, value } of same.parameters) {
      const known = truth[path as keyof typeof truth];
      assert.ok(
        Math.abs(proposed - known) <= 0.02 * Math.abs(value - known),
        `${path}: ${proposed} for ${known}`,
      );
    }
    // Other luck: within the interval.
    const other = await calibrate("baseline", {
      ...optionsOf(targetsOf(await outcomesOf("elsewhere"), 0.15)),
      seed: "hutong",
    });
    for (const { path, from, to, low, high } of other.parameters) {
      const known = truth[path as keyof typeof truth];
      assert.ok(from <= known && known <= to, `${path}: ${known} in ${from} to ${to}`);
      assert.ok(to - from < 0.8 * (high - low), `${path}: ${from} to ${to} says nothing`);
    }
    assert.deepEqual(other.identification.parameters.map(({ verdict }) => verdict), ["alone", "alone"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
