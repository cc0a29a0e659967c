// Losses and results by party, with the sum that must be zero, and the project company's cash.

import { losses, project } from "#/server/facts/findings.ts";
import { pairOf, partsOf } from "#/server/facts/outcomes.ts";
import { projectCash } from "#/server/facts/project.ts";
import { results } from "#/server/facts/results.ts";
import { difference, money } from "#/server/format.ts";
import { BothRuns, Figures, type Section, Table } from "#/server/pages/parts.tsx";
import { pairColumns } from "#/server/pages/sections/overview.tsx";
import type { Comparison } from "#/server/reports/shape.ts";
import { flowWord, partyWord } from "#/server/words.ts";

interface Line {
  who: string;
  closed: string;
  open: string;
  difference: string;
}

/** Losses and results. */
export function resultsSection(report: Comparison): Section {
  const { parties, external, remainder, balanced } = results(report);
  const line = (who: string, closed: number | null, open: number | null): Line => ({
    who,
    closed: closed === null ? "–" : money(closed),
    open: open === null ? "–" : money(open),
    difference: closed === null || open === null ? "–" : difference(open - closed, "CNY"),
  });
  const joint = ["lossRemainder", "creditEnhancement"].flatMap((name) =>
    partsOf(report, name).map((party) => `${name}.${party}`)
  ).filter((name) => [report.a, report.b].some(({ outcomes }) => outcomes[name]?.value));
  const lossRows = [
    "netLoss",
    "fraudLoss",
    ...partsOf(report, "lossBy").map((party) => `lossBy.${party}`),
    ...joint,
  ]
    .map((name) => pairOf(report, name)).filter((pair) => pair !== undefined);
  return {
    id: "results",
    topic: "Losses and results",
    heading: losses(report),
    body: (
      <>
        <Figures report={report} names={["net-loss", "results-by-party", "losses-by-party"]} />
        <div class="block">
          <Table caption="Losses" columns={pairColumns(report)} rows={lossRows} />
          {report.b.sharing && (
            <p>
              Losses across platforms in the open world: {report.b.sharing.title}; loans across granted by:
              {" "}
              {report.b.sharing.granting}.
            </p>
          )}
          {report.b.sharing && report.b.sharing.marks.length > 0 && (
            <p class="note">{report.b.sharing.marks.join("; ")}</p>
          )}
          <BothRuns report={report} />
        </div>
        {parties.length > 0 && (
          <div class="block">
            <p>
              A result is what a party is worth more or less since the first day. An outside flow is told as
              the outside's result, so that all lines add to zero.{" "}
              {parties.some(({ party }) => party === "investors") && investorsNote}
            </p>
            <Table
              caption="Results of all parties and the named external flows, whole period, CNY"
              columns={[
                { head: "Party or flow", cell: ({ who }: Line) => who },
                { head: "Closed", number: true, cell: ({ closed }) => closed },
                { head: "Open", number: true, cell: ({ open }) => open },
                { head: "Difference", number: true, cell: ({ difference }) => difference },
              ]}
              rows={[
                ...parties.map((row) => line(partyWord(row.party), row.closed, row.open)),
                ...external.map((row) =>
                  line(`${capital(flowWord(row.flow))} (outside)`, row.closed, row.open)
                ),
              ]}
              foot={[
                balanced
                  ? { who: "Sum: nothing is left over", closed: "CNY 0", open: "CNY 0", difference: "CNY 0" }
                  : line("Sum: NOT zero, these results do not balance", remainder.closed, remainder.open),
              ]}
            />
            <BothRuns report={report} />
          </div>
        )}
      </>
    ),
  };
}

const investorsNote =
  "Investors' result is zero for as long as they only pay in: their shares stand at what was paid for them, and what " +
  "the project gains or loses shows in its own result.";

/** Project cash. */
export function projectSection(report: Comparison): Section {
  const cash = projectCash(report);
  return {
    id: "project",
    topic: "Project cash",
    heading: project(report),
    body: (
      <>
        <Figures report={report} names={["project-cash", "project-result"]} />
        {cash && (
          <div class="block">
            <Table
              caption="Where the project company's cash comes from and where it goes, whole period"
              columns={pairColumns(report)}
              rows={cash.flows}
              foot={[cash.cash]}
            />
            <BothRuns report={report} />
          </div>
        )}
        <div class="block">
          {pairOf(report, "resultOf.investors") && <p>{investorsNote}</p>}
          <Table
            caption="Fees of the bridge, and the results of those who build, run and finance it"
            columns={pairColumns(report)}
            rows={["bridgeFees", "resultOf.operator", "resultOf.project", "resultOf.investors"]
              .map((name) => pairOf(report, name)).filter((pair) => pair !== undefined)}
          />
          <BothRuns report={report} />
        </div>
      </>
    ),
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
