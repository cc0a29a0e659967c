// What a scenario may say of faults: how often they happen by luck, and dated ones.

import { z } from "zod";
import { reconciliationTerms } from "#/model/clearing/adapters/terms.ts";

const whole = (low: number, high: number) => z.int().min(low).max(high);
const ppm = (high = 1_000_000) => whole(0, high);

/** Participants of clearing by the names that a scenario says; banks beyond those of a run do not exist in it. */
export const participantNames = [
  ...["jd", "ant", "wechat", "union-card", "operator"] as const,
  ...Array.from({ length: 16 }, (_, k) => `bank-${k + 1}` as const),
] as const;

/** Kinds of fault of a message. */
export const messageFaults = ["lost", "duplicated", "reordered", "late"] as const;

/** Terms of transfers over the bridge, of what goes wrong by luck, and of the breaks that are left. */
export const faultTerms = {
  transfers: z.strictObject({
    retrySeconds: whole(1, 600),
    timeoutSeconds: whole(2, 3_600),
    lostPpm: ppm(250_000),
    duplicatedPpm: ppm(250_000),
    reorderedPpm: ppm(250_000),
    latePpm: ppm(250_000),
    lateSeconds: whole(1, 7_200),
    failsPpm: ppm(),
    failsSeconds: whole(1, 7_200),
  }),
  outages: z.strictObject({
    platformPerYear: whole(0, 52),
    bankPerYear: whole(0, 52),
    meanMinutes: whole(1, 1_440),
  }),
  reconciliation: reconciliationTerms,
} as const;

const dated = { fromDay: whole(0, 3_650), untilDay: whole(0, 3_650) };

/** Dated faults, as shocks: minutes are those of each of their days. */
export const faultShocks = [
  z.strictObject({
    event: z.literal("participant-outage"),
    ...dated,
    participant: z.enum(participantNames),
    fromMinute: whole(0, 1_439),
    untilMinute: whole(1, 1_440),
  }),
  z.strictObject({
    event: z.literal("message-faults"),
    ...dated,
    fault: z.enum(messageFaults),
    plusPpm: ppm(250_000),
  }),
  z.strictObject({
    event: z.literal("clocks-apart"),
    ...dated,
    participant: z.enum(participantNames),
    aheadSeconds: whole(-86_400, 86_400),
  }),
  z.strictObject({
    event: z.literal("failure-after-prepare"),
    ...dated,
    participant: z.enum(participantNames),
    plusPpm: ppm(),
  }),
] as const;
