// The flows between institutions beside the purchases themselves, each of which a scenario puts on a rail.

/**
 * Flows in the order of their numbers. `repayments`: a shopper's bank to the issuer, for debts across platforms;
 * `payouts`: the acquirer to the shop's bank, for purchases over the bridge; `refunds` across platforms, back the way of the
 * purchase; `chargebacks`: a shop's bank to the issuer; `lossShares`: one issuer to the other.
 */
export const flows = ["repayments", "payouts", "refunds", "chargebacks", "lossShares"] as const;
/** The name of a flow. */
export type Flow = typeof flows[number];

/** The rails that an institution's bulk payment can take: the existing channel's next window, or the bridge's next bulk. */
export const flowRails = ["dns", "rtgs"] as const;
