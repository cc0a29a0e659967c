// fin/private_equity_pyxirr.json: multiples of money, internal rates and public market equivalents.

import assert from "node:assert/strict";
import type { InternalRate } from "#/model/finance/irr.ts";
import {
  directAlpha,
  dpi,
  ksPme,
  longNickelsPme,
  modifiedPme,
  type Multiple,
  pmePlus,
  rvpi,
  tvpi,
} from "#/model/finance/private_equity.ts";
import { irr, mirr } from "#/model/finance/returns.ts";
import { type CaseResult, examine, unread } from "../case.ts";
import { ratesOf } from "./time_value.ts";

interface Case {
  amounts: number[];
  index: number[];
  nav: number | number[];
  financeRate: number;
  reinvestRate: number;
  expected: number | null;
  atol?: number;
}

const multiples = (found: Multiple) => found.kind === "one" ? [found.multiple] : [];
const rates = (found: InternalRate) => ratesOf(found);
const value = ({ nav }: Case) => nav as number | undefined;

/** What the functions answer, all of it. */
const answers: Record<string, (one: Case) => number[]> = {
  irr: ({ amounts }) => rates(irr(amounts)),
  mirr: ({ amounts, financeRate, reinvestRate }) => rates(mirr(amounts, { financeRate, reinvestRate })),
  dpi: ({ amounts }) => multiples(dpi(amounts)),
  rvpi: (one) => multiples(rvpi(one.amounts, value(one) ?? 0)),
  tvpi: (one) => multiples(tvpi(one.amounts, value(one))),
  moic: (one) => multiples(tvpi(one.amounts, value(one))),
  ksPme: (one) => multiples(ksPme(one.amounts, { index: one.index, nav: value(one) })),
  lnPme: ({ amounts, index }) => rates(longNickelsPme(amounts, { index }).rate),
  lnPmeNav: ({ amounts, index }) => [longNickelsPme(amounts, { index }).nav],
  pmePlus: (one) => rates(pmePlus(one.amounts, { index: one.index, nav: value(one) }).rate),
  directAlpha: (one) => rates(directAlpha(one.amounts, { index: one.index, nav: value(one) })),
  mPme: ({ amounts, index, nav }) => rates(modifiedPme(amounts, { index, navs: nav as number[] }).rate),
};

const remarks = ["source", "commit", "license", "licence", "path", "origin", "note", "split"];

/** Reads a part for each measure; without a tolerance the figure is held to nine digits. */
export function privateEquityCases(text: string): CaseResult[] {
  return Object.entries(JSON.parse(text) as Record<string, Case[]>).flatMap(([part, cases]): CaseResult[] => {
    if (remarks.includes(part)) return [];
    if (!Object.hasOwn(answers, part)) return [unread(part, `part "${part}"`)];
    return cases.map((one, i) =>
      examine(`${part} ${i + 1}`, () => {
        const own = answers[part](one), { expected, atol = 1e-9 } = one;
        const isRight = expected === null
          ? own.length === 0
          : own.some((it) => Math.abs(it - expected) <= atol);
        assert.ok(isRight, `${own.join(", ") || "none"}, expected ${expected} within ${atol}`);
      })
    );
  });
}
