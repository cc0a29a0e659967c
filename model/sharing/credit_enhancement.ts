// Credit enhancement: bearing more of a joint loss than one's contribution, and which licence may do so since when.

import type { Licence } from "#/model/credit/licence.ts";
import type { Lawfulness } from "#/model/scoring/fusion/registry.ts";

const order683 =
  "融资担保公司监督管理条例, State Council Order 683: nobody gives guarantees as a business without " +
  "approval, from 1 October 2017";
const notice37 =
  "银保监发〔2019〕37号: who refers customers or assesses credit for lenders gives no guarantee without a " +
  "licence, from 9 October 2019 (number and date to be verified)";
const announcement43 =
  "PBoC Announcement〔2015〕43号: payment institutions give no guarantee, open or disguised, from " +
  "1 July 2016";

/** What the law says of a lender without a licence for guarantees, by its licence and date, the first from before anything here. */
export const enhancementLaw = {
  "micro-lender": [
    { from: "0000-01-01", status: "ungoverned", source: "no national rule of guarantees by lenders yet" },
    { from: "2017-10-01", status: "unlawful", source: order683 },
    { from: "2019-10-09", status: "unlawful", source: notice37 },
  ],
  "consumer-finance": [
    { from: "0000-01-01", status: "ungoverned", source: "no national rule of guarantees by lenders yet" },
    { from: "2017-10-01", status: "unlawful", source: order683 },
    { from: "2019-10-09", status: "unlawful", source: notice37 },
  ],
  "payment-institution": [
    { from: "0000-01-01", status: "ungoverned", source: "no rule of payment institutions' guarantees yet" },
    { from: "2016-07-01", status: "unlawful", source: announcement43 },
  ],
} as const satisfies Record<Licence, readonly Lawfulness[]>;

const licensed: Lawfulness = { from: "0000-01-01", status: "lawful", source: "licensed to give guarantees" };

/**
 * What the law says of a party that enhances credit on a day.
 *
 * Shapes: an ISO date; `isGuarantor` whether it holds a licence to give guarantees. Errors: none; before the first entry the
 * first holds.
 *
 * @example
 * ```ts
 * import { enhancementLawOf } from "#/model/sharing/credit_enhancement.ts";
 * import assert from "node:assert/strict";
 * const micro = { licence: "micro-lender", isGuarantor: false } as const;
 * assert.equal(enhancementLawOf("2017-09-30", micro).status, "ungoverned");
 * assert.equal(enhancementLawOf("2019-07-01", micro).status, "unlawful");
 * assert.equal(enhancementLawOf("2019-07-01", { ...micro, isGuarantor: true }).status, "lawful");
 * ```
 */
export function enhancementLawOf(
  date: string,
  { licence, isGuarantor }: { licence: Licence; isGuarantor: boolean },
): Lawfulness {
  const law: readonly Lawfulness[] = enhancementLaw[licence];
  return isGuarantor ? licensed : law.findLast(({ from }) => from <= date) ?? law[0];
}

/**
 * What a party has borne beyond its contribution: 0 where it has borne no more.
 *
 * Shapes and units: whole fen over the same losses.
 *
 * @example
 * ```ts
 * import { enhancementFen } from "#/model/sharing/credit_enhancement.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual([enhancementFen(500, 300), enhancementFen(200, 300)], [200, 0]);
 * ```
 */
export const enhancementFen = (borneFen: number, contributionFen: number): number =>
  Math.max(0, borneFen - contributionFen);
