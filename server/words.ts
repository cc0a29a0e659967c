// The words a reader sees for the names that the code uses: parties, products, layers, flows; outcome_words.ts has the outcomes.

import { typologies } from "#/model/fraud/typologies/registry.ts";
import { exactly, tick } from "#/server/format.ts";

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

const railWords: Record<string, string> = {
  dns: "existing channel",
  rtgs: "bridge",
  card: "card clearing",
};

/** A rail as the reader knows it. */
export const railWord = (rail: string): string => railWords[rail] ?? rail;

const networkWords: Record<string, string> = {
  "jd-mall": "JD's mall",
  "jd-flash-pay": "JD flash pay",
  "alipay": "Alipay",
  "wechat-pay": "WeChat Pay",
  "union-card": "Card terminals",
};

/** An acceptance network as the reader knows it. */
export const networkWord = (network: string): string => networkWords[network] ?? network;

/** An opening of a project as the reader knows it: `baitiao-alipay`, `cobranded-card`. */
export function openingWord(name: string): string {
  const product = Object.keys(productWords).find((one) => name.startsWith(`${one}-`));
  if (product === undefined) {
    return { "cobranded-card": "Co-branded card", "cross-border": "Shops abroad" }[name] ?? name;
  }
  return `${productWords[product]} on ${networkWord(name.slice(product.length + 1))}`;
}

const meansWords: Record<string, string> = {
  "card-baitiao": "co-branded card, Baitiao",
  "card-huabei": "co-branded card, Huabei",
  "baitiao": "Baitiao alone",
  "huabei": "Huabei alone",
};

/** What a purchase was paid with, as the reader knows it. */
export const meansWord = (means: string): string => meansWords[means] ?? means;

const layerWords: Record<string, string> = {
  accept: "Acceptance",
  cashier: "Cashier",
  identify: "Identity",
  screen: "Fraud screen",
  challenge: "Challenge",
  score: "Score",
  decide: "Limit",
  route: "Route",
  clear: "Clearing",
};

const dataWords: Record<string, string> = {
  identity: "identity data",
  account: "account data",
  location: "location data",
};

const consentWords: Record<string, string> = {
  recognise: "be recognised across platforms",
  account: "share account data",
  location: "use location",
};

const sourceWords: Record<string, string> = {
  equity: "own funds",
  bankLine: "committed bank line",
  uncommittedLine: "uncommitted bank line",
  shareholderLoan: "shareholder's loan",
  jointLoan: "joint loans with banks",
  abs: "asset-backed notes",
  privatePlacement: "private placement",
  supplierFinance: "early payment of suppliers",
};

/** A source of money as a reader knows it. */
export function sourceWord(source: string): string {
  return said(sourceWords, source) ?? source;
}

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

/** A fraud typology as a reader knows it, with a capital letter. */
export function typologyWord(name: string): string {
  const title = said<{ title: string }>(typologies, name)?.title;
  return title === undefined ? name : title.charAt(0).toUpperCase() + title.slice(1);
}

/** A class of personal data as a reader knows it. */
export function dataWord(data: string): string {
  return said(dataWords, data) ?? data;
}

/** What a consent allows, as it stands after "to". */
export function consentWord(kind: string): string {
  return said(consentWords, kind) ?? kind;
}

/** A named flow between the modelled world and the rest. */
export function flowWord(flow: string): string {
  return flow.replaceAll("-", " ");
}

/**
 * A value of a sweep's axis as a tick says it: numbers in full up to five digits, names of the code as words.
 *
 * @example
 * ```ts
 * import { axisWord } from "#/server/words.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual([axisWord(9_500), axisWord(6_250.5), axisWord(0.5)], ["9,500", "6,250.5", "0.5"]);
 * assert.equal(axisWord(150_000_000), "150\u202fm");
 * assert.equal(axisWord("recordLinkage"), "record linkage");
 * ```
 */
export function axisWord(value: string | number | boolean): string {
  if (typeof value !== "number") {
    return String(value).replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  }
  const size = Math.abs(value);
  // No more digits than a tick has: a limit half-way between two rows may have any number of them.
  return size >= 1 && size < 100_000 ? exactly(Number(value.toPrecision(6))) : tick(value);
}

/** What a table says of a name, and nothing for names that every object knows, such as `toString`. */
export function said<Words>(table: Record<string, Words>, name: string): Words | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
