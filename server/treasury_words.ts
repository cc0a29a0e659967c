// The words for rules, early-warning indicators and steps of the contingency plan.

const own = (words: Record<string, string>, name: string) =>
  Object.hasOwn(words, name) ? words[name] : undefined;

const ruleWords: Record<string, string> = {
  bankLeverage: "bank and shareholder money at most 1 × net assets",
  bondLeverage: "bonds and notes at most 4 × net assets",
  platformContribution: "platform's part of joint loans at least 30 %",
  partnerShare: "one partner at most 25 % of a bank's tier-1 capital",
  jointLoanShare: "joint loans at most 50 % of a bank's loans",
  household: "CNY 200,000 a household",
  allInCost: "all-in cost at most 24 %",
  licensedScoring: "scoring data through licensed bureaus",
};

/** A rule of the rule book as a reader knows it. */
export function ruleWord(name: string): string {
  return own(ruleWords, name) ?? name;
}

const indicatorWords: Record<string, string> = {
  survivalHorizon: "days that money lasts under stress",
  bufferRatio: "cash against the buffer aimed at",
  lineUtilisation: "use of the lines",
  spread: "base rate against the run's first",
  lateShare: "lateness against its own usual",
  forecastError: "error of the cash forecast",
};

/** An early-warning indicator as a reader knows it. */
export function indicatorWord(name: string): string {
  return own(indicatorWords, name) ?? name;
}

const contingencyWords: Record<string, string> = {
  drawUnused: "unused lines drawn",
  tightenOffers: "no offers and no higher limits",
  throttle: "new credit throttled",
  stop: "new credit stopped",
  placeReceivables: "receivables placed",
};

/** A step of the contingency plan as a reader knows it. */
export function contingencyWord(name: string): string {
  return own(contingencyWords, name) ?? name;
}
