// The page of a reverse stress test: the bracket of each metric, its picture, and every point that was tested.

import { reverseChart } from "#/server/charts/experiments/reverse.ts";
import { page } from "#/server/pages/layout.tsx";
import { type Column, Figure, Table } from "#/server/pages/parts.tsx";
import type { Reverse, Tested } from "#/sim/experiments/reverse.ts";

/** The whole page as text; nothing is fetched from elsewhere, and the same search gives the same bytes. */
export function reversePage(
  scenario: string,
  found: readonly Reverse[],
  { names, condition, replay }: { names: readonly string[]; condition: string; replay: string },
): string {
  const columns: Column<Tested>[] = [
    ...names.map((name, i): Column<Tested> => ({
      head: name,
      number: true,
      cell: ({ values }) => String(values[i]),
    })),
    { head: "Distance", number: true, cell: ({ distance }) => distance.toFixed(3) },
    { head: "Broke", number: true, cell: ({ events, trials }) => `${events} of ${trials}` },
    { head: "Verdict", cell: ({ verdict }) => verdict },
  ];
  return page({
    title: `What breaks ${condition}, ${scenario}`,
    body: (
      <>
        <h1>What breaks {condition}, {scenario}</h1>
        {found.map((one) => (
          <>
            <Figure
              id={`reverse-${one.metric}`}
              options={reverseChart(one, { names, condition })}
              provenance={<span></span>}
              alone
            />
            <Table
              caption={`Points tested for the ${
                one.metric === "scaled" ? "smallest" : "likeliest"
              } breach, nearest first`}
              columns={columns}
              rows={[...one.tested].sort((a, b) => a.distance - b.distance)}
            />
          </>
        ))}
        <p class="note">
          A point breaks where most of its replications do, by a sequential test. Replay:{" "}
          <code>{replay}</code>
        </p>
      </>
    ),
  });
}
