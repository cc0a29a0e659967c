// What holds between a shopper and the two platforms, by minute: consents, and the credential behind the link.

import { farAway } from "#/model/identity/consents.ts";

/** Minutes of a shopper, side by side in one column: from and until of each consent, then of the credential. */
export const spans = 8;
/** Earlier than every minute of a run: what was given before it began. */
export const longAgo = -0x80000000;

/** Place of the consent to be recognised on the other platform; its end stands next to it. */
export const recogniseAt = (i: number): number => i * spans;
/** Place of the consent to the use of account data. */
export const accountAt = (i: number): number => i * spans + 2;
/** Place of the consent to the use of location data. */
export const locationAt = (i: number): number => i * spans + 4;
/** Place of the credential. */
export const credentialAt = (i: number): number => i * spans + 6;
/** Place of a consent by its number in `consentKinds`. */
export const consentAt = (i: number, kind: number): number => i * spans + 2 * kind;

/** Room for everybody: nothing given yet, and a credential that has not begun. */
export function allocateIdentities(count: number): Int32Array {
  return new Int32Array(count * spans).fill(farAway);
}

/** Whether what stands at a place holds at a minute, counted from the start of day 0. */
export function holds(identities: Int32Array, at: number, minute: number): boolean {
  return minute >= identities[at] && minute < identities[at + 1];
}
