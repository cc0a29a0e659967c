// What a scenario may say of the co-branded card: where it works, how it picks, who runs it, what it costs.

import { z } from "zod";
import { rails } from "#/model/clearing/rails/registry.ts";
import { routings } from "#/model/clearing/routing.ts";
import { networks } from "#/model/names.ts";
import { cardPicks } from "./registry.ts";

const names = <T extends string>(registry: Record<T, unknown>): [T, ...T[]] =>
  Object.keys(registry) as [T, ...T[]];
const whole = (low: number, high: number) => z.int().min(low).max(high);

/** The scenario's section `cobrand`. */
export const cobrandTerms = z.strictObject({
  active: z.boolean(),
  /** The issuer that runs the card: it pays for cards and gets a share of the other's discounts. */
  manager: z.enum(["jd", "ant"]),
  /** Networks whose terminals take the card. */
  accepts: z.strictObject(
    Object.fromEntries(networks.map((network) => [network, z.boolean()])) as Record<
      typeof networks[number],
      z.ZodBoolean
    >,
  ),
  opensDay: whole(0, 3_650),
  requiredAssurance: whole(1, 3),
  steps: whole(1, 12),
  bridgeFeeBps: whole(0, 500),
  acquirerFeeBps: whole(0, 500),
  failurePpm: whole(0, 1_000_000),
  /** Which line is tried first, and how the rail is found among `rails`, which stand in order. */
  pick: z.enum(names(cardPicks)),
  routing: z.enum(names(routings)),
  rails: z.array(z.enum(names(rails))).min(1).max(3),
  uptakePerMonthBps: whole(0, 10_000),
  firstChoiceBps: whole(0, 10_000),
  floatBps: whole(0, 3_600),
  issueCostFen: whole(0, 1_000_000),
  serviceCostFenPerMonth: whole(0, 1_000_000),
  managerShareBps: whole(0, 10_000),
}).meta({ id: "CobrandedCard" });
