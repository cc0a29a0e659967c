// The words a reader sees for the names that the code uses: parties, products, layers, flows, outcomes.

import { tick } from "#/server/format.ts";

const partyWords: Record<string, string> = {
  "jd": "JD",
  "ant": "Ant",
  "wechat": "WeChat Pay",
  "union-card": "Card network",
  "operator": "Bridge operator",
  "project": "Project company",
  "banks": "Banks",
  "investors": "Investors",
  "merchants": "Merchants",
  "shoppers": "Shoppers",
};

const productWords: Record<string, string> = { baitiao: "Baitiao", huabei: "Huabei" };

const layerWords: Record<string, string> = {
  accept: "Acceptance",
  cashier: "Cashier",
  identify: "Identity",
  screen: "Fraud screen",
  score: "Score",
  decide: "Limit",
  route: "Route",
  clear: "Clearing",
};

const outcomeWords: Record<string, string> = {
  gmv: "Sales (GMV)",
  creditGmv: "Sales on credit",
  bridgedGmv: "Sales over the bridge",
  bridgedPurchases: "Purchases over the bridge",
  lostPurchases: "Lost purchases",
  approvalRate: "Approval rate of credit wants",
  usersGained: "Users gained by both platforms together",
  usersMoved: "Users moved from one platform to the other",
  netLoss: "Net credit loss",
  peakLiquidity: "Peak intraday liquidity",
  settlementDelay: "Settlement delay",
  fundingGapDays: "Days with a funding gap",
  overIndebtedShare: "Shoppers over-indebted",
  projectCash: "Cash of the project company",
  fraudLoss: "Loss by fraud",
  bridgeFees: "Bridge fees",
  bridgeExpired: "Bridge payments that expired unsettled",
  insultedShare: "Good shoppers refused as fraud, of credit attempts",
};

const perProduct: Record<string, (name: string) => string> = {
  "users": (name) => `Users of ${productWord(name)}`,
  "activeUsers": (name) => `Active users of ${productWord(name)}`,
  "balancePerUser": (name) => `Balance per active user, ${productWord(name)}`,
  "dpd30Share": (name) => `Balance 30+ days late, ${productWord(name)}`,
  "dpd90Share": (name) => `Balance 90+ days late, ${productWord(name)}`,
  "lossBy": (name) => `Loss borne by ${partyWord(name)}`,
  "resultOf": (name) => `Result of ${partyWord(name)}`,
  "external": (name) => `External flow: ${flowWord(name)}`,
  "chargeOffRate": (name) => `Charged off a year, ${productWord(name)}`,
  "bookLine": (name) => `Owed on funding lines for ${productWord(name)}`,
  "gmv": (name) => `Sales (GMV), ${name}`,
};

/** A party as a reader knows it; an unknown one keeps its name. */
export function partyWord(party: string): string {
  return said(partyWords, party) ?? party;
}

/** A credit product as a reader knows it. */
export function productWord(product: string): string {
  return said(productWords, product) ?? partyWord(product);
}

/** A layer of the purchase chain as a reader knows it. */
export function layerWord(layer: string): string {
  return said(layerWords, layer) ?? layer;
}

/** A named flow between the modelled world and the rest. */
export function flowWord(flow: string): string {
  return flow.replaceAll("-", " ");
}

/**
 * An outcome in words; an unknown one keeps its name.
 *
 * @example
 * ```ts
 * import { outcomeWord } from "#/server/words.ts";
 * import assert from "node:assert/strict";
 * assert.equal(outcomeWord("users.baitiao"), "Users of Baitiao");
 * assert.equal(outcomeWord("somethingNew"), "somethingNew");
 * ```
 */
export function outcomeWord(name: string): string {
  const dot = name.indexOf(".");
  if (dot > 0) {
    const words = said(perProduct, name.slice(0, dot));
    if (words) return words(name.slice(dot + 1));
  }
  return said(outcomeWords, name) ?? name;
}

/** A value of a sweep's axis as a tick says it. */
export function axisWord(value: string | number | boolean): string {
  return typeof value === "number" ? tick(value) : String(value);
}

/** What a table says of a name, and nothing for names that every object knows, such as `toString`. */
function said<Words>(table: Record<string, Words>, name: string): Words | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
