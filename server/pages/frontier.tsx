// The page of a frontier: the chart, the best point under each bound, and what binds.

import { frontierChart } from "#/server/charts/sharing/frontier.ts";
import { inFull, money } from "#/server/format.ts";
import { page } from "#/server/pages/layout.tsx";
import { type Column, Figure, Table } from "#/server/pages/parts.tsx";
import { type Frontier, type FrontierRow, pointWords } from "#/sim/experiments/frontier.ts";

/** The loss of a point with its interval, in bps. */
export function lossWords({ lossBps, lossInterval }: Frontier["chosen"]): string {
  const interval = lossInterval && ` (${lossInterval.map((bps) => bps.toFixed(1)).join(" to ")})`;
  return `${lossBps.toFixed(1)}${interval ?? ""}`;
}

/** The whole page as text; nothing is fetched from elsewhere, and the same frontier gives the same bytes. */
export function frontierPage(scenario: string, found: Frontier, { replay }: { replay: string }): string {
  const columns: Column<FrontierRow>[] = [
    { head: "Bound, bps", cell: ({ boundBps }) => String(boundBps) },
    {
      head: "Lent across",
      number: true,
      cell: ({ best }) => best ? money(best.jointCredit) : "none keeps it",
    },
    { head: "Loss, bps", number: true, cell: ({ best }) => best ? lossWords(best) : "–" },
    { head: "Setting", wide: true, cell: ({ best }) => best ? pointWords(best, found.shareKind) : "–" },
    { head: "What binds", wide: true, cell: ({ binding }) => binding.join("; ") || "–" },
  ];
  return page({
    title: `Joint credit under a loss bound, ${scenario}`,
    body: (
      <>
        <h1>Joint credit under a loss bound, {scenario}</h1>
        <p class="facts">
          {inFull(found.tried.length)} settings · {found.replications}{" "}
          replications each, the same people and luck · {pointWords(found.chosen, found.shareKind)} · binding:
          {" "}
          {found.binding.join("; ")}
        </p>
        <Figure id="frontier" options={frontierChart(found)} provenance={<span></span>} alone />
        <Table caption="The best setting under each bound" columns={columns} rows={found.frontier} />
        <p class="note">
          A bound holds for the mean over replications; intervals are 95 %. Loans late for 90 days are written
          off; what is late for less when the run ends is no loss yet. Replay: <code>{replay}</code>
        </p>
      </>
    ),
  });
}
