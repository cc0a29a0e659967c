// A revolving bank line: drawn and repaid at will within its commitment, interest on what is drawn.

import { mulDiv } from "#/model/units/units.ts";
import type { FundingSource } from "./registry.ts";

/** Draws up to what is left of the commitment; interest actual/365. */
export const bankLine: FundingSource = {
  title: "revolving bank line",
  draw: (needFen, { commitmentFen, drawnFen }) => Math.max(0, Math.min(needFen, commitmentFen - drawnFen)),
  interestOfDay: (drawnFen, rateBps) => mulDiv(drawnFen, rateBps, 3_650_000),
};
