// Pick rules of the co-branded card: which of its two credit lines a purchase is put on.

import type { Fen } from "#/model/units/units.ts";
import { cheapest } from "./cheapest.ts";
import { issuerCost } from "./issuer_cost.ts";
import { preferred } from "./preferred.ts";
import { roomiest } from "./roomiest.ts";

/** One of the card's two lines as a pick rule sees it for one purchase. */
export interface LineOffer {
  /** The line that its holder likes better. */
  isPreferred: boolean;
  /** What is left of its limit, whole fen; below zero after a cut. */
  roomFen: Fen;
  /** All that the purchase costs its holder on this line, in fen: interest, less what the money earns until it is due. */
  shopperCostFen: number;
  /** What it costs the line's issuer in fen: money until it is due, and clearing. */
  issuerCostFen: number;
}

/** How the card picks. */
export interface CardPick {
  title: string;
  /** Whether the room on both lines must be read: that is a use of account data. */
  looksAtRoom: boolean;
  /** The place of the line that is tried first; the earlier one on a tie. */
  choose(lines: readonly [LineOffer, LineOffer]): 0 | 1;
}

/** All pick rules by name. */
export const cardPicks = { preferred, cheapest, roomiest, issuerCost } satisfies Record<string, CardPick>;
