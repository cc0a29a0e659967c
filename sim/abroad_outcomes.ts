// Outcomes of a cross-border cell: what was bought there, who earned or lost by the rate, what was refused.

import { regionalReasons, type RegionalRule } from "#/model/clearing/cross_border/region.ts";
import { foreignFlows } from "#/model/names.ts";
import type { Abroad } from "./abroad.ts";
import { carriers } from "./ledger/chart.ts";
import { told } from "./recorder.ts";
import type { Outcome } from "./result.ts";
import type { World } from "./world.ts";

/** Says each outcome of the cell. Money in CNY for everybody, but for what was sold, which is told in foreign currency, too. */
export function sayAbroad(
  { recorder, terms: { factor }, ledger }: World,
  { counts, currency, chart }: Abroad,
  say: (name: string, unit: Outcome["unit"], value: number) => void,
): void {
  const days = (name: string) => told(recorder, name, factor);
  const total = (name: string) => days(name).reduce((sum, x) => sum + x, 0);
  say("foreignPurchases", "purchases", total("foreignPurchases"));
  say("foreignSalesIn", currency, total(`foreignSalesIn.${currency}`));
  for (const name of ["foreignSales", "foreignRefunds", "foreignRefundResult", "correspondentFees"]) {
    say(name, "CNY", total(name));
  }
  for (const party of carriers) {
    say(`spreadIncome.${party}`, "CNY", total(`spreadIncome.${party}`));
    say(`rateResult.${party}`, "CNY", total(`rateResult.${party}`));
    if (party !== "banks") say(`interchange.${party}`, "CNY", total(`interchange.${party}`));
  }
  say("foreignPositionPeak", "CNY", days("foreignOpen").reduce((most, x) => Math.max(most, x), 0));
  say("foreignLate", "CNY", total("foreignLate"));
  say("quotesExpired", "purchases", counts.expired * factor);
  say("quotesRenewed", "purchases", counts.refreshed * factor);
  for (const rule of Object.keys(regionalReasons) as RegionalRule[]) {
    say(`foreignRefused.${rule}`, "purchases", counts.refused[rule] * factor);
  }
  for (const flow of foreignFlows) {
    say(`external.${flow}`, "CNY", ledger.balanceFen(chart.flows[flow]) * factor / 100);
  }
}
