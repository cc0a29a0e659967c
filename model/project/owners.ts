// Who owns the company month by month: rounds at their price, option pools, dilution, dividends and what an exit pays.

import { exitShares } from "./exit.ts";
import type { ReadyPlan } from "./ready.ts";

/** An owner: what it paid, what it was paid, what it holds. Shares in bps of all, fully diluted, the pool counted as granted. */
export interface Owner {
  name: string;
  kind: "founders" | "optionPool" | "vcPreferred" | "strategicEquity" | "sponsorEquity";
  paidInFen: number;
  dividendsFen: number;
  exitFen: number;
  isConverted: boolean;
  sharesBps: number;
  /** By month, what it was paid less what it paid in, the exit in the last month. */
  flows: Float64Array;
}

interface Round {
  source: number;
  month: number;
}

/**
 * The owners of a plan whose statements are filled: founders, the option pool, then each equity source.
 *
 * A round is priced at its pre-money value over the shares before it, its own new pool included, and all its tranches are
 * issued at that price. Dividends go by shares of their month.
 * Shapes and units: `exitFen` is what the equity is worth at the end of the flows, zero or more.
 */
export function ownersOf(ready: ReadyPlan, exitFen: number): Owner[] {
  const { equity, months, columns } = ready;
  const shares = shareColumns(ready);
  const owners: Owner[] = [
    { name: "founders", kind: "founders" as const },
    { name: "optionPool", kind: "optionPool" as const },
    ...equity.map(({ name, kind }) => ({ name, kind })),
  ].map((one) => ({
    ...one,
    paidInFen: 0,
    dividendsFen: 0,
    exitFen: 0,
    isConverted: false,
    sharesBps: 0,
    flows: new Float64Array(months),
  }));
  for (let m = 0; m < months; m++) {
    for (let i = 0; i < equity.length; i++) {
      const fen = ready.paidIn[i][m];
      owners[i + 2].paidInFen += fen;
      owners[i + 2].flows[m] -= fen;
    }
    let left = columns.distributions[m], rest = 0;
    if (left === 0) continue;
    for (const column of shares) rest += column[m];
    for (let h = 0; h < owners.length && rest > 0; h++) {
      const own = shares[h][m];
      if (own === 0) continue;
      const fen = own >= rest ? left : Math.round(left * (own / rest));
      owners[h].dividendsFen += fen;
      owners[h].flows[m] += fen;
      left -= fen;
      rest -= own;
    }
  }
  const last = months - 1, all = shares.reduce((sum, column) => sum + column[last], 0);
  const paid = exitShares(
    exitFen,
    owners.map(({ name, paidInFen }, h) => {
      const preference = h < 2 ? null : equity[h - 2].preference;
      return {
        name,
        shares: shares[h][last],
        preferenceFen: preference === null ? 0 : Math.round(paidInFen * (preference.multipleBps / 10_000)),
        isParticipating: preference?.isParticipating ?? false,
        rank: rankOf(ready, h - 2),
      };
    }),
  );
  for (let h = 0; h < owners.length; h++) {
    owners[h].exitFen = paid[h].fen;
    owners[h].isConverted = paid[h].isConverted;
    owners[h].flows[last] += paid[h].fen;
    owners[h].sharesBps = all > 0 ? shares[h][last] / all * 10_000 : 0;
  }
  return owners;
}

/** Who holds what after the month of a round's first payment; months from 1, shares in bps by name of the owner. */
export interface CapTableRow {
  round: string;
  month: number;
  sharesBps: Record<string, number>;
}

/** How the rounds dilute, one row a round that was paid, in their order. Statements must be filled. */
export function capTable(ready: ReadyPlan): CapTableRow[] {
  const shares = shareColumns(ready),
    names = ["founders", "optionPool", ...ready.equity.map(({ name }) => name)];
  return roundsOf(ready).map(({ source, month }) => {
    const all = shares.reduce((sum, column) => sum + column[month], 0);
    return {
      round: ready.equity[source].name,
      month: month + 1,
      sharesBps: Object.fromEntries(names.map((name, h) => [name, shares[h][month] / all * 10_000])),
    };
  });
}

/** Rounds in the order of their first payment; what is never paid has none. */
function roundsOf({ equity, paidIn, months }: ReadyPlan): Round[] {
  const rounds: Round[] = [];
  for (let source = 0; source < equity.length; source++) {
    let month = 0;
    while (month < months && paidIn[source][month] === 0) month++;
    if (month < months) rounds.push({ source, month });
  }
  return rounds.sort((a, b) => a.month - b.month || a.source - b.source);
}

function rankOf(ready: ReadyPlan, source: number): number {
  return source < 0 ? 0 : roundsOf(ready).findIndex((round) => round.source === source) + 1;
}

/** Shares by owner and month. */
function shareColumns(ready: ReadyPlan): Float64Array[] {
  const { plan, equity, paidIn, months } = ready;
  const columns = Array.from({ length: equity.length + 2 }, () => new Float64Array(months));
  columns[0].fill(plan.foundersShares);
  for (const { source, month } of roundsOf(ready)) {
    const { amountFen, preMoneyFen, optionPoolBps } = equity[source];
    let before = 0;
    for (const column of columns) before += column[month];
    // The pool is a part of all shares after the round, yet made before it, so that earlier owners bear it.
    const raised = amountFen / preMoneyFen, part = optionPoolBps / 10_000 * (1 + raised);
    const pool = before * part / (1 - part), price = preMoneyFen / (before + pool);
    for (let m = month; m < months; m++) columns[1][m] += pool;
    let issued = 0;
    for (let m = month; m < months; m++) {
      issued += paidIn[source][m] / price;
      columns[source + 2][m] += issued;
    }
  }
  return columns;
}
