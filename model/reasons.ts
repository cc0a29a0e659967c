// Why a purchase did not go through: the closed list, with the layer that refused and the text a shopper is shown.

/** The layers of a purchase, in the order in which it passes them. */
export const layers = [
  "accept",
  "cashier",
  "identify",
  "screen",
  "challenge",
  "score",
  "decide",
  "route",
  "clear",
] as const;
/** A layer of the purchase chain. */
export type Layer = typeof layers[number];

/** One reason: its layer, its name in results, and what the shopper reads. */
export interface Reason {
  layer: Layer;
  name: string;
  shopperText: string;
}

/** Every reason, by its code (the index). Code 0 means: not refused. New reasons go to the end. */
export const reasons: readonly Reason[] = [
  { layer: "accept", name: "none", shopperText: "Your payment went through." },
  {
    layer: "accept",
    name: "not-accepted",
    shopperText: "This shop does not accept the credit line you prefer. Choose another way to pay.",
  },
  {
    layer: "accept",
    name: "no-line",
    shopperText: "You have no open credit line. You can apply for one, or pay by debit card.",
  },
  {
    layer: "cashier",
    name: "abandoned",
    shopperText: "You left the cashier before confirming. Nothing was charged.",
  },
  {
    layer: "identify",
    name: "no-consent",
    shopperText:
      "To pay here with this line the two platforms must recognise you. You have not agreed to that link, so only small amounts are possible.",
  },
  {
    layer: "identify",
    name: "assurance-too-low",
    shopperText: "For this amount we need to know you better: bind a bank card or confirm your real name.",
  },
  {
    layer: "screen",
    name: "velocity",
    shopperText: "Too many payments in a short time. Wait a while, or call us if they were all yours.",
  },
  {
    layer: "screen",
    name: "distance",
    shopperText: "This payment comes from a place far from where you usually are. Confirm it in your app.",
  },
  {
    layer: "score",
    name: "score-below-cutoff",
    shopperText: "Your present score is below what we ask for credit. Paying on time raises it.",
  },
  {
    layer: "decide",
    name: "late-account",
    shopperText: "A payment of yours is overdue. Once it is paid you can use this line again.",
  },
  {
    layer: "decide",
    name: "limit-exceeded",
    shopperText: "This amount is above your remaining limit. Paying part of your bill frees limit.",
  },
  {
    layer: "decide",
    name: "funding-throttle",
    shopperText: "We are granting less new credit at the moment. Please pay another way today.",
  },
  {
    layer: "route",
    name: "adapter-failure",
    shopperText: "The connection to this shop's platform failed. Try again or pay another way.",
  },
  {
    layer: "route",
    name: "rail-down",
    shopperText: "The payment channel to this shop is closed at the moment. Pay another way.",
  },
  {
    layer: "route",
    name: "bridge-suspended",
    shopperText: "Payments between the two platforms are suspended. Pay another way.",
  },
  {
    layer: "clear",
    name: "bridge-liquidity",
    shopperText: "The payment could not be settled in time and was cancelled. Your limit is free again.",
  },
  {
    layer: "identify",
    name: "not-recognised",
    shopperText:
      "The two platforms could not find that your accounts belong together, so only small amounts are possible here. Ask us to check your details.",
  },
  {
    layer: "identify",
    name: "credential-revoked",
    shopperText:
      "The proof of who you are was withdrawn. Have a new one issued in your app, then pay here as before.",
  },
  {
    layer: "identify",
    name: "status-stale",
    shopperText:
      "We cannot check at the moment whether your proof of who you are still holds, so only small amounts are possible here. Try again later.",
  },
  {
    layer: "challenge",
    name: "challenge-failed",
    shopperText:
      "The digits that you typed were not right. Nothing was charged; try again, or pay another way.",
  },
  {
    layer: "challenge",
    name: "challenge-abandoned",
    shopperText: "You did not confirm that it is you. Nothing was charged.",
  },
  {
    layer: "screen",
    name: "device",
    shopperText: "This device has not been used with your account before. Confirm it in your app.",
  },
  {
    layer: "screen",
    name: "shared-device",
    shopperText: "Too many accounts pay from this device. Call us if it is yours.",
  },
  {
    layer: "screen",
    name: "blacklist",
    shopperText:
      "Payments from this account or device are stopped. You can ask for the reason, and for a person to look at it.",
  },
  {
    layer: "screen",
    name: "amount-unusual",
    shopperText:
      "This amount is far above what you usually pay. Confirm it in your app, or ask us to check it.",
  },
  {
    layer: "screen",
    name: "merchant-risk",
    shopperText: "Payments at this shop too often end in dispute. Pay another way, or ask us to check it.",
  },
  {
    layer: "decide",
    name: "limit-frozen",
    shopperText:
      "Part of your limit is on hold for some days, because of several large purchases in a short time. It becomes free by itself; call us if you need it now.",
  },
  {
    layer: "cashier",
    name: "short-of-cash",
    shopperText: "Your account does not cover this amount at the moment. Nothing was charged.",
  },
  {
    layer: "route",
    name: "participant-down",
    shopperText: "The institution behind this way to pay cannot be reached at the moment. Pay another way.",
  },
  {
    layer: "clear",
    name: "transfer-timed-out",
    shopperText:
      "The shop's platform did not confirm the payment in time, so it was cancelled. Your limit is free again.",
  },
  {
    layer: "route",
    name: "quote-expired",
    shopperText:
      "The rate that you were shown is no longer valid. Nothing was charged; ask for a new one and confirm it in time.",
  },
  {
    layer: "identify",
    name: "no-data-consent",
    shopperText:
      "To pay at a shop abroad some of your data must leave the country. You have not agreed to that; nothing was charged.",
  },
  {
    layer: "decide",
    name: "regional-purchase-cap",
    shopperText: "This amount is above what may be bought abroad in one purchase on credit.",
  },
  {
    layer: "decide",
    name: "regional-year-cap",
    shopperText: "With this purchase you would pass what one person may buy abroad in a year.",
  },
  {
    layer: "decide",
    name: "regional-cost-cap",
    shopperText: "The cost of this credit is above what the rules of the shop's region allow.",
  },
  {
    layer: "decide",
    name: "bank-leverage",
    shopperText:
      "We may grant no new credit at the moment: what we borrow from banks has passed the lawful part of our own money (银保监办发〔2020〕86号). Pay another way.",
  },
  {
    layer: "decide",
    name: "bond-leverage",
    shopperText:
      "We may grant no new credit at the moment: our notes have passed the lawful part of our own money (银保监办发〔2020〕86号). Pay another way.",
  },
  {
    layer: "decide",
    name: "household-cap",
    shopperText:
      "With this purchase your household would owe us more than the rules allow (金规〔2024〕26号). Paying part of your bill makes room.",
  },
  {
    layer: "decide",
    name: "unlicensed-scoring",
    shopperText:
      "We may not decide on the score we have: its data did not come through a licensed bureau (PBoC Order 4 [2021]). Pay another way.",
  },
] as const;

/** The codes by name, for the phases that refuse. */
export const reason = {
  none: 0,
  notAccepted: 1,
  noLine: 2,
  abandoned: 3,
  noConsent: 4,
  assuranceTooLow: 5,
  velocity: 6,
  distance: 7,
  scoreBelowCutoff: 8,
  lateAccount: 9,
  limitExceeded: 10,
  fundingThrottle: 11,
  adapterFailure: 12,
  railDown: 13,
  bridgeSuspended: 14,
  bridgeLiquidity: 15,
  notRecognised: 16,
  credentialRevoked: 17,
  statusStale: 18,
  challengeFailed: 19,
  challengeAbandoned: 20,
  device: 21,
  sharedDevice: 22,
  blacklist: 23,
  amountUnusual: 24,
  merchantRisk: 25,
  limitFrozen: 26,
  shortOfCash: 27,
  participantDown: 28,
  transferTimedOut: 29,
  quoteExpired: 30,
  noDataConsent: 31,
  regionalPurchaseCap: 32,
  regionalYearCap: 33,
  regionalCostCap: 34,
  bankLeverage: 35,
  bondLeverage: 36,
  householdCap: 37,
  unlicensedScoring: 38,
} as const;
