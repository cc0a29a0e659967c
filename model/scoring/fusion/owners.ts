// Who owns the data that scores are made of, and which class of data a shopper's consent must cover.

import type { DataCategory } from "#/model/identity/consent_receipt.ts";

/** Owners of data, in the order of their features. */
export const featureOwners = ["jd", "ant", "wallet", "bank", "bureau", "person"] as const;
/** Owners whose view of a person is blurred; the bureau's record is what lenders report. */
export const blurredOwners = ["jd", "ant", "wallet", "bank", "person"] as const;
/** One of {@link featureOwners}. */
export type FeatureOwner = typeof featureOwners[number];

/** The class of data that a consent must cover before an owner's data may be used by anybody else. */
export const consentClass: Record<FeatureOwner, DataCategory> = {
  jd: "account",
  ant: "account",
  wallet: "account",
  bank: "account",
  bureau: "repayment",
  person: "identity",
};
