// pay/eisenberg_noe.json: clearing vectors of debt networks. Amounts are taken a billionfold, so that fen are fine enough.

import assert from "node:assert/strict";
import { clearDebts, type Debt } from "#/model/clearing/default.ts";
import { type CaseResult, examine, near } from "../case.ts";

interface Case {
  id: string;
  L: number[][];
  external_assets: number[];
  external_liabilities?: number[];
  seniority?: string;
  alpha?: number;
  beta?: number;
  expected: {
    clearing?: number[];
    default?: number[];
    shortfall?: number[];
    error?: string;
    properties?: string[];
  };
  tol?: number;
  derived_by_us?: { clearing?: number[] };
}

const scale = 1_000_000_000;
const outside = "outside";

/** Reads the networks; whoever is owed from outside is one more participant. */
export function clearingVectorCases(text: string): CaseResult[] {
  const { cases } = JSON.parse(text) as { cases: Case[] };
  return cases.map((one) => examine(one.id, () => check(one)));
}

function check(one: Case): void {
  const { expected, tol = 1e-9 } = one;
  if (expected.error !== undefined) {
    // Words differ from library to library; that it is refused, and for its sign, does not.
    assert.throws(() => cleared(one), { name: "RangeError", message: /-\d/ });
    return;
  }
  const { standings, debts } = cleared(one), nodes = standings.slice(0, one.L.length);
  const toInside = nodes.map((_, i) =>
    debts.reduce((sum, debt) => sum + (debt.payer === `${i}` && debt.payee !== outside ? debt.paidFen : 0), 0)
  );
  // Where external debts are senior the files give what goes to the others.
  const paid = nodes.map(({ paidFen }, i) => (one.seniority ? toInside[i] : paidFen) / scale);
  const compare = (given: number[] | undefined, mine: number[], what: string, tolerance = tol) => {
    if (given === undefined) return;
    assert.equal(given.length, mine.length, what);
    given.forEach((answer, i) => near(mine[i], answer, { tolerance, what: `${what} of ${i}` }));
  };
  compare(expected.clearing, paid, "the payment");
  compare(one.derived_by_us?.clearing, paid, "the derived payment", Math.max(tol, 1e-8));
  compare(expected.default, nodes.map(({ wave }) => Math.sign(wave)), "the default");
  compare(
    expected.shortfall,
    nodes.map(({ owedFen, paidFen }) => (owedFen - paidFen) / scale),
    "the shortfall",
  );
  for (const property of expected.properties ?? []) {
    if (property.startsWith("0<=p")) {
      assert.ok(nodes.every((it) => it.paidFen >= 0 && it.paidFen <= it.owedFen));
    } else if (property.startsWith("p_i<pbar_i")) {
      const failed = nodes.filter(({ wave }) => wave > 0);
      assert.ok(failed.every((it) => it.paidFen === it.assetsFen + it.receivedFen));
    } else if (property.startsWith("at least one")) assert.ok(nodes.some(({ wave }) => wave > 0));
    else if (!property.startsWith("see ")) throw new RangeError(`no reader for property "${property}"`);
  }
}

function cleared({ L, external_assets, external_liabilities = [], seniority, alpha = 1, beta = 1 }: Case) {
  if (seniority !== undefined && seniority !== "external_senior") {
    throw new RangeError(`no reader for ${seniority}`);
  }
  const debts: Debt[] = [];
  const owe = (payer: number, payee: string, amount: number, rank: number) => {
    if (amount === 0) return;
    debts.push({ payer: `${payer}`, payee, amountFen: Math.round(amount * scale), seniority: rank });
  };
  for (const [i, row] of L.entries()) {
    for (const [j, amount] of row.entries()) owe(i, `${j}`, amount, seniority ? 1 : 0);
    owe(i, outside, external_liabilities[i] ?? 0, 0);
  }
  // Names that are no numbers keep their order among the numbers: integers first, as they come.
  const assets = Object.fromEntries(external_assets.map((amount, i) => [`${i}`, Math.round(amount * scale)]));
  return clearDebts({ ...assets, [outside]: 0 }, debts, {
    assetRecoveryPpm: Math.round(alpha * 1e6),
    claimRecoveryPpm: Math.round(beta * 1e6),
  });
}
