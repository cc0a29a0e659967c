// Purchases: what became of the wants, and who refused what, with the words that a shopper reads.

import { hasCard } from "#/server/facts/cobrand.ts";
import { type Pair, pairOf, partsOf } from "#/server/facts/outcomes.ts";
import { purchases } from "#/server/facts/findings.ts";
import { type Refusal, refusals } from "#/server/facts/refusals.ts";
import { count, difference } from "#/server/format.ts";
import { BothRuns, type Column, Figures, type Section, Table } from "#/server/pages/parts.tsx";
import { pairColumns } from "#/server/pages/sections/overview.tsx";
import type { Comparison } from "#/server/reports/shape.ts";
import { layerWord } from "#/server/words.ts";

/** The columns of a table of refusals. */
export const refusalColumns: Column<Refusal>[] = [
  { head: "Reason", cell: ({ reason }) => reason.replaceAll("-", " ") },
  { head: "Closed", number: true, cell: ({ closed }) => count(closed) },
  { head: "Open", number: true, cell: ({ open }) => count(open) },
  { head: "Difference", number: true, cell: (row) => difference(row.difference, "purchases") },
  { head: "What the shopper reads", wide: true, cell: ({ shopperText }) => shopperText || "–" },
];
/** Refusals stand under the layer that refused. */
export const byLayer = ({ layer }: Refusal) => layerWord(layer);

/** Outcomes of the co-branded card; a name that ends in a dot takes all that begin so. */
const cardOutcomes = [
  "cobrandHolders",
  "cobrandIssued",
  "cobrandEnded",
  "cobrandPurchases.",
  "cobrandSales.",
  "cobrandSwitched",
  "cobrandOver.",
  "cobrandCost",
  "cobrandFees",
];

function cardPairs(report: Comparison): Pair[] {
  const names = cardOutcomes.flatMap((name) =>
    name.endsWith(".") ? partsOf(report, name.slice(0, -1)).map((part) => name + part) : [name]
  );
  return names.map((name) => pairOf(report, name)).filter((pair) => pair !== undefined);
}

/** The section. */
export function purchasesSection(report: Comparison): Section {
  const refused = refusals(report, "refused"), redirected = refusals(report, "redirected");
  return {
    id: "purchases",
    topic: "Purchases and refusals",
    heading: purchases(report),
    body: (
      <>
        <Figures
          report={report}
          names={[
            "fate-of-wants",
            "purchases-by-day",
            "lost-by-day",
            "put-off",
            ...(hasCard(report) ? ["paid-with"] as const : []),
            "refused-by-layer",
            "refused-by-reason",
          ]}
        />
        {hasCard(report) && (
          <div class="block">
            <Table
              caption="The co-branded card: who holds it, which line and rail it picked, what it cost and passed on"
              columns={pairColumns(report)}
              rows={cardPairs(report)}
            />
            <BothRuns report={report} />
          </div>
        )}
        <div class="block">
          <Table
            caption="Lost: the want ended without a sale, by the layer and the reason that refused it"
            columns={refusalColumns}
            rows={refused}
            group={byLayer}
          />
          <BothRuns report={report} />
        </div>
        <div class="block">
          <Table
            caption="Paid otherwise: the preferred way was refused and the shopper took another one"
            columns={refusalColumns}
            rows={redirected}
            group={byLayer}
          />
          <BothRuns report={report} />
        </div>
      </>
    ),
  };
}
