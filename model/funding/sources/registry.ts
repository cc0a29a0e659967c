// Sources of money for loans: what can be drawn and what it costs. A new source is a file and a line here.

import type { z } from "zod";
import type { Bps, Fen } from "#/model/units/units.ts";
import { abs } from "./abs.ts";
import { bankLine } from "./bank_line.ts";
import { equity } from "./equity.ts";
import { jointLoan } from "./joint_loan.ts";
import { privatePlacement } from "./private_placement.ts";
import type { Quote } from "./quote.ts";
import { shareholderLoan } from "./shareholder_loan.ts";
import { supplierFinance } from "./supplier_finance.ts";
import { uncommittedLine } from "./uncommitted_line.ts";

/** A source as a pure rule. */
export interface FundingSource {
  /** In words, for reports. */
  title: string;
  /** Who gives the money. */
  lender: "banks" | "investors" | "nobody";
  /** Drawn and repaid at will, placed for a term, or given against a part of the book as it comes and goes. */
  kind: "own" | "revolving" | "term" | "pool";
  /** What a scenario may say of it, with `active` first. */
  terms: z.ZodType;
  /** What can be drawn of a need: never more than the need, never past the commitment in force. */
  draw(needFen: Fen, state: { commitmentFen: Fen; drawnFen: Fen }): Fen;
  /** Interest of one day on what is drawn, actual/365, rounded to the fen. */
  interestOfDay(drawnFen: Fen, rateBps: Bps): Fen;
  /** One draw of it as a quote, at a base rate, under the terms that the scenario holds for it; null where nothing is owed. */
  quote(terms: Record<string, number | boolean>, baseRateBps: Bps): Quote | null;
}

/** All sources, by the name a scenario says. */
export const sources = {
  equity,
  bankLine,
  uncommittedLine,
  shareholderLoan,
  jointLoan,
  abs,
  privatePlacement,
  supplierFinance,
} satisfies Record<string, FundingSource>;

/** The name of a source. */
export type SourceName = keyof typeof sources;

/** The names of all sources, in the order of accounts and outcomes. */
export const sourceNames = Object.keys(sources) as SourceName[];
