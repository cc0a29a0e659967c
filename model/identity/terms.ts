// What a scenario may say of identity: policy, caps by assurance, consents, credentials, comparison of files, costs, challenges.

import { z } from "zod";
import { policies } from "./policies/registry.ts";
import { sharedLedgerTerms } from "./shared_ledger/terms.ts";

const names = <T extends string>(registry: Record<T, unknown>): [T, ...T[]] =>
  Object.keys(registry) as [T, ...T[]];
const whole = (low: number, high: number) => z.int().min(low).max(high);
const bps = (high = 10_000) => whole(0, high);
const ppm = (high = 1_000_000) => whole(0, high);
const cny = () => whole(0, 90_000_000_000_000);
const days = (low = 0, high = 3_650) => whole(low, high);

/** The scenario's section `identity`. */
export const identityTerms = z.strictObject({
  policy: z.enum(names(policies)),
  unlinkedCapCny: cny(),
  deviceOnlyCapCny: cny(),
  realNameCapCny: cny(),
  consents: z.strictObject({
    recogniseBps: bps(),
    accountBps: bps(),
    locationBps: bps(),
    givePerMonthBps: bps(),
    withdrawPerMonthBps: bps(),
  }),
  credentials: z.strictObject({
    lostPerYearPpm: ppm(),
    reissueDays: days(1, 365),
    statusMaxAgeMinutes: whole(60, 20_160),
    sampledProofsPpm: ppm(),
  }),
  sharedLedger: sharedLedgerTerms,
  linkage: z.strictObject({
    jdCustomersBps: bps(),
    antCustomersBps: bps(),
    namesakesPerThousandPeople: whole(1, 10_000),
    districtNamesakesPerThousandPeople: whole(1, 10_000),
    familyPhoneBps: bps(),
    familySurnameBps: bps(),
    recycledPhoneBps: bps(),
    missingBps: bps(2_000),
    wrongBps: bps(2_000),
    stalePhoneBps: bps(5_000),
    staleDistrictBps: bps(5_000),
    falseLinkTargetBps: whole(1, 5_000),
    missedLinkTargetBps: bps(),
    reviewerRightBps: bps(),
  }),
  costs: z.strictObject({
    enrolFen: whole(0, 100_000),
    presentFen: whole(0, 10_000),
    compareFen: whole(0, 10_000),
    clericalFen: whole(0, 100_000),
  }),
  challenge: z.strictObject({
    honestFailBps: bps(),
    honestAbandonBps: bps(),
    strangerPassBps: bps(),
    strangerAbandonBps: bps(),
    secondsPerTry: whole(0, 600),
    triesMax: whole(1, 10),
  }),
  review: z.strictObject({
    explainBps: bps(),
    askBps: bps(),
    rightBps: bps(),
    costFen: whole(0, 1_000_000),
  }),
});
