// The way back: each run's command, hash, engine, seed and replication, and every outcome by name.

import type { RunResult } from "#/sim/result.ts";
import { allPairs } from "#/server/facts/outcomes.ts";
import { inFull } from "#/server/format.ts";
import { BothRuns, Command, type Section, Table } from "#/server/pages/parts.tsx";
import { pairColumns } from "#/server/pages/sections/overview.tsx";
import type { Comparison } from "#/server/reports/shape.ts";

interface Line {
  what: string;
  of: (run: RunResult) => string;
}

const lines: Line[] = [
  { what: "Scenario", of: (run) => run.scenario },
  { what: "Seed", of: (run) => run.seed },
  { what: "Replication", of: (run) => String(run.replication) },
  { what: "Hash of the results", of: (run) => run.hash },
  { what: "Engine (hash of the sources)", of: (run) => run.engine },
  { what: "Shoppers simulated", of: (run) => inFull(run.world.shoppers) },
  { what: "People per shopper", of: (run) => inFull(run.world.peoplePerShopper) },
  { what: "First day and days", of: (run) => `${run.world.startDate}, ${inFull(run.world.days)} days` },
  {
    what: "Days whose books agreed",
    of: (run) => `${inFull(run.money.daysReconciled)} of ${inFull(run.world.days)}`,
  },
];

/** The section. */
export function replaySection(report: Comparison): Section {
  const { others } = allPairs(report);
  return {
    id: "replay",
    topic: "Replay",
    heading: "Each run comes back, bit for bit, with one command",
    body: (
      <>
        <h3>Closed run</h3>
        <pre>
          <Command text={report.a.replay} />
        </pre>
        <h3>Open run</h3>
        <pre>
          <Command text={report.b.replay} />
        </pre>
        <p class="facts">
          The same sources give the same hash on any machine. Another engine is compared within tolerances.
        </p>
        <div class="block">
          <Table
            caption="The two runs"
            columns={[
              { head: "", cell: ({ what }: Line) => what },
              { head: "Closed", cell: ({ of }) => <code class="raw">{of(report.a)}</code> },
              { head: "Open", cell: ({ of }) => <code class="raw">{of(report.b)}</code> },
            ]}
            rows={lines}
          />
        </div>
        {others.length > 0 && (
          <div class="block">
            <Table caption="All other outcomes" columns={pairColumns(report)} rows={others} />
            <BothRuns report={report} />
          </div>
        )}
      </>
    ),
  };
}
