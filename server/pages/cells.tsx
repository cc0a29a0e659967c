// The page of a project's openings: the chart, what each is worth and costs, every set, and the order to open them in.

import { cellsChart } from "#/server/charts/project/cells.ts";
import { money } from "#/server/format.ts";
import { page } from "#/server/pages/layout.tsx";
import { type Column, Figure, Table } from "#/server/pages/parts.tsx";
import { openingWord, partyWord } from "#/server/words.ts";
import type { Estimate } from "#/sim/experiments/analyse.ts";
import type { CellValue, CellValues } from "#/sim/experiments/cell_values.ts";

/** An estimate in fen, in words: mean and interval in CNY. */
export function estimateWords({ mean, low, high }: Estimate): string {
  const interval = low === null || high === null ? "" : ` (${money(low / 100)} to ${money(high / 100)})`;
  return `${money(mean / 100)}${interval}`;
}

/** The whole page as text; nothing is fetched from elsewhere, and the same values give the same bytes. */
export function cellsPage(scenario: string, found: CellValues, { replay }: { replay: string }): string {
  const columns: Column<CellValue>[] = [
    { head: "Opening", cell: ({ name }) => openingWord(name) },
    { head: "Shapley value", number: true, cell: ({ shapley }) => estimateWords(shapley) },
    ...(found.isCounted ? [] : [{
      head: "Error of drawn orders",
      number: true,
      cell: ({ samplingErrorFen }: CellValue) => money(samplingErrorFen / 100),
    }]),
    { head: "As the first", number: true, cell: ({ alone }) => estimateWords(alone) },
    { head: "As the last", number: true, cell: ({ last }) => estimateWords(last) },
  ];
  const costs: Column<CellValue>[] = [
    { head: "Opening", cell: ({ name }) => openingWord(name) },
    { head: "Costs to others", number: true, cell: ({ cost }) => money(cost.externalFen / 100) },
    { head: "Needs on the rail", number: true, cell: ({ cost }) => money(cost.railFen / 100) },
    { head: "Integration", number: true, cell: ({ cost }) => money(cost.integrationFen / 100) },
  ];
  const sets: Column<CellValues["sets"][number]>[] = [
    { head: "Open", wide: true, cell: ({ open }) => open.map(openingWord).join(" + ") },
    { head: "Value", number: true, cell: ({ valueFen }) => money(valueFen / 100) },
  ];
  const order = (names: readonly string[]) => names.map(openingWord).join(", then ");
  return page({
    title: `What each opening is worth, ${scenario}`,
    body: (
      <>
        <h1>What each opening is worth, {scenario}</h1>
        <p class="facts">
          {found.months} months · {found.replications} replications, the same people and luck · discounted at
          {" "}
          {found.discountRateBps / 100} % a year · gains of {found.parties.map(partyWord).join(", ")}
        </p>
        <Figure id="cells" options={cellsChart(found)} provenance={<span></span>} alone />
        <Table caption="What each opening is worth" columns={columns} rows={found.cells} />
        <Table caption="What each opening costs and needs" columns={costs} rows={found.cells} />
        <Table caption="Every set that was run" columns={sets} rows={found.sets} />
        <p>
          The project with nothing open: {estimateWords(found.nothingOpen)}. All openings on top of that:{" "}
          {estimateWords(found.allOpen)}. Best order, {found.apartDays} days apart: {order(found.best.order)}
          {" "}
          (
          {money(found.best.valueFen / 100)}); worst: {order(found.worst.order)} (
          {money(found.worst.valueFen / 100)}).
        </p>
        <p class="note">
          Costs to others are identity, collection, reconciliation and cards, and are in the values already;
          needs on the rail are peaks of prefunding, collateral and guarantee fund; the integration budget
          stands in equal parts, as no source divides it (assumed). Replay: <code>{replay}</code>
        </p>
      </>
    ),
  });
}
