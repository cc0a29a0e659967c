// How well a shopper must be known before a payment of a certain size passes.

import type { Fen } from "#/model/units/units.ts";

/** Caps on one payment, by how well the shopper is known; whole fen. */
export interface AssuranceCaps {
  deviceOnlyCapFen: Fen;
  realNameCapFen: Fen;
}

/** Levels of assurance: what must be known, and shown, of who pays. */
export const assuranceLevel = { device: 1, realName: 2, secondFactor: 3 } as const;

/**
 * The level of assurance that a payment asks for: what the cell asks for, or the amount where that is more.
 *
 * Shapes and units: `required` and the result 1 device, 2 real name, 3 certificate and second factor.
 * Source: tiered real-name rules for payment accounts, as caps per payment (amounts are assumptions).
 *
 * @example
 * ```ts
 * import { neededAssurance } from "#/model/identity/assurance.ts";
 * import assert from "node:assert/strict";
 * const caps = { deviceOnlyCapFen: 100_000, realNameCapFen: 2_000_000 };
 * assert.equal(neededAssurance(50_000, { required: 2, caps }), 2);
 * assert.equal(neededAssurance(2_000_001, { required: 2, caps }), 3);
 * ```
 */
export function neededAssurance(
  amountFen: Fen,
  { required, caps }: { required: number; caps: AssuranceCaps },
): number {
  const byAmount = amountFen > caps.realNameCapFen
    ? assuranceLevel.secondFactor
    : amountFen > caps.deviceOnlyCapFen
    ? assuranceLevel.realName
    : assuranceLevel.device;
  return Math.max(required, byAmount);
}
