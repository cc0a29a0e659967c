// Rails: how an obligation between two participants becomes final. A new rail is a file and a line here.

import type { Fen } from "#/model/units/units.ts";
import { card } from "./card.ts";
import { dns } from "./dns.ts";
import { rtgs } from "./rtgs.ts";

/** One rail, as a pure rule on plain amounts. */
export interface Rail {
  /** In words, for reports. */
  title: string;
  /** When a payment is final: at the end of its window, at once, or with the next day's first window. */
  finality: "window" | "at-once" | "next-day";
  /**
   * Whether a payment may enter now. `balanceFen` is the payer's net position (window) or prefunded balance (at once);
   * `creditFen` is how far below zero it may go: net debit cap, or intraday credit.
   */
  admits(balanceFen: Fen, creditFen: Fen, amountFen: Fen): boolean;
}

/** All rails, by the name a scenario says. */
export const rails = { dns, rtgs, card } satisfies Record<string, Rail>;
