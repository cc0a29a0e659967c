// How well a shopper must be known before a payment of a certain size passes.

import type { Fen } from "#/model/units/units.ts";
import { reason } from "#/model/reasons.ts";

/** Caps on one payment, by how well the shopper is known; whole fen. */
export interface AssuranceCaps {
  deviceOnlyCapFen: Fen;
  realNameCapFen: Fen;
  unlinkedCapFen: Fen;
}

/**
 * The reason why identification refuses a payment, or `reason.none`.
 *
 * Shapes and units: `assurance` 1 device, 2 real name, 3 certificate and second factor; `required` what the cell asks
 * for; `bridged` the payment crosses platforms; `linked` the other platform recognises the shopper.
 * Source: tiered real-name rules for payment accounts, as caps per payment (amounts are assumptions).
 *
 * @example
 * ```ts
 * import { identify } from "#/model/identity/assurance.ts";
 * import { reason } from "#/model/reasons.ts";
 * import assert from "node:assert/strict";
 * const caps = { deviceOnlyCapFen: 100_000, realNameCapFen: 2_000_000, unlinkedCapFen: 20_000 };
 * assert.equal(identify(50_000, { assurance: 2, required: 2, bridged: true, linked: false, caps }), reason.noConsent);
 * assert.equal(identify(50_000, { assurance: 2, required: 2, bridged: true, linked: true, caps }), reason.none);
 * ```
 */
export function identify(
  amountFen: Fen,
  { assurance, required, bridged, linked, caps }: {
    assurance: number;
    required: number;
    bridged: boolean;
    linked: boolean;
    caps: AssuranceCaps;
  },
): number {
  if (assurance < required) return reason.assuranceTooLow;
  if (assurance === 1 && amountFen > caps.deviceOnlyCapFen) return reason.assuranceTooLow;
  if (assurance === 2 && amountFen > caps.realNameCapFen) return reason.assuranceTooLow;
  if (bridged && !linked && amountFen > caps.unlinkedCapFen) return reason.noConsent;
  return reason.none;
}
