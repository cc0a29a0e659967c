// Flows between the platforms and the liquidity that carries them.

import { flows, liquidity } from "#/server/facts/findings.ts";
import { pairOf } from "#/server/facts/outcomes.ts";
import { type RailSum, railSums } from "#/server/facts/rails.ts";
import { count, money } from "#/server/format.ts";
import { BothRuns, type Column, Figures, type Section, Table } from "#/server/pages/parts.tsx";
import { pairColumns } from "#/server/pages/sections/overview.tsx";
import type { Comparison } from "#/server/reports/shape.ts";

function Outcomes({ report, names, caption }: { report: Comparison; names: string[]; caption: string }) {
  const rows = names.map((name) => pairOf(report, name)).filter((pair) => pair !== undefined);
  return (
    <div class="block">
      <Table caption={caption} columns={pairColumns(report)} rows={rows} />
      <BothRuns report={report} />
    </div>
  );
}

/** Cross-platform flows. */
export function flowsSection(report: Comparison): Section {
  return {
    id: "flows",
    topic: "Flows between platforms",
    heading: flows(report),
    body: (
      <>
        <Figures report={report} names={["bridged", "bridge-queue"]} />
        <Outcomes
          report={report}
          names={["bridgedGmv", "bridgedPurchases"]}
          caption="What crossed the bridge"
        />
      </>
    ),
  };
}

const railColumns: Column<RailSum>[] = [
  { head: "Rail", cell: ({ rail }) => rail },
  { head: "Payments", number: true, cell: ({ payments }) => count(payments) },
  { head: "Value", number: true, cell: ({ value }) => money(value) },
  { head: "Mean delay, minutes", number: true, cell: ({ delayMinutes }) => count(delayMinutes) },
  { head: "Calls failed", number: true, cell: ({ failed }) => count(failed) },
];

/** Liquidity and funding. */
export function liquiditySection(report: Comparison): Section {
  const rails = railSums(report);
  return {
    id: "liquidity",
    topic: "Liquidity and funding",
    heading: liquidity(report),
    body: (
      <>
        <Figures
          report={report}
          names={[
            "rails-by-hour",
            "bridge-by-hour",
            "prefunding",
            "peak-liquidity",
            "settlement-delay",
            "credit-lines",
            "funding-jd",
            "funding-ant",
            "throttle",
            "squeeze",
          ]}
        />
        <Outcomes
          report={report}
          names={[
            "peakLiquidity",
            "settlementDelay",
            "nettingRatio",
            "bridgePayments",
            "bridgeDelay",
            "bridgeSettledShare",
            "bridgeLiquidity",
            "liquidityCost",
            "gridlockMinutes",
            "fellBack",
            "railFailures",
            "heldObligations",
            "fundingGapDays",
          ]}
          caption="Liquidity over the whole period"
        />
        {rails.length > 0 && (
          <Table
            caption="Lenders' and institutions' payments by rail, open world"
            columns={railColumns}
            rows={rails}
          />
        )}
        {report.b.clearing?.mark && <p class="note">{report.b.clearing.mark}</p>}
      </>
    ),
  };
}
