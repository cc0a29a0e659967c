// How well cash covers debt: DSCR by period, LLCR and PLCR; a plan without debt has none of them, and says so.
//
// CFADS is cash available for debt service of a period, negative where the project burns cash. Periods run in order; a
// period's rate is the debt's own for that period (a year's rate times the part of a year), cash comes at its end.

import { checked, checkedAll, checkedLength } from "./checks.ts";

/** A ratio of cover, or that there is none, and why. */
export type Cover = { kind: "one"; ratio: number } | { kind: "none"; why: "no debt" | "no debt service" };

/** Debt service cover of a plan by period, and what is read off it. */
export type DebtServiceCover =
  | {
    kind: "cover";
    /** One a period; null where nothing is due. */
    byPeriod: (number | null)[];
    /** The least of them, and the period, counted from 0, where it falls first. */
    minimum: number;
    minimumPeriod: number;
    /** The mean over the periods in which something is due. */
    average: number;
  }
  | { kind: "none"; why: "no debt service" };

/**
 * The debt service cover ratio: CFADS over interest and principal due, by period.
 *
 * Shapes and units: one CFADS and one debt service, not negative, a period; any money unit. Where nothing is due in any
 * period there is no ratio. Errors: `RangeError` for lists of unlike length, a negative debt service.
 *
 * @example
 * ```ts
 * import { debtServiceCover } from "#/model/finance/debt_cover.ts";
 * import assert from "node:assert/strict";
 * const cover = debtServiceCover([120, 130, 50], [100, 100, 0]);
 * assert.ok(cover.kind === "cover");
 * assert.deepEqual(cover.byPeriod, [1.2, 1.3, null]);
 * assert.deepEqual([cover.minimum, cover.minimumPeriod, cover.average], [1.2, 0, 1.25]);
 * assert.equal(debtServiceCover([120], [0]).kind, "none");
 * ```
 */
export function debtServiceCover(cfads: readonly number[], debtService: readonly number[]): DebtServiceCover {
  checkedAll("cfads of period", cfads);
  checkedLength("debt service", debtService, cfads.length);
  checkedAll("debt service of period", debtService, { least: 0 });
  const byPeriod = cfads.map((cash, i) => debtService[i] > 0 ? cash / debtService[i] : null);
  const ratios = byPeriod.filter((ratio) => ratio !== null);
  if (ratios.length === 0) return { kind: "none", why: "no debt service" };
  const minimum = ratios.reduce((least, ratio) => Math.min(least, ratio), Infinity);
  const average = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
  return { kind: "cover", byPeriod, minimum, minimumPeriod: byPeriod.indexOf(minimum), average };
}

/** A rate for each period: one for all, or a list. Errors: `RangeError` for a rate of -1 or below, a list of another length. */
export function ratesByPeriod(rates: number | readonly number[], periods: number): readonly number[] {
  const list = typeof rates === "number" ? new Array<number>(periods).fill(rates) : rates;
  checkedLength("rates", list, periods);
  return checkedAll("rate of period", list, { above: -1 });
}

/**
 * What cash of coming periods is worth now, at the rates of the debt that it serves.
 *
 * Shapes and units: cash at the end of each period; one rate for all periods, or one each. Errors: those of
 * {@link ratesByPeriod}, `RangeError` for cash that is not finite.
 *
 * @example
 * ```ts
 * import { worthOfCash } from "#/model/finance/debt_cover.ts";
 * import assert from "node:assert/strict";
 * assert.ok(Math.abs(worthOfCash([110, 121], 0.1) - 200) < 1e-12);
 * ```
 */
export function worthOfCash(cash: readonly number[], rates: number | readonly number[]): number {
  const byPeriod = ratesByPeriod(rates, cash.length);
  checkedAll("cash of period", cash);
  let worth = 0;
  for (let i = cash.length - 1; i >= 0; i--) worth = (worth + cash[i]) / (1 + byPeriod[i]);
  return worth;
}

/** What a cover over a life is counted from: the debt at the start, and what its reserve account holds. */
export interface LifeCoverTerms {
  debt: number;
  rates: number | readonly number[];
  /** Cash in the reserve account, which counts with the cash to come; none unless given. */
  reserve?: number;
}

/**
 * The loan life cover ratio: the worth of CFADS until the loan's last period, over the debt.
 *
 * Shapes and units: `cfads` of the periods of the loan's life. Errors: `RangeError` for a negative debt or reserve, and those of
 * {@link worthOfCash}. Source: E. R. Yescombe, "Principles of Project Finance"; discounting at the debt's own rate.
 *
 * @example
 * ```ts
 * import { loanLifeCover } from "#/model/finance/debt_cover.ts";
 * import assert from "node:assert/strict";
 * const found = loanLifeCover([132, 145.2], { debt: 200, rates: 0.1 });
 * assert.ok(found.kind === "one" && Math.abs(found.ratio - 1.2) < 1e-15);
 * assert.deepEqual(loanLifeCover([132], { debt: 0, rates: 0.1 }), { kind: "none", why: "no debt" });
 * ```
 */
export function loanLifeCover(cfads: readonly number[], { debt, rates, reserve = 0 }: LifeCoverTerms): Cover {
  checked("debt", debt, { least: 0 });
  checked("reserve", reserve, { least: 0 });
  const worth = worthOfCash(cfads, rates) + reserve;
  return debt > 0 ? { kind: "one", ratio: worth / debt } : { kind: "none", why: "no debt" };
}

/**
 * The project life cover ratio: as {@link loanLifeCover}, over all periods of the project, the tail after the loan with them.
 * With cash that is never negative it is no less than the loan's.
 */
export function projectLifeCover(cfads: readonly number[], terms: LifeCoverTerms): Cover {
  return loanLifeCover(cfads, terms);
}
