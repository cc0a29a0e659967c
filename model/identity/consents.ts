// What a shopper may agree to: one consent for each purpose and class of data, each with its own dates.

/**
 * The consents, in table order. `recognise`: the two platforms may know that two accounts are one person's (identity data);
 * `account`: the other side may read lines, balances and lateness when it grants credit (account data); `location`: where
 * the device is may be compared with where the person was (location data, for fraud rules).
 */
export const consentKinds = ["recognise", "account", "location"] as const;
/** One of the consents. */
export type ConsentKind = typeof consentKinds[number];

/** The class of personal data that each consent covers, as records and reports call it. */
export const dataOf = {
  recognise: "identity",
  account: "account",
  location: "location",
} as const satisfies Record<ConsentKind, string>;

/** Attributes of a person that one use shows, by what is shown; location is one place. */
export const attributesShown = {
  /** A pseudonym for this reader alone. */
  pseudonym: 1,
  /** A name that was confirmed. */
  realName: 1,
  /** A second factor, or the bound card behind it. */
  secondFactor: 1,
  /** Tenure, bills on time, bills late, utilisation, present lateness, balance. */
  account: 6,
  location: 1,
} as const;

/** Later than every minute of a run: a consent that has no end yet, or no beginning. */
export const farAway = 0x7fffffff;
