// Balances and lateness: what is owed, and how much of it is late, bucket by bucket.

import { lateness } from "#/server/facts/findings.ts";
import { pairOf, partsOf } from "#/server/facts/outcomes.ts";
import { BothRuns, Figures, type Section, Table } from "#/server/pages/parts.tsx";
import { pairColumns } from "#/server/pages/sections/overview.tsx";
import type { Comparison } from "#/server/reports/shape.ts";

/** The section. */
export function latenessSection(report: Comparison): Section {
  const rows = ["balancePerUser", "dpd30Share", "dpd90Share"]
    .flatMap((kind) => partsOf(report, kind).map((name) => pairOf(report, `${kind}.${name}`)!));
  return {
    id: "lateness",
    topic: "Balances and lateness",
    heading: lateness(report),
    body: (
      <>
        <Figures
          report={report}
          names={["balance-baitiao", "balance-huabei", "lateness-baitiao", "lateness-huabei", "hardship"]}
        />
        <div class="block">
          <Table caption="Balances and late shares" columns={pairColumns(report)} rows={rows} />
          <BothRuns report={report} />
        </div>
      </>
    ),
  };
}
