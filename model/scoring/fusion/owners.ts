// Who owns the data that scores are made of.

/** Owners of data, in the order of their features. */
export const featureOwners = ["jd", "ant", "wallet", "bank", "bureau", "person"] as const;
/** Owners whose view of a person is blurred; the bureau's record is what lenders report. */
export const blurredOwners = ["jd", "ant", "wallet", "bank", "person"] as const;
/** One of {@link featureOwners}. */
export type FeatureOwner = typeof featureOwners[number];
