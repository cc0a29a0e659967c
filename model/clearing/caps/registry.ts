// Net debit caps: how far below zero a participant's net position may go in a window. A new rule is a line here.

import type { Fen } from "#/model/units/units.ts";

/** What a cap can follow. */
export interface CapFacts {
  /** The cap that the scenario states, for the whole window. */
  statedFen: Fen;
  /** Money that the participant keeps on the bridge. */
  prefundingFen: Fen;
  /** What it has sent a day of late: a mean in which each day counts a tenth less than the one after. */
  recentFlowFen: Fen;
  /** Share of the base, in basis points. */
  shareBps: number;
}

/** One rule for caps; answers whole fen, 0 or more. */
export interface CapRule {
  title: string;
  capFen(facts: CapFacts): Fen;
}

const part = (baseFen: Fen, shareBps: number): Fen => Math.floor(baseFen / 10_000 * shareBps);

/**
 * All rules, by the name a scenario says. `fixed`: as stated; `prefunding`: a share of the money on the bridge; `flows`: a
 * share of what was sent of late, the stated cap before anything was. No rule gives more than the stated cap.
 *
 * Source: CPSS, "Core principles for systemically important payment systems", 2001, 7.3 (caps in net systems).
 *
 * @example
 * ```ts
 * import { capRules } from "#/model/clearing/caps/registry.ts";
 * import assert from "node:assert/strict";
 * const facts = { statedFen: 500, prefundingFen: 0, recentFlowFen: 800, shareBps: 5_000 };
 * assert.equal(capRules.fixed.capFen(facts), 500);
 * assert.equal(capRules.flows.capFen(facts), 400);
 * assert.equal(capRules.prefunding.capFen(facts), 0);
 * ```
 */
export const capRules = {
  fixed: { title: "as stated", capFen: ({ statedFen }) => statedFen },
  prefunding: {
    title: "a share of the money on the bridge",
    capFen: ({ statedFen, prefundingFen, shareBps }) => Math.min(statedFen, part(prefundingFen, shareBps)),
  },
  flows: {
    title: "a share of recent flows",
    capFen: ({ statedFen, recentFlowFen, shareBps }) =>
      recentFlowFen === 0 ? statedFen : Math.min(statedFen, part(recentFlowFen, shareBps)),
  },
} as const satisfies Record<string, CapRule>;
