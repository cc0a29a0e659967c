// Licences: what an issuer may be, from which date on; rules select by licence.

/** Kinds of licence. */
export const licences = ["micro-lender", "consumer-finance", "payment-institution"] as const;
/** A kind of licence. */
export type Licence = typeof licences[number];

/**
 * The licence in force on a day.
 *
 * Shapes and units: `dated` in order of `fromEpoch`, days since 1970; a day before the first entry has the first.
 * Errors: `RangeError` when there is no entry.
 *
 * @example
 * ```ts
 * import { licenceOn } from "#/model/credit/licence.ts";
 * import assert from "node:assert/strict";
 * const dated = [{ fromEpoch: 0, licence: "micro-lender" }, { fromEpoch: 100, licence: "consumer-finance" }] as const;
 * assert.equal(licenceOn(99, dated), "micro-lender");
 * assert.equal(licenceOn(100, dated), "consumer-finance");
 * ```
 */
export function licenceOn(
  epoch: number,
  dated: readonly { fromEpoch: number; licence: Licence }[],
): Licence {
  if (dated.length === 0) throw new RangeError("Cannot say the licence: at least one dated entry is needed");
  return (dated.findLast(({ fromEpoch }) => fromEpoch <= epoch) ?? dated[0]).licence;
}
