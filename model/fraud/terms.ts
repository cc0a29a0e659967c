// What a scenario may say of fraud: how often each plot is tried and with what, the rules of screening, who is liable.

import { z } from "zod";
import { ruleNames } from "./screening/assess.ts";
import { liabilityRules } from "./typologies/liability.ts";
import { typologyNames } from "./typologies/registry.ts";

const names = <T extends string>(registry: Record<T, unknown>): [T, ...T[]] =>
  Object.keys(registry) as [T, ...T[]];
const each = <T extends string, S extends z.ZodType>(keys: readonly T[], schema: S) =>
  z.strictObject(Object.fromEntries(keys.map((key) => [key, schema])) as Record<T, S>);
const whole = (low: number, high: number) => z.int().min(low).max(high);
const bps = (high = 10_000) => whole(0, high);
const ppm = (high = 1_000_000) => whole(0, high);
const days = (low = 0, high = 3_650) => whole(low, high);

/** The scenario's section `fraud`. */
export const fraudTerms = z.strictObject({
  perYearPpm: each(typologyNames, ppm()),
  stolenAccount: z.strictObject({
    attempts: whole(1, 12),
    spreeMinutes: whole(1, 1_440),
    medianCny: whole(1, 1_000_000),
  }),
  syntheticIdentity: z.strictObject({
    inventedPpm: ppm(100_000),
    seasonedDays: days(0, 1_000),
    attempts: whole(1, 6),
    days: days(1, 30),
  }),
  bustOut: z.strictObject({ attempts: whole(1, 6), days: days(1, 30) }),
  deviceRing: z.strictObject({
    accounts: whole(2, 200),
    attempts: whole(1, 12),
    spreeMinutes: whole(1, 1_440),
  }),
  cash: z.strictObject({
    medianCny: whole(1, 1_000_000),
    feeBps: whole(1, 5_000),
    missFactorBps: bps(50_000),
    seenBps: bps(),
  }),
  travelBps: bps(),
  newDeviceBps: bps(),
  sharedSight: z.boolean(),
  points: each(ruleNames, whole(0, 100)),
  challengeFromPoints: whole(1, 1_000),
  refuseFromPoints: whole(1, 1_000),
  velocityMaxInWindow: whole(1, 100),
  velocityWindowMinutes: whole(1, 1_440),
  distanceMaxKm: whole(0, 6_000),
  distanceSlackKm: whole(0, 3_000),
  speedMaxKmPerHour: whole(1, 3_000),
  accountsOnDeviceMax: whole(1, 100),
  amountFactorBps: bps(1_000_000),
  amountFloorCny: whole(0, 1_000_000),
  merchantRiskMaxBps: bps(),
  liability: z.strictObject({
    rule: z.enum(names(liabilityRules)),
    nativeProofFromAssurance: whole(1, 4),
    bridgedProofFromAssurance: whole(1, 4),
  }),
});
