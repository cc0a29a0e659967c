// A purchase of which no rule complains, and terms to screen it by: what tests of screening change one by one.

import { everyCategory, type ScreenFacts } from "./facts.ts";
import type { ScreenTerms } from "./registry.ts";

/** Terms of screening as round numbers. */
export const terms: ScreenTerms = {
  challengeFromPoints: 50,
  refuseFromPoints: 100,
  velocityMaxInWindow: 5,
  distanceMaxKm: 1_500,
  distanceSlackKm: 100,
  speedMaxKmPerHour: 900,
  accountsOnDeviceMax: 3,
  amountFactorBps: 50_000,
  amountFloorFen: 50_000,
  merchantRiskMaxBps: 200,
};
/** A purchase that strikes no rule. */
export const quiet: ScreenFacts = {
  mayUse: everyCategory,
  attemptsInWindow: 1,
  hasLocation: 1,
  distanceKm: 10,
  minutesSinceLast: 3_000,
  newDevice: 0,
  accountsOnDevice: 1,
  blacklisted: 0,
  amountFen: 12_000,
  usualFen: 10_000,
  merchantRiskBps: 20,
};
