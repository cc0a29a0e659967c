// What a shopper is told as a debt grows late: one text a kind of notice.

import { thousands } from "#/model/units/thousands.ts";

/** Kinds of notice in the order of a debt's life; the index is what tables hold. */
export const noticeKinds = [
  "reminder",
  "message",
  "call",
  "agency",
  "reported",
  "law",
  "dismissed",
  "writtenOff",
  "sold",
] as const;
/** A kind of notice. */
export type NoticeKind = typeof noticeKinds[number];

/** What a notice speaks of. */
export interface NoticeFacts {
  /** The product as people know it. */
  product: string;
  /** What is due or overdue, fees included, fen. */
  amountFen: number;
  dpd: number;
}

/**
 * The text of a notice.
 *
 * Shapes and units: `amountFen` fen, `dpd` days past due (0 on the due day). Errors: none.
 *
 * @example
 * ```ts
 * import { noticeText } from "#/model/credit/late_notices.ts";
 * import assert from "node:assert/strict";
import { thousands } from "#/model/units/thousands.ts";
 * assert.equal(
 *   noticeText("reminder", { product: "Huabei", amountFen: 12_350, dpd: 0 }),
 *   "CNY 123.50 of your Huabei bill is due today.",
 * );
 * ```
 */
export function noticeText(kind: NoticeKind, { product, amountFen, dpd }: NoticeFacts): string {
  const amount = `CNY ${thousands(amountFen / 100, 2)}`, late = `${dpd} ${dpd === 1 ? "day" : "days"}`;
  switch (kind) {
    case "reminder":
      return `${amount} of your ${product} bill is due today.`;
    case "message":
      return `Your ${product} bill is ${late} late: ${amount} is overdue, a late fee runs, and the line cannot be used.`;
    case "call":
      return `We called you about ${amount} on ${product}, overdue for ${late}. Tell us if you need a plan to pay.`;
    case "agency":
      return `${amount} on ${product} is overdue for ${late}. A collection agency acts for us from today.`;
    case "reported":
      return `${amount} on ${product} is overdue for ${late}. We have reported this to the credit bureau; other lenders can see it.`;
    case "law":
      return `${amount} on ${product} is overdue for ${late}. We have taken the claim to court, which orders payment.`;
    case "dismissed":
      return `${amount} on ${product} is overdue for ${late}. The court has not ordered payment; the debt remains.`;
    case "writtenOff":
      return `${product} is closed: ${amount}, ${late} late, has been written off. It is still owed.`;
    case "sold":
      return `${product} is closed: your debt of ${amount}, ${late} late, has been sold. Its buyer will write to you.`;
  }
}
