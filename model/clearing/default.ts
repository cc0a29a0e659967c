// Default of participants: who pays how much of its debts, what a guarantee fund adds, and who bears the loss.

import type { Fen, Ppm } from "#/model/units/units.ts";
import { type DebtClass, greatestClearingVector, unit } from "./clearing_vector.ts";
import { type Obligation, refuseUnlessOwed } from "./netting.ts";
import { type Flow, wholeFlows } from "./whole_flows.ts";

/** What one participant owes another, with its rank. */
export interface Debt extends Obligation {
  /** 0 is paid first, 1 after it, and so on; 0 where nothing is said. */
  seniority?: number;
}

/** How defaults are dealt with. */
export interface DefaultTerms {
  /** What of its assets a defaulted participant keeps after the cost of bankruptcy; 1,000,000 where nothing is said. */
  assetRecoveryPpm?: Ppm;
  /** The same of what its debtors pay it. */
  claimRecoveryPpm?: Ppm;
  /** What a guarantee fund has to pay the creditors of those who default; 0 where nothing is said. */
  fundFen?: Fen;
}

/** What became of one debt; paid, covered and lost sum to what was owed. */
export interface SettledDebt extends Debt {
  /** What the debtor paid. */
  paidFen: Fen;
  /** What the guarantee fund paid. */
  coveredFen: Fen;
  /** What the creditor loses. */
  lossFen: Fen;
}

/** What became of one participant: assets and receipts are what it paid, its cost of bankruptcy and what is left. */
export interface Standing {
  /** Who. */
  participant: string;
  /** What it had besides its claims. */
  assetsFen: Fen;
  /** What it owed. */
  owedFen: Fen;
  /** What it paid. */
  paidFen: Fen;
  /** What its debtors and the fund paid it. */
  receivedFen: Fen;
  /** What bankruptcy cost it; 0 without default. */
  costFen: Fen;
  /** What is left. */
  leftFen: Fen;
  /** What it lost as a creditor. */
  lossFen: Fen;
  /** The wave in which it defaulted, counted from 1; 0 where it paid in full. */
  wave: number;
}

/** A debt network after clearing. */
export interface ClearedDebts {
  /** In the order of the assets. */
  standings: Standing[];
  /** In the order given. */
  debts: SettledDebt[];
  /** What the guarantee fund paid. */
  fundUsedFen: Fen;
}

/**
 * Clears a debt network: the greatest clearing vector in whole fen.
 *
 * Senior debts are paid before junior ones, debts of one rank pro rata. The fund pays the same share of every shortfall:
 * all of it, or the largest share that it can pay for (looked for on a grid of 1/64 from the top, then by bisection).
 * Each payment is its exact value rounded down or up to a fen, and everybody's books balance to the fen: see
 * `wholeFlows` for the rule.
 *
 * Shapes and units: `assetsFen` names every participant; at most some hundred participants.
 * Errors: `RangeError` for assets or a fund that are not whole or below zero, a debt that is none, is owed to oneself or
 * by a stranger, a rank that is no whole number of 0 or more, a recovery outside 0 to 1,000,000, sums beyond 2^53.
 * Source: as `greatestClearingVector`.
 *
 * @example
 * ```ts
 * import { clearDebts } from "#/model/clearing/default.ts";
 * import assert from "node:assert/strict";
 * const { standings, debts } = clearDebts({ ant: 40, jd: 0, bank: 0 }, [
 *   { payer: "ant", payee: "jd", amountFen: 100 },
 *   { payer: "jd", payee: "bank", amountFen: 60 },
 * ]);
 * assert.deepEqual(standings.map(({ paidFen, wave }) => [paidFen, wave]), [[40, 1], [40, 2], [0, 0]]);
 * assert.deepEqual(debts.map(({ lossFen }) => lossFen), [60, 20]);
 * ```
 */
