// The flows between institutions beside the purchases themselves, each of which a scenario puts on a rail.

/**
 * Flows in the order of their numbers. `repayments`: a shopper's bank to the issuer, for debts across platforms;
 * `payouts`: the acquirer to the shop's bank, for purchases over the bridge; `refunds` across platforms, back the way of the
 * purchase; `chargebacks`: a shop's bank to the issuer; `lossShares`: one issuer to the other; `treasury`: draws, repayments
 * and interest between an issuer and those who fund it; `abs`: collections to a trust, and what the trust pays the issuer.
 */
export const flows = [
  "repayments",
  "payouts",
  "refunds",
  "chargebacks",
  "lossShares",
  "treasury",
  "abs",
] as const;
/** The name of a flow. */
export type Flow = typeof flows[number];

/** The rails that an institution's bulk payment can take: the existing channel's next window, or the bridge's next bulk. */
export const flowRails = ["dns", "rtgs"] as const;

/** Flows of funding; they may also be settled one by one on the books of the settlement bank, at once and with finality. */
export const fundingFlows = ["treasury", "abs"] as const;
/** The name of a flow of funding. */
export type FundingFlow = typeof fundingFlows[number];
/** The rails of flows of funding. */
export const fundingRails = ["atOnce", ...flowRails] as const;
