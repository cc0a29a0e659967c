// Withholding: a participant keeps its payments back until others have paid it, so as to need less money of its own.

import type { Fen } from "#/model/units/units.ts";

/** What a participant sees of its day when it decides whether to pay now. */
export interface WithholdingFacts {
  minute: number;
  /** The minute from which it pays whatever happens. */
  untilMinute: number;
  /** Sent and received over the bridge today. */
  sentFen: Fen;
  receivedFen: Fen;
  /** How much more it is ready to send than it has received. */
  allowanceFen: Fen;
}

/** One policy: whether the next payment, of `amountFen`, is kept back. */
export interface WithholdingPolicy {
  title: string;
  keepsBack(amountFen: Fen, facts: WithholdingFacts): boolean;
}

/**
 * All policies, by the name a scenario says.
 *
 * Source: Bech and Garratt, "The intraday liquidity management game", J. of Economic Theory 109, 2003.
 *
 * @example
 * ```ts
 * import { withholdingPolicies } from "#/model/clearing/withholding.ts";
 * import assert from "node:assert/strict";
 * const facts = { minute: 600, untilMinute: 1_200, sentFen: 80, receivedFen: 0, allowanceFen: 100 };
 * assert.equal(withholdingPolicies.prompt.keepsBack(50, facts), false);
 * assert.equal(withholdingPolicies.untilIncoming.keepsBack(50, facts), true);
 * assert.equal(withholdingPolicies.untilIncoming.keepsBack(20, facts), false);
 * assert.equal(withholdingPolicies.late.keepsBack(1, { ...facts, minute: 1_200 }), false);
 * ```
 */
export const withholdingPolicies = {
  prompt: { title: "pays at once", keepsBack: (_: Fen, __: WithholdingFacts) => false },
  untilIncoming: {
    title: "pays when it has been paid",
    keepsBack: (amountFen, { minute, untilMinute, sentFen, receivedFen, allowanceFen }) =>
      minute < untilMinute && sentFen + amountFen - receivedFen > allowanceFen,
  },
  late: { title: "pays late in the day", keepsBack: (_, { minute, untilMinute }) => minute < untilMinute },
} as const satisfies Record<string, WithholdingPolicy>;
