// Who gains and who loses by a project, whether all would sign, and the smallest payments between them that make them sign.

import type { Fen } from "#/model/units/units.ts";
import { apportion } from "#/model/sharing/apportion.ts";

/** What a project changes for one party, discounted or not; positive for a gain. */
export interface PartyGain {
  party: string;
  fen: Fen;
}

/** A payment from one signer to another. */
export interface SidePayment {
  from: string;
  to: string;
  fen: Fen;
}

/** Whether all who have to sign would, and what would make them. */
export interface Joining {
  /** Signers that gain, lose, or neither, in the order given. */
  gainers: string[];
  losers: string[];
  unmoved: string[];
  wouldAllSign: boolean;
  /** The smallest sum of payments after which no signer loses. */
  smallestFen: Fen;
  /** Whether those who gain can pay it out of their gains. */
  isFeasible: boolean;
  /** What is missing where they cannot. */
  missingFen: Fen;
  /** Who pays whom: in proportion to gains, to each what it loses; none where it is not feasible. */
  payments: SidePayment[];
}

/**
 * The smallest side payment that makes every signer join.
 *
 * Minimise the sum of payments so that nobody is left with less than nothing: each loser must get its loss, so the least sum is the
 * sum of losses, and it exists where gains cover it. Any division among those who gain is as small; here it is in proportion to gains.
 * Shapes and units: whole fen, each party once. Errors: `RangeError` for an amount that is no whole number of fen.
 *
 * @example
 * ```ts
 * import { joining } from "#/model/project/joining.ts";
 * import assert from "node:assert/strict";
 * const found = joining([{ party: "jd", fen: 300 }, { party: "ant", fen: 100 }, { party: "banks", fen: -80 }]);
 * assert.equal(found.smallestFen, 80);
 * assert.deepEqual(found.payments, [{ from: "jd", to: "banks", fen: 60 }, { from: "ant", to: "banks", fen: 20 }]);
 * ```
 */
export function joining(signers: readonly PartyGain[]): Joining {
  for (const { party, fen } of signers) {
    if (!Number.isSafeInteger(fen)) {
      throw new RangeError(`Cannot read the gain of ${party}: found ${fen}, a whole number of fen is needed`);
    }
  }
  const gaining = signers.filter(({ fen }) => fen > 0), losing = signers.filter(({ fen }) => fen < 0);
  const total = (some: readonly PartyGain[]) => some.reduce((sum, { fen }) => sum + Math.abs(fen), 0);
  const smallestFen = total(losing), gainsFen = total(gaining);
  const isFeasible = gainsFen >= smallestFen;
  const names = (some: readonly PartyGain[]) => some.map(({ party }) => party);
  return {
    gainers: names(gaining),
    losers: names(losing),
    unmoved: names(signers.filter(({ fen }) => fen === 0)),
    wouldAllSign: losing.length === 0,
    smallestFen,
    isFeasible,
    missingFen: Math.max(0, smallestFen - gainsFen),
    payments: isFeasible && smallestFen > 0 ? paymentsOf(gaining, losing) : [],
  };
}

/** Each payer's part by its gain, handed to the losers one after the other. */
function paymentsOf(gaining: readonly PartyGain[], losing: readonly PartyGain[]): SidePayment[] {
  const neededFen = losing.reduce((sum, { fen }) => sum - fen, 0);
  const parts = apportion(neededFen, gaining.map(({ fen }) => fen));
  const payments: SidePayment[] = [];
  let payer = 0;
  for (const { party: to, fen } of losing) {
    for (let dueFen = -fen; dueFen > 0;) {
      const paidFen = Math.min(dueFen, parts[payer]);
      if (paidFen > 0) payments.push({ from: gaining[payer].party, to, fen: paidFen });
      parts[payer] -= paidFen;
      dueFen -= paidFen;
      if (parts[payer] === 0 && dueFen > 0) payer++;
    }
  }
  return payments;
}
