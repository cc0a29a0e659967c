// Purchases: what became of the wants, and who refused what, with the words that a shopper reads.

import { purchases } from "#/server/facts/findings.ts";
import { type Refusal, refusals } from "#/server/facts/refusals.ts";
import { count, difference } from "#/server/format.ts";
import { BothRuns, type Column, Figures, type Section, Table } from "#/server/pages/parts.tsx";
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
            "refused-by-layer",
            "refused-by-reason",
          ]}
        />
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
