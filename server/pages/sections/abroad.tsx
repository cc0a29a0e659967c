// Purchases at shops in another currency: what was bought, who earned or lost by it, what the rules of the region refused.

import { pairOf, partsOf } from "#/server/facts/outcomes.ts";
import { inUnit, money } from "#/server/format.ts";
import { BothRuns, Figures, type Section, Table } from "#/server/pages/parts.tsx";
import { pairColumns } from "#/server/pages/sections/overview.tsx";
import type { Comparison } from "#/server/reports/shape.ts";

const all = ["foreignPurchases", "foreignSales", "foreignSalesIn", "foreignRefunds", "foreignRefundResult"];
const parted = ["spreadIncome", "rateResult", "interchange"];
const rest = ["correspondentFees", "foreignPositionPeak", "foreignLate", "quotesExpired", "quotesRenewed"];

/** The section; undefined where neither run has a shop abroad that takes a line. */
export function abroadSection(report: Comparison): Section | undefined {
  const bought = pairOf(report, "foreignPurchases"), sales = pairOf(report, "foreignSales");
  if (!bought || !sales) return undefined;
  const parts = (names: string[]) =>
    names.flatMap((kind) => partsOf(report, kind).map((name) => `${kind}.${name}`));
  const names = [...all, ...parts(parted), ...rest, ...parts(["foreignRefused"])];
  const rows = names.map((name) => pairOf(report, name)).filter((pair) => pair !== undefined);
  const shown = (value: number | null | undefined) => inUnit(value, "purchases");
  return {
    id: "abroad",
    topic: "Purchases abroad",
    heading: `${shown(bought.open ?? bought.closed)} purchases abroad for ${
      money(sales.open ?? sales.closed ?? 0)
    }`,
    body: (
      <>
        <Figures report={report} names={["foreign-exchange"]} />
        <div class="block">
          <Table caption="Purchases at shops abroad" columns={pairColumns(report)} rows={rows} />
          <BothRuns report={report} />
        </div>
      </>
    ),
  };
}
