// Flows between the platforms and the liquidity that carries them.

import { flows, liquidity } from "#/server/facts/findings.ts";
import { pairOf } from "#/server/facts/outcomes.ts";
import { BothRuns, Figures, type Section, Table } from "#/server/pages/parts.tsx";
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

/** Liquidity and funding. */
export function liquiditySection(report: Comparison): Section {
  return {
    id: "liquidity",
    topic: "Liquidity and funding",
    heading: liquidity(report),
    body: (
      <>
        <Figures
          report={report}
          names={["prefunding", "peak-liquidity", "settlement-delay", "credit-lines", "throttle"]}
        />
        <Outcomes
          report={report}
          names={["peakLiquidity", "settlementDelay", "fundingGapDays"]}
          caption="Liquidity over the whole period"
        />
      </>
    ),
  };
}
