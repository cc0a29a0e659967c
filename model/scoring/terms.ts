// What a scenario may say of scoring: points of the expert card, cut-offs, training of fitted cards, noise of features.

import { z } from "zod";
import { fusions } from "./fusion/registry.ts";
import { blurredOwners } from "./fusion/owners.ts";

const names = <T extends string>(registry: Record<T, unknown>): [T, ...T[]] =>
  Object.keys(registry) as [T, ...T[]];
const each = <T extends string, S extends z.ZodType>(keys: readonly T[], schema: S) =>
  z.strictObject(Object.fromEntries(keys.map((key) => [key, schema])) as Record<T, S>);
const whole = (low: number, high: number) => z.int().min(low).max(high);
const bps = (high = 10_000) => whole(0, high);
const days = (low = 0, high = 3_650) => whole(low, high);

/** The scenario's section `scoring`. */
export const scoringTerms = z.strictObject({
  fusion: z.enum(names(fusions)),
  basePoints: whole(0, 1_000),
  incomePointsPerDoubling: whole(0, 200),
  tenurePointsPerYear: whole(0, 200),
  onTimePoints: whole(0, 50),
  latePoints: whole(0, 400),
  utilisationPoints: whole(0, 400),
  otherLineLatePoints: whole(0, 400),
  burdenPoints: whole(0, 400),
  noisePoints: whole(0, 400),
  incomeMisreadBps: bps(3_000),
  cutoffPoints: whole(0, 1_000),
  cutoffPerUnemploymentPoints: whole(0, 100),
  /** What each issuer adds to the common cut-off, at home and across the bridge; below zero it is less careful. */
  cutoffStep: each(
    ["jd", "ant"] as const,
    z.strictObject({ ownPoints: whole(-300, 300), acrossPoints: whole(-300, 300) }),
  ),
  pointsToDoubleOdds: whole(1, 200),
  oddsAtBase: whole(1, 10_000),
  goodScoreRaiseBps: bps(),
  card: z.enum(["expert", "fitted"]),
  training: z.strictObject({
    observationDays: days(30, 720),
    performanceDays: days(90, 720),
    baitiaoUsersBps: bps(),
    leastBads: whole(1, 9_999),
    ridge: whole(0, 1_000),
  }),
  featureNoiseBps: each(blurredOwners, bps(100_000)),
  personalFeatures: z.boolean(),
  federatedNoisePoints: whole(0, 200),
  ageProneBps: bps(),
});
