// Sources of money for loans: what can be drawn and what it costs. A new source is a file and a line here.

import type { Bps, Fen } from "#/model/units/units.ts";
import { bankLine } from "./bank_line.ts";
import { equity } from "./equity.ts";

/** A source as a pure rule. */
export interface FundingSource {
  /** In words, for reports. */
  title: string;
  /** What can be drawn of a need: never more than the need, never past the commitment in force. */
  draw(needFen: Fen, state: { commitmentFen: Fen; drawnFen: Fen }): Fen;
  /** Interest of one day on what is drawn, actual/365, rounded to the fen. */
  interestOfDay(drawnFen: Fen, rateBps: Bps): Fen;
}

/** All sources, by the name a scenario says. */
export const sources = { equity, bankLine } satisfies Record<string, FundingSource>;
