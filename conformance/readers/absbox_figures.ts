// Figures and conditions of AbsBox deals as formulas of ours: by tag where the engine wrote them, by word where the deal did.

/** A value with a tag, as Hastructure writes its own. */
export interface Tagged {
  tag: string;
  contents?: unknown;
}

/** What a deal states under its own words. */
export type Dict = Record<string, unknown>;
/** What stands under the first of some keys that is there. */
export const first = (dict: Dict, ...keys: string[]): unknown =>
  dict[keys.find((key) => key in dict) ?? keys[0]];

/** Why a case cannot be put into our terms: the tag that is not read. */
export class UnreadTag extends Error {
  constructor(what: string) {
    super(`no reader for ${what}`);
  }
}

/** A value as a list. */
export const list = (value: unknown) => value as unknown[];
/** A value as names. */
export const names = (value: unknown) => value as string[];
const sum = (parts: readonly string[]) => parts.length === 1 ? parts[0] : `(${parts.join(" + ")})`;
/** A number, or a numerator over a denominator. */
export const ratio = (value: unknown): number =>
  typeof value === "number" ? value : (value as { numerator: number; denominator: number }).numerator /
    (value as { denominator: number }).denominator;

/** What our deals call what a pool brings in. */
export const collected: Record<string, string> = {
  CollectedInterest: "Interest",
  CollectedPrincipal: "Principal",
  CollectedPrepayment: "Prepayment",
  CollectedRecoveries: "Recovery",
};

/** A figure as a formula of ours. Errors: {@link UnreadTag}. */
export function figure({ tag, contents }: Tagged): string {
  const of = (group: string, field: string) =>
    sum(names(contents).map((name) => `${group}.${name}.${field}`));
  const parts = () => (contents as Tagged[]).map(figure);
  switch (tag) {
    case "ReserveGap":
      return of("account", "shortfall");
    case "ReserveBalance":
      return of("account", "target");
    case "AccBalance":
      return of("account", "balance");
    case "CurrentBondBalance":
      return "tranches.balance";
    case "CurrentBondBalanceOf":
      return of("tranche", "balance");
    case "CurrentDueBondInt":
      return of("tranche", "interestDue");
    case "CurrentDueFee":
      return of("fee", "due");
    case "FeeTxnAmt":
      return sum(names(list(contents)[0]).map((name) => `fee.${name}.paid`));
    case "CurrentPoolBalance":
      return "pool.balance";
    case "PoolFactor":
      return "pool.factor";
    case "CumulativePoolDefaultedRate":
      return "pool.cumulativeDefaultRate";
    case "CumulativePoolDefaultedBalance":
      return "pool.cumulativeDefault";
    case "PoolCumCollection":
      return sum(names(list(contents)[0]).map((it) => `pool.cumulative${collected[it] ?? it}`));
    case "PoolCurCollection":
      return sum(names(list(contents)[0]).map((it) => `pool.collected${collected[it] ?? it}`));
    case "BondBalanceGap":
      return `tranche.${contents}.aboveTarget`;
    case "MonthsTillMaturity":
      return `tranche.${contents}.monthsToMaturity`;
    case "Factor": {
      const [inner, factor] = list(contents);
      return `${figure(inner as Tagged)} * ${ratio(factor)}`;
    }
    case "Constant":
      return String(ratio(contents));
    case "Sum":
      return sum(parts());
    case "Subtract":
      return `(${parts().join(" - ")})`;
    case "Max":
    case "Min":
      return `${tag.toLowerCase()}(${parts().join(", ")})`;
    default:
      throw new UnreadTag(`the figure ${tag}`);
  }
}

const signs: Record<string, string> = { G: ">", GE: ">=", L: "<", LE: "<=", E: "=" };

/** A condition as a formula of ours. */
export function condition({ tag, contents }: Tagged): string {
  const [a, b, c] = Array.isArray(contents) ? contents : [];
  switch (tag) {
    case "If":
    case "IfRate":
    case "IfInt":
      return `${figure(b)} ${signs[a]} ${ratio(c)}`;
    case "IfZero":
      return `${figure(contents as Tagged)} = 0`;
    case "IfDate":
      return `date ${signs[a]} ${b}`;
    case "IfBool": {
      const { tag: what, contents: who } = a as Tagged;
      if (what !== "IsPaidOff") throw new UnreadTag(`the truth ${what}`);
      const all = names(who).map((name) => `tranche.${name}.isPaidOff`).join(" and ");
      return b ? all : `not (${all})`;
    }
    case "IfRateCurve": {
      // A threshold holds from its date on; before the first there is none.
      const points = (c as Tagged).contents as [string, unknown][];
      return `${figure(b)} ${signs[a]} steps(${
        points.map(([date, x]) => `${date}, ${ratio(x)}`).join(", ")
      })`;
    }
    case "All":
    case "Any":
      return `(${(contents as Tagged[]).map(condition).join(tag === "All" ? " and " : " or ")})`;
    default:
      throw new UnreadTag(`the condition ${tag}`);
  }
}

const words: Record<string, string> = {
  合计: "sum",
  债券待付利息: "bondDueInt",
  待付费用: "feeDue",
  债券余额: "bondBalance",
  资产池余额: "poolBalance",
};

/** A figure as the deal itself states it: a word and what it is about. */
function statedFigure(value: unknown): string {
  const [word, ...about] = list(value), named = names(about);
  switch (words[word as string] ?? word) {
    case "sum":
      return sum(about.map(statedFigure));
    case "bondDueInt":
      return sum(named.map((name) => `tranche.${name}.interestDue`));
    case "feeDue":
      return sum(named.map((name) => `fee.${name}.due`));
    case "bondBalance":
      return named.length === 0 ? "tranches.balance" : sum(named.map((name) => `tranche.${name}.balance`));
    case "poolBalance":
      return "pool.balance";
    default:
      throw new UnreadTag(`the stated figure ${word}`);
  }
}

/** What an account should hold, as a formula of ours. Errors: {@link UnreadTag}. */
export function targetOf(type: Dict): string {
  const [[kind, value]] = Object.entries(type);
  if (kind === "固定储备金额" || kind === "fixReserve") return String(value);
  if (kind === "目标储备金额" || kind === "targetReserve") {
    const [what, factor] = list(value);
    return `${statedFigure(what)} * ${factor}`;
  }
  if (kind === "分段" || kind === "when") {
    const [[sign, date], then, otherwise] = value as [[string, string], Dict, Dict];
    return `if(date ${sign} ${date}, ${targetOf(then)}, ${targetOf(otherwise)})`;
  }
  if (["取高", "取低", "max", "min"].includes(kind)) {
    const parts = (value as Dict[]).map(targetOf);
    return `${kind === "取高" || kind === "max" ? "max" : "min"}(${parts.join(", ")})`;
  }
  throw new UnreadTag(`the reserve ${kind}`);
}
