// The closed lists: who takes part, what can be bought with what, and where. Order matters: it is the index in tables.

/** Credit products, in table order. */
export const products = ["baitiao", "huabei"] as const;
/** A credit product. */
export type Product = typeof products[number];

/** Acceptance networks, in table order. */
export const networks = ["jd-mall", "jd-flash-pay", "alipay", "wechat-pay", "union-card"] as const;
/** An acceptance network. */
export type Network = typeof networks[number];

/** Merchant categories, in table order. */
export const categories = [
  "electronics",
  "apparel",
  "groceries",
  "dining",
  "travel",
  "education",
  "medical",
  "other",
] as const;
/** A merchant category. */
export type Category = typeof categories[number];

/** Parties that own accounts, in the order of reports. */
export const parties = [
  "jd",
  "ant",
  "wechat",
  "union-card",
  "operator",
  "project",
  "banks",
  "investors",
  "merchants",
  "shoppers",
] as const;
/** A party that owns accounts. */
export type Party = typeof parties[number];

/** The lenders, whose capital is what they own less what they owe and expect to lose of their loans. */
export const capitalParties = ["jd", "ant"] as const satisfies readonly Party[];

/** The issuer of each product. */
export const issuerOf = { baitiao: "jd", huabei: "ant" } as const satisfies Record<Product, Party>;

/** The acquirer of each network: who signs its merchants and pays them out. */
export const acquirerOf = {
  "jd-mall": "jd",
  "jd-flash-pay": "jd",
  "alipay": "ant",
  "wechat-pay": "wechat",
  "union-card": "union-card",
} as const satisfies Record<Network, Party>;

/** Flows that leave or enter the modelled world; every other result of one party is the result of another. */
export const externalFlows = [
  "wages",
  "capex",
  "operating-cost",
  "collection-cost",
  "identity-cost",
  "claim-buyers",
  "reconciliation-cost",
  "card-cost",
] as const;

/** Flows between the modelled world and abroad; a run without a cross-border cell has none of them. */
export const foreignFlows = ["foreign-goods", "currency-market", "revaluation"] as const;
