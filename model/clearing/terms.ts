// What a scenario may say of clearing: windows, caps, money and credit on the bridge, its queue, rails, flows, tariffs, and its faults.

import { z } from "zod";
import { capRules } from "./caps/registry.ts";
import { connections } from "./connection.ts";
import { flowRails, flows, type FundingFlow, fundingFlows, fundingRails } from "./flows.ts";
import { queueMethods } from "./methods/registry.ts";
import { rails } from "./rails/registry.ts";
import { routings } from "./routing.ts";
import { faultTerms } from "./transfers/terms.ts";
import { withholdingPolicies } from "./withholding.ts";

const names = <T extends string>(registry: Record<T, unknown>): [T, ...T[]] =>
  Object.keys(registry) as [T, ...T[]];
const each = <T extends string, S extends z.ZodType>(keys: readonly T[], schema: S) =>
  z.strictObject(Object.fromEntries(keys.map((key) => [key, schema])) as Record<T, S>);
const whole = (low: number, high: number) => z.int().min(low).max(high);
const cny = () => whole(0, 90_000_000_000_000);

const plainFlows = flows.filter((flow): flow is Exclude<typeof flow, FundingFlow> =>
  !(fundingFlows as readonly string[]).includes(flow)
);

const railTerms = z.strictObject({
  opensMinute: whole(0, 1_439),
  closesMinute: whole(1, 1_440),
  /** Payments of everybody that the rail takes in a day of steady work; 0 bounds nothing. */
  capacityPerDay: whole(0, 100_000_000_000),
  feeFen: whole(0, 10_000),
  latencySeconds: whole(0, 60),
  failurePpm: whole(0, 1_000_000),
}).meta({ id: "Rail" });

const withholdingTerms = z.strictObject({
  policy: z.enum(names(withholdingPolicies)),
  untilMinute: whole(0, 1_440),
  allowanceBps: whole(0, 100_000),
}).meta({ id: "Withholding" });

/** The scenario's section `clearing`. */
export const clearingTerms = z.strictObject({
  windowMinutes: z.array(whole(1, 1_439)).min(1).max(24),
  issuerNetDebitCapCny: cny(),
  bankNetDebitCapCny: cny(),
  netDebitCap: z.strictObject({ rule: z.enum(names(capRules)), shareBps: whole(0, 100_000) }),
  banks: whole(1, 16),
  prefundingCny: cny(),
  /** What everybody else keeps on the bridge who pays over it: acquirers that pay out, banks. */
  otherPrefundingCny: cny(),
  queueMinutes: whole(0, 1_440),
  queueMethod: z.enum(names(queueMethods)),
  bulkMinutes: whole(1, 1_440),
  collateral: z.strictObject({
    pledgedCny: cny(),
    haircutBps: whole(0, 10_000),
    costBps: whole(0, 10_000),
    creditPricePpm: whole(0, 1_000_000),
  }),
  lateInterestBps: whole(0, 10_000),
  lateTariff: z.strictObject({ fromMinute: whole(0, 1_440), chargePpm: whole(0, 1_000_000) }),
  flows: each(plainFlows, z.enum(flowRails)).extend({
    treasury: z.enum(fundingRails),
    abs: z.enum(fundingRails),
  }),
  rails: each(names(rails), railTerms),
  withholding: each(["jd", "ant"] as const, withholdingTerms),
  routing: z.enum(names(routings)),
  connection: z.enum(names(connections)),
  ...faultTerms,
});