export function clearDebts(
  assetsFen: Readonly<Record<string, Fen>>,
  debts: readonly Debt[],
  { assetRecoveryPpm = 1_000_000, claimRecoveryPpm = 1_000_000, fundFen = 0 }: DefaultTerms = {},
): ClearedDebts {
  const names = Object.keys(assetsFen), numbers = new Map(names.map((name, i) => [name, i]));
  refuseUnlessSound(assetsFen, debts, { assetRecoveryPpm, claimRecoveryPpm, fundFen });
  const assets = names.map((name) => BigInt(assetsFen[name]) * unit);
  const { classes, rows } = classesOf(debts, numbers);
  const problem = { assets, classes, assetRecoveryPpm, claimRecoveryPpm, cover: 0n };
  const solved = withFund(problem, BigInt(fundFen) * unit);
  const { cover, paid, wave } = solved;

  // The flows of money, in the order: each debt's payment, then the fund's part; everybody's assets, costs and rest.
  const hub = names.length, fund = hub + 1, flows: Flow[] = [];
  const due = classes.map(() => 0n), got = names.map(() => 0n);
  let fromFund = 0n;
  for (const [k, { payer, payee }] of debts.entries()) {
    const i = numbers.get(payer)!, j = numbers.get(payee)!, amount = BigInt(debts[k].amountFen) * unit;
    const { above, total } = rows[k];
    const left = paid[i] - above, part = left <= 0n ? 0n : left >= total ? total : left;
    const pays = part * amount / total, covers = (amount - pays) * cover / unit;
    flows.push({ from: i, to: j, amount: pays }, { from: fund, to: j, amount: covers });
    due[i] += pays;
    got[j] += pays + covers;
    fromFund += covers;
  }
  for (const [i] of names.entries()) {
    const left = assets[i] + got[i] - due[i];
    flows.push(
      { from: hub, to: i, amount: assets[i] },
      { from: i, to: hub, amount: left < 0n ? 0n : left },
    );
  }
  flows.push({ from: hub, to: fund, amount: fromFund });
  const whole = wholeFlows(flows, unit);
  return told(whole, { names, numbers, assetsFen, debts, wave });
}

/** The clearing vector with the largest share of shortfalls that a fund can pay. */
function withFund(problem: Parameters<typeof greatestClearingVector>[0], fund: bigint) {
  const attempt = (cover: bigint) => {
    const vector = greatestClearingVector({ ...problem, cover });
    let short = 0n;
    for (const [i, all] of problem.classes.entries()) {
      short += all.reduce((sum, { total }) => sum + total, 0n) - vector.paid[i];
    }
    return { cover, ...vector, isPaid: short * cover / unit <= fund };
  };
  let best = attempt(unit);
  if (best.isPaid) return best;
  const cell = unit / 64n;
  for (let cover = unit - cell;; cover -= cell) {
    best = attempt(cover);
    if (best.isPaid) break;
  }
  // Fine enough that less than a fen of the fund is left over at any size of the debts.
  for (let step = cell / 2n; step > unit >> 60n; step /= 2n) {
    const more = attempt(best.cover + step);
    if (more.isPaid) best = more;
  }
  return best;
}

/** Each debtor's classes, and for each debt what stands above its class and the class's sum. */
function classesOf(debts: readonly Debt[], numbers: ReadonlyMap<string, number>) {
  const classes: DebtClass[][] = Array.from({ length: numbers.size }, () => []);
  const rows: { above: bigint; total: bigint }[] = debts.map(() => ({ above: 0n, total: 0n }));
  const ranks = [...new Set(debts.map(({ seniority = 0 }) => seniority))].sort((a, b) => a - b);
  const above = classes.map(() => 0n);
  for (const rank of ranks) {
    const here: (DebtClass | undefined)[] = [];
    const mine = debts.flatMap((debt, k) => (debt.seniority ?? 0) === rank ? [k] : []);
    for (const k of mine) {
      const i = numbers.get(debts[k].payer)!, amount = BigInt(debts[k].amountFen) * unit;
      if (!here[i]) classes[i].push(here[i] = { total: 0n, claims: [] });
      here[i].total += amount;
      here[i].claims.push({ creditor: numbers.get(debts[k].payee)!, amount });
    }
    for (const k of mine) {
      const i = numbers.get(debts[k].payer)!;
      rows[k] = { above: above[i], total: here[i]!.total };
    }
    for (const [i, of] of here.entries()) above[i] += of?.total ?? 0n;
  }
  return { classes, rows };
}

