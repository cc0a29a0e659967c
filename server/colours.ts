// One colour, one meaning, in the whole report: the two worlds, the parties, the layers, the buckets, a purchase's fate.

import { type Layer, layers } from "#/model/reasons.ts";
import { parties, type Party } from "#/model/names.ts";

/** The two worlds of a comparison. */
export const worlds = { closed: "#6b7280", open: "#1d4ed8" } as const;

/** Each party, in the order of reports. */
export const partyColours: Record<Party, string> = {
  "jd": "#c62828",
  "ant": "#0891b2",
  "wechat": "#2e9e44",
  "union-card": "#7a4b2a",
  "operator": "#8e44ad",
  "project": "#ef7d0b",
  "banks": "#9a9a12",
  "investors": "#d96fb2",
  "merchants": "#4b5fa5",
  "shoppers": "#b08968",
};

/** Flows that leave or enter the modelled world. */
export const externalColour = "#a8adb5";

/** The layers of a purchase, from first to last: one ramp, so that a later refusal looks later. */
export const layerColours: Record<Layer, string> = {
  accept: "#440154",
  cashier: "#472d7b",
  identify: "#3b528b",
  screen: "#2c728e",
  challenge: "#21918c",
  score: "#28ae80",
  decide: "#5ec962",
  route: "#addc30",
  clear: "#fde725",
};

/** The buckets of lateness: later is darker. */
export const bucketColours = {
  "M0": "#e8ecf1",
  "M1": "#fdd49e",
  "M2": "#fc8d59",
  "M3": "#d7301f",
  "M4+": "#7f0000",
} as const;

/** What becomes of a want. */
export const fateColours = {
  "on credit, own network": "#0f766e",
  "on credit, over the bridge": "#2dd4bf",
  "by debit card": "#c9d3dd",
  "put off": "#fbbf24",
  "lost": "#3f1d38",
} as const;

/** What whoever quotes abroad earns and loses by. */
export const exchangeColours = { "spread": "#0f766e", "rate of exchange": "#b45309" } as const;

/** With what a purchase is paid: the issuers' colours for their lines, deeper with the co-branded card. */
export const meansColours = {
  "card-baitiao": "#7f1d1d",
  "card-huabei": "#164e63",
  "baitiao": "#e8a3a3",
  "huabei": "#9ed3e0",
} as const;

/** What becomes of an attempt of fraud. */
export const attemptColours = {
  "stopped by a rule or a challenge": "#6b9e78",
  "not stopped there": "#e5a8b4",
  "went through": "#9f1239",
} as const;

/** What became of a borrower. */
export const borrowerColours = { good: "#2f7f86", bad: "#b4436c" } as const;

/** The classes of personal data. */
export const dataColours = { identity: "#5b4fc4", account: "#c2762b", location: "#a5c4b5" } as const;

/** The rails. */
export const railColours: Record<string, string> = { dns: "#94a3b8", rtgs: "#2dd4bf", card: "#7a4b2a" };

/** Sources of money, from the foot of a stack to its top. */
export const sourceColours: Record<string, string> = {
  bankLine: "#3f4f8c",
  uncommittedLine: "#8fa3cf",
  shareholderLoan: "#c05a86",
  jointLoan: "#5f8f7b",
  abs: "#d08a2e",
  privatePlacement: "#8c6bb1",
  supplierFinance: "#a98467",
};

/** What the bridge shows of itself. */
export const bridgeColours = { waiting: "#b45309", "money in use": "#0f766e" } as const;

/** How a transfer that met a fault ended. */
export const transferColours = {
  "fulfilled in time": "#5a9e8f",
  "fulfilled late": "#e0a93b",
  "given back": "#5b2a4f",
  "no money": "#c46a2d",
} as const;

/** Breaks between the files of two platforms. */
export const breakColours = { "found": "#f0b7a4", "open at the end of the day": "#a3391f" } as const;

/** Bands of a fan of draws and its middle. */
export const fanColours = { wide: "#d9d3ec", half: "#a99bd6", middle: "#43327e" } as const;

/** Whether a number is assumed or has a source. */
export const evidenceColours = { assumed: "#cf8a57", sourced: "#39697f" } as const;

/** What adds to a worth and what takes from it. */
export const stepColours = { adds: "#6fa287", takes: "#b76a78" } as const;

/** What moves an outcome: an axis by itself, with all its interplay, by how far, and how much its whole distribution shifts. */
export const indexColours = {
  "alone": "#7c9fc9",
  "in all": "#2b4a7d",
  "size of its effect": "#4f7f78",
  "shift of the whole distribution": "#8d7aa8",
  "in all, at most": "#a08a5c",
} as const;

/** Rows of a sampled sweep: those that meet a condition, the others, and the box that was chosen. */
export const boxColours = {
  "meets the condition": "#c0562f",
  "does not": "#a9b4c0",
  "box": "#20635f",
} as const;

/** Scenarios of a sweep, in the order of its file. */
export const scenarioColours = ["#6b7280", "#1d4ed8", "#c2762b", "#2e9e44", "#8e44ad", "#c62828"] as const;

/** Marks that carry no meaning of their own: axes' zero, frames, ranges. */
export const ink = { rule: "#374151", band: "#dbe4f3", frame: "#d1d5db" } as const;

/** Where a simulated figure falls against its published range. */
export const verdictColours = { inside: "#15803d", outside: "#b45309" } as const;

/**
 * A difference on a map: less to one side, no change in the middle, more to the other. Orange and blue, since neither is
 * good or bad by itself; pale, so that words read.
 */
export const differenceRamp = ["#eda55d", "#f5f5f5", "#86b3e0"] as const;

/** A level on a map: from little to much. Pale, so that words read. */
export const levelRamp = ["#f7f7f2", "#d9c27a"] as const;

/** Every colour that carries a meaning, with what it means. */
export function meanings(): { meaning: string; colour: string }[] {
  const of = (what: string, table: Record<string, string>, keys: readonly string[] = Object.keys(table)) =>
    keys.map((key) => ({ meaning: `${what} ${key}`, colour: table[key] }));
  return [
    ...of("world", worlds),
    ...of("party", partyColours, parties),
    { meaning: "external flow", colour: externalColour },
    ...of("layer", layerColours, layers),
    ...of("bucket", bucketColours),
    ...of("fate", fateColours),
    ...of("attempt of fraud", attemptColours),
    ...of("personal data", dataColours),
    ...of("borrower", borrowerColours),
    ...of("transfer that met a fault", transferColours),
    ...of("breaks", breakColours),
    ...of("verdict", verdictColours),
    ...of("fan of draws:", fanColours),
    ...of("number", evidenceColours),
    ...of("step that", stepColours),
    ...of("index of an axis:", indexColours),
    ...of("row or box of a discovery:", boxColours),
    { meaning: "less than in the scenario held against", colour: differenceRamp[0] },
    { meaning: "more than in the scenario held against", colour: differenceRamp[2] },
    { meaning: "a high level", colour: levelRamp[1] },
  ];
}
