// The day's close of a cross-border cell: what is owed abroad by party, its value at the fixing, and what the market has changed.

import { valueFen } from "#/model/clearing/cross_border/currency.ts";
import { type Abroad, correspondent } from "#/sim/abroad.ts";
import { carriers } from "#/sim/ledger/chart.ts";
import type { Check } from "#/sim/ledger/reconcile.ts";
import type { World } from "#/sim/world.ts";

/** Checks all identities of the cell in foreign currency, and those that tie it to the books in CNY. */
export function reconcileAbroad({ ledger }: World, it: Abroad, check: Check): void {
  const { owed, valued, nostro, market, acquirerDue, acquirerPaid } = it.chart;
  let allMinor = 0;
  for (const [k] of carriers.entries()) {
    let dueMinor = k === correspondent ? it.lateMinor : 0;
    for (let at = k; at < it.dueMinor.length; at += carriers.length) dueMinor += it.dueMinor[at];
    check(ledger.names[owed[k]], -ledger.balanceFen(owed[k]), it.owedMinor[k]);
    check(`due of ${ledger.names[owed[k]]}`, it.owedMinor[k], dueMinor);
    const worthFen = -valueFen(it.owedMinor[k], { ...it.rate, midPpm: it.fixingPpm });
    check(ledger.names[valued[k]], ledger.balanceFen(valued[k]), worthFen);
    allMinor += it.owedMinor[k];
  }
  check(ledger.names[acquirerDue], ledger.balanceFen(acquirerDue), allMinor);
  // The correspondent keeps nothing abroad overnight: what the market has given is what the acquirer was paid.
  check(ledger.names[nostro], ledger.balanceFen(nostro), 0);
  check(ledger.names[market], -ledger.balanceFen(market), ledger.balanceFen(acquirerPaid));
}