/** The flows by name. */
function told(
  whole: readonly number[],
  { names, numbers, assetsFen, debts, wave }: {
    names: readonly string[];
    numbers: ReadonlyMap<string, number>;
    assetsFen: Readonly<Record<string, Fen>>;
    debts: readonly Debt[];
    wave: readonly number[];
  },
): ClearedDebts {
  const standings = names.map((participant, i): Standing => {
    const rest = whole[2 * debts.length + 2 * i + 1];
    // Who has defaulted keeps nothing: what it does not pay out is the cost of bankruptcy.
    const [costFen, leftFen] = wave[i] > 0 ? [rest, 0] : [0, rest];
    const sums = { owedFen: 0, paidFen: 0, receivedFen: 0, lossFen: 0 };
    return { participant, assetsFen: assetsFen[participant], ...sums, costFen, leftFen, wave: wave[i] };
  });
  const settled = debts.map((debt, k): SettledDebt => {
    const paidFen = whole[2 * k], coveredFen = whole[2 * k + 1];
    const lossFen = debt.amountFen - paidFen - coveredFen;
    const debtor = standings[numbers.get(debt.payer)!], creditor = standings[numbers.get(debt.payee)!];
    debtor.owedFen += debt.amountFen;
    debtor.paidFen += paidFen;
    creditor.receivedFen += paidFen + coveredFen;
    creditor.lossFen += lossFen;
    return { ...debt, paidFen, coveredFen, lossFen };
  });
  return { standings, debts: settled, fundUsedFen: whole.at(-1)! };
}

function refuseUnlessSound(
  assetsFen: Readonly<Record<string, Fen>>,
  debts: readonly Debt[],
  { assetRecoveryPpm, claimRecoveryPpm, fundFen }: Required<DefaultTerms>,
): void {
  let sumFen = fundFen;
  const amounts = [...Object.entries(assetsFen), ["the guarantee fund", fundFen] as const];
  for (const [name, fen] of amounts) {
    if (!Number.isSafeInteger(fen) || fen < 0) {
      throw new RangeError(`Cannot clear with ${fen} fen of ${name}: a whole number, 0 or more, is needed`);
    }
    sumFen += fen;
  }
  for (const ppm of [assetRecoveryPpm, claimRecoveryPpm]) {
    if (!Number.isInteger(ppm) || ppm < 0 || ppm > 1_000_000) {
      throw new RangeError(`Cannot recover ${ppm} ppm: a whole number from 0 to 1000000 is needed`);
    }
  }
  for (const debt of debts) {
    refuseUnlessOwed(debt);
    for (const name of [debt.payer, debt.payee]) {
      if (!Object.hasOwn(assetsFen, name)) {
        throw new RangeError(`Cannot clear what ${debt.payer} owes ${debt.payee}: ${name} has no assets`);
      }
    }
    const { seniority = 0 } = debt;
    if (!Number.isSafeInteger(seniority) || seniority < 0) {
      throw new RangeError(
        `Cannot rank what ${debt.payer} owes ${debt.payee} as ${seniority}: 0 or more is needed`,
      );
    }
    sumFen += debt.amountFen;
  }
  if (!Number.isSafeInteger(sumFen)) {
    throw new RangeError(`Cannot clear ${sumFen} fen in sum: sums up to 2^53 - 1 are exact`);
  }
}
