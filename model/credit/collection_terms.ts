// What may be said of collections and of the credit bureau: each issuer's days and places, effects and costs common to both.

import { z } from "zod";
import { products } from "#/model/names.ts";
import { queueOrders } from "./collections.ts";

const dpd = z.int().min(1).max(3_650);
const cases = z.int().min(0).max(1_000_000_000);
const factorBps = z.int().min(0).max(50_000);
const shareBps = z.int().min(0).max(10_000);

const issuerTerms = z.strictObject({
  messageFromDpd: dpd,
  callFromDpd: dpd,
  agencyFromDpd: dpd,
  reportFromDpd: dpd,
  lawFromDpd: dpd,
  callsPerDay: cases,
  agencyCasesPerMonth: cases,
  lawCasesPerMonth: cases,
  order: z.enum(queueOrders),
}).meta({ id: "IssuerCollections" });

const effects = z.strictObject({
  messageFactorBps: factorBps,
  callFactorBps: factorBps,
  agencyFactorBps: factorBps,
  lawFactorBps: factorBps,
  reportedFactorBps: factorBps,
}).meta({ id: "CollectionEffects" });

/** Terms of collection: dates and real numbers of cases by issuer, factors on the chance to catch up, costs, shares that succeed. */
export const collectionTerms = z.strictObject({
  ...Object.fromEntries(products.map((product) => [product, issuerTerms])) as Record<
    typeof products[number],
    typeof issuerTerms
  >,
  forgets: effects,
  cannot: effects,
  reminderSentBps: shareBps,
  reminderCostFen: z.int().min(0).max(10_000),
  messageCostFen: z.int().min(0).max(10_000),
  callCostCny: z.int().min(0).max(1_000_000),
  lawCostCny: z.int().min(0).max(1_000_000),
  reportCostFen: z.int().min(0).max(100_000),
  agencyCommissionBps: shareBps,
  lawSuccessBps: shareBps,
  claimsSoldBps: shareBps,
  recoveredPerMonthBps: shareBps,
});

/** The credit bureau: whether there is one, and for how long lateness stays on file. */
export const bureauTerms = z.strictObject({ active: z.boolean(), memoryDays: z.int().min(1).max(3_650) });

/** Terms of collection as a scenario says them. */
export type CollectionTerms = z.infer<typeof collectionTerms>;
/** What one issuer says of its own collection. */
export type IssuerCollectionTerms = z.infer<typeof issuerTerms>;
