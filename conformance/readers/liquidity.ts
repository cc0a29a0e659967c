// fin/liquidity_lcr_nsfr.json: run-off shares, the liquid stock under its caps, weighted stable funding.

import assert from "node:assert/strict";
import {
  internalLcr,
  internalLiquidStock,
  internalNsfr,
  runoffShares,
  weightedAmount,
} from "#/model/funding/liquidity/gauges.ts";
import { type CaseResult, examine, near, unread } from "../case.ts";

interface File {
  runoffFactors: { item: string; factor: number }[];
  hqla: {
    id: string;
    level1: number;
    level2a: number;
    level2bRMBS?: number;
    level2bEquity?: number;
    afterHaircut: [number, number, number];
    subtotal?: number;
    l2CapBinding: boolean;
    expectedHQLA?: number;
    recomputedHQLA?: number;
  }[];
  nsfr: {
    id: string;
    items: { amount: number; factor: number; expected?: number }[];
    expectedASF?: number;
    rsf?: number;
    expectedNSFRpct?: number;
  }[];
}

const kinds: Record<string, keyof typeof runoffShares> = {
  "stable retail deposits (extra criteria)": "stableRetailInsured",
  "stable retail": "stableRetail",
  "less stable retail": "lessStableRetail",
  operational: "operational",
  "non-financial corporate unsecured": "corporateUnsecured",
  "non-financial corporate fully insured": "corporateInsured",
  "other legal entity": "otherLegalEntity",
};

/** 0.01 %, relative. */
const tolerance = 1e-4;

/** Reads every part of the file. */
export function liquidityCases(text: string): CaseResult[] {
  const { runoffFactors, hqla, nsfr } = JSON.parse(text) as File;
  return [
    ...runoffFactors.map(({ item, factor }) =>
      kinds[item] === undefined
        ? unread(item, `funding "${item}"`)
        : examine(`run-off of ${item}`, () => assert.equal(runoffShares[kinds[item]], factor))
    ),
    ...hqla.map(({ id, level1, level2a, level2bRMBS, level2bEquity, ...expected }) =>
      examine(`liquid stock ${id}`, () => {
        const own = internalLiquidStock({
          ...{ level1, level2a, level2bRmbs: level2bRMBS, level2bOther: level2bEquity },
        });
        const after = [own.afterHaircuts.level1, own.afterHaircuts.level2a, own.afterHaircuts.level2b];
        for (const [i, value] of expected.afterHaircut.entries()) {
          near(after[i], value, { tolerance, what: `level ${i} after haircut` });
        }
        if (expected.subtotal !== undefined) {
          const sum = after.reduce((all, one) => all + one, 0);
          near(sum, expected.subtotal, { tolerance, what: "the sum after haircuts" });
        }
        assert.equal(own.isLevel2Capped, expected.l2CapBinding);
        const stock = expected.expectedHQLA ?? expected.recomputedHQLA!;
        near(own.stock, stock, { tolerance, what: "the stock" });
        // Inflows beyond 75 % of outflows do not count.
        near(internalLcr({ stock, outflows: 4 * stock, inflows: 9 * stock }), 1, {
          tolerance,
          what: "the gauge",
        });
      })
    ),
    ...nsfr.map(({ id, items, expectedASF, rsf, expectedNSFRpct }) =>
      examine(`stable funding ${id}`, () => {
        for (const { expected, ...item } of items) {
          if (expected !== undefined) near(weightedAmount([item]), expected, { tolerance, what: "an item" });
        }
        if (expectedASF !== undefined) {
          near(weightedAmount(items), expectedASF, { tolerance, what: "stable funding available" });
        }
        if (rsf !== undefined && expectedNSFRpct !== undefined) {
          const own = internalNsfr({ available: items, required: [{ amount: rsf, factor: 1 }] });
          near(own * 100, expectedNSFRpct, { tolerance, what: "the gauge in per cent" });
        }
      })
    ),
  ];
}
