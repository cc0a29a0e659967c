// Liquidity gauges in the form of LCR and NSFR, for internal use: these are no regulatory figures of any party.

/** High-quality liquid assets by level before haircuts, and flows over 30 days; one unit of money throughout. */
export interface LiquidAssets {
  level1: number;
  level2a: number;
  /** Residential mortgage-backed securities of level 2B. */
  level2bRmbs?: number;
  /** Corporate bonds and equities of level 2B. */
  level2bOther?: number;
}

/** Shares taken off the market value of liquid assets, by level. */
export const liquidHaircuts = { level1: 0, level2a: 0.15, level2bRmbs: 0.25, level2bOther: 0.5 } as const;

/** Shares of funding that leave within 30 days of stress, by kind. Source: BCBS d238, Annex 4. */
export const runoffShares = {
  stableRetailInsured: 0.03,
  stableRetail: 0.05,
  lessStableRetail: 0.1,
  operational: 0.25,
  corporateUnsecured: 0.4,
  corporateInsured: 0.2,
  otherLegalEntity: 1,
} as const;

const notNegative = (parts: Record<string, number>) => {
  for (const [name, value] of Object.entries(parts)) {
    if (!(value >= 0 && value < Infinity)) {
      throw new RangeError(`Cannot gauge liquidity: ${name} is ${value}; allowed is 0 or more`);
    }
  }
};

/**
 * The stock of liquid assets after haircuts and caps: level 2 at most 40 %, level 2B at most 15 % of it.
 *
 * Errors: `RangeError` for an amount below 0.
 * Source: BCBS d238 (January 2013), Annex 1 and paragraphs 46 to 54.
 *
 * @example
 * ```ts
 * import { internalLiquidStock } from "#/model/funding/liquidity/gauges.ts";
 * import assert from "node:assert/strict";
 * assert.equal(internalLiquidStock({ level1: 800, level2a: 100, level2bRmbs: 60 }).stock, 930);
 * const capped = internalLiquidStock({ level1: 200, level2a: 200, level2bOther: 100 });
 * assert.ok(capped.isLevel2Capped && Math.abs(capped.stock - 1000 / 3) < 1e-9);
 * ```
 */
export function internalLiquidStock({ level1, level2a, level2bRmbs = 0, level2bOther = 0 }: LiquidAssets): {
  stock: number;
  afterHaircuts: { level1: number; level2a: number; level2b: number };
  isLevel2Capped: boolean;
  isLevel2bCapped: boolean;
} {
  notNegative({ level1, level2a, level2bRmbs, level2bOther });
  const a = level2a * (1 - liquidHaircuts.level2a);
  const b = level2bRmbs * (1 - liquidHaircuts.level2bRmbs) + level2bOther * (1 - liquidHaircuts.level2bOther);
  const overB = Math.max(0, b - 15 / 85 * (level1 + a), b - 15 / 60 * level1);
  const over = Math.max(0, a + b - overB - 2 / 3 * level1);
  return {
    stock: level1 + a + b - overB - over,
    afterHaircuts: { level1, level2a: a, level2b: b },
    isLevel2Capped: over > 0,
    isLevel2bCapped: overB > 0,
  };
}

/**
 * The internal 30-day gauge: liquid stock ÷ (outflows − inflows, which count up to 75 % of the outflows). Infinity without
 * outflows.
 *
 * Errors: `RangeError` for an amount below 0. Source: BCBS d238, paragraph 69.
 */
export function internalLcr(
  { stock, outflows, inflows }: { stock: number; outflows: number; inflows: number },
): number {
  notNegative({ stock, outflows, inflows });
  return outflows === 0 ? Infinity : stock / (outflows - Math.min(inflows, 0.75 * outflows));
}

/** An amount with the share of it that counts. */
export interface WeightedAmount {
  amount: number;
  factor: number;
}

/** The sum of amounts, each by its factor. Errors: `RangeError` for an amount below 0 or a factor outside 0 to 1. */
export function weightedAmount(items: readonly WeightedAmount[]): number {
  return items.reduce((sum, { amount, factor }) => {
    notNegative({ amount });
    if (!(factor >= 0 && factor <= 1)) {
      throw new RangeError(`Cannot gauge liquidity: a factor is ${factor}; allowed is 0 to 1`);
    }
    return sum + amount * factor;
  }, 0);
}

/**
 * The internal one-year gauge: stable funding available ÷ stable funding required. Infinity where none is required.
 *
 * Source: BCBS d295 (October 2014), paragraph 9.
 *
 * @example
 * ```ts
 * import { internalNsfr } from "#/model/funding/liquidity/gauges.ts";
 * import assert from "node:assert/strict";
 * const available = [{ amount: 10, factor: 1 }, { amount: 20, factor: 0.5 }];
 * assert.equal(internalNsfr({ available, required: [{ amount: 20, factor: 0.8 }] }), 1.25);
 * ```
 */
export function internalNsfr(
  { available, required }: { available: readonly WeightedAmount[]; required: readonly WeightedAmount[] },
): number {
  const needed = weightedAmount(required);
  return needed === 0 ? Infinity : weightedAmount(available) / needed;
}
