// Flows between the platforms and the liquidity that carries them.

import { flows, liquidity } from "#/server/facts/findings.ts";
import { pairOf } from "#/server/facts/outcomes.ts";
import { type RailHourRow, railHourRows, type RailSum, railSums } from "#/server/facts/rails.ts";
import { count, inUnit, money } from "#/server/format.ts";
import { BothRuns, type Column, Figures, type Section, Table } from "#/server/pages/parts.tsx";
import { pairColumns } from "#/server/pages/sections/overview.tsx";
import type { Comparison } from "#/server/reports/shape.ts";

/** A table of outcomes, closed and open. */
export function Outcomes(
  { report, names, caption }: { report: Comparison; names: string[]; caption: string },
) {
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

const carriedColumns: Column<RailSum>[] = [
  { head: "Payments", number: true, cell: ({ payments }) => count(payments) },
  { head: "Value", number: true, cell: ({ value }) => money(value) },
  { head: "Mean delay, minutes", number: true, cell: ({ delayMinutes }) => count(delayMinutes) },
  { head: "Most waiting", number: true, cell: ({ queuePeak }) => money(queuePeak) },
  { head: "Most money in use", number: true, cell: ({ liquidityPeak }) => money(liquidityPeak) },
  { head: "Its cost", number: true, cell: ({ liquidityCost }) => money(liquidityCost) },
  { head: "Netted", number: true, cell: ({ nettingRatio }) => inUnit(nettingRatio, "share") },
  {
    head: "Gridlock, minutes a day",
    number: true,
    cell: ({ gridlockMinutes }) => inUnit(gridlockMinutes, "minutes"),
  },
  { head: "Calls failed", number: true, cell: ({ failed }) => count(failed) },
];
const railColumns: Column<RailSum>[] = [{ head: "Rail", cell: ({ rail }) => rail }, ...carriedColumns];
const hourColumns: Column<RailHourRow>[] = [
  { head: "Rail", cell: ({ rail }) => rail },
  { head: "Hour", number: true, cell: ({ hour }) => `${hour}:00` },
  ...carriedColumns,
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
        {rails.length > 0 && (
          <details>
            <summary>each rail, hour by hour</summary>
            <Table
              caption="Each rail by hour of entry, open world; peaks are of the worst day and count banks, too; netting is within the hour"
              columns={hourColumns}
              rows={railHourRows(report)}
            />
          </details>
        )}
        {report.b.clearing?.mark && <p class="note">{report.b.clearing.mark}</p>}
      </>
    ),
  };
}
