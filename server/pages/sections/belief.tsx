// How far to believe it: published figures met or missed, signs written beforehand, and every uncertain number.

import { type Placed, placed } from "#/server/facts/calibration.ts";
import { assumptions, calibration, expectations, isAssumed } from "#/server/facts/findings.ts";
import type { Pair } from "#/server/facts/outcomes.ts";
import { type Sign, signs, type Verdict } from "#/server/facts/signs.ts";
import { difference, exactly, inUnit, unbroken } from "#/server/format.ts";
import { BothRuns, type Column, Figures, type Section, Table } from "#/server/pages/parts.tsx";
import { between } from "#/server/pages/sections/overview.tsx";
import type { Assumption, Comparison } from "#/server/reports/shape.ts";
import { outcomeTitle } from "#/server/outcome_words.ts";

const targetColumns = (report: Comparison): Column<Placed>[] => {
  const open = new Map(report.b.calibration.map((row) => [`${row.name} ${row.date}`, row.simulated]));
  return [
    { head: "Figure", cell: ({ name }) => name },
    { head: "Date", tight: true, cell: (row) => <Dates {...row} /> },
    {
      head: "Published (range)",
      number: true,
      cell: ({ target, low, high, unit }) => (
        <>
          {inUnit(target, unit)}
          <br />
          <span class="raw">{unbroken(`${inUnit(low, unit)} to\u00a0${inUnit(high, unit)}`)}</span>
        </>
      ),
    },
    { head: "Closed run", number: true, cell: ({ simulated, unit }) => inUnit(simulated, unit) },
    { head: "Open run", number: true, cell: (row) => inUnit(open.get(`${row.name} ${row.date}`), row.unit) },
    { head: "Closed run is", cell: ({ inside }) => <Inside inside={inside} /> },
    { head: "Source", wide: true, cell: ({ source }) => source },
  ];
};

/** The date that a figure speaks of and, where the run was read on another day, that day. */
function Dates({ date, readOn }: Placed) {
  if (readOn == null || readOn === date) return <>{date}</>;
  return (
    <>
      {date}
      <br />
      <span class="raw">read on {readOn}</span>
    </>
  );
}

function Inside({ inside }: { inside: boolean | null }) {
  if (inside === null) return <span class="mark none">not reached</span>;
  return inside ? <span class="mark good">inside</span> : <span class="mark bad">outside</span>;
}

/** Calibration. */
export function calibrationSection(report: Comparison): Section {
  const rows = placed(report.a);
  const uncalibrated = report.a.world.calibration === "uncalibrated" || rows.length === 0;
  return {
    id: "calibration",
    topic: "Calibration",
    heading: calibration(report),
    body: (
      <>
        {uncalibrated && (
          <p class="note">
            <span class="loud">Uncalibrated.</span>{" "}
            No published figure of this world's date is used. Do not read levels off this report.
          </p>
        )}
        {rows.length > 0 && (
          <>
            <p>
              Published figures describe the closed world, so the closed run is judged: inside is within the
              published range, not reached is a date after the run's end. The open run stands beside it.
            </p>
            <Figures report={report} names={["calibration"]} />
            <div class="block">
              <Table
                caption={`Calibration targets of ${report.a.world.calibration}`}
                columns={targetColumns(report)}
                rows={rows}
              />
              <BothRuns report={report} />
            </div>
          </>
        )}
      </>
    ),
  };
}

const signWords = { "+": "rises", "-": "falls", "0": "stays" } as const;

function VerdictMark({ verdict }: { verdict: Verdict }) {
  const look = verdict === "as expected" ? "good" : verdict === "not as expected" ? "bad" : "none";
  return <span class={`mark ${look}`}>{verdict}</span>;
}

/** What was found, and below it how sure that is. */
function Found({ found: { difference: value, interval, unit } }: { found: Pair }) {
  return (
    <>
      {difference(value, unit)}
      <br />
      <span class="raw">{interval ? between(interval.low, interval.high, unit) : "one replication"}</span>
    </>
  );
}

const signColumns: Column<Sign>[] = [
  {
    head: "Outcome",
    cell: ({ outcome, found }) => (
      <>
        {outcomeTitle(outcome, found?.unit)} <code class="raw">{outcome}</code>
      </>
    ),
  },
  { head: "Expected", cell: ({ sign, against }) => `${signWords[sign]} against ${against}` },
  {
    head: "Found (95 %)",
    number: true,
    cell: ({ found }) => found ? <Found found={found} /> : "–",
  },
  { head: "Verdict", cell: ({ verdict }) => <VerdictMark verdict={verdict} /> },
  { head: "Why it was expected", wide: true, cell: ({ why }) => why },
];

/** Expected signs. */
export function expectationsSection(report: Comparison): Section {
  const rows = signs(report);
  return {
    id: "expected",
    topic: "Expected beforehand",
    heading: expectations(report),
    body: rows.length === 0 ? <p>The open scenario's file lists no expected sign.</p> : (
      <div class="block">
        <Table
          caption="Signs written in the scenario's file before it was run, beside what was found"
          columns={signColumns}
          rows={rows}
        />
        <p class="facts">
          As expected: the whole 95 % interval lies on the expected side of nothing, or holds nothing where no
          change is expected. Unsure: the interval holds both sides, so that luck alone could be the reason.
          Of one replication the sign alone is judged.
        </p>
        <BothRuns report={report} />
      </div>
    ),
  };
}

/** A number or a value of an assumption as it stands in its file: grouped, never rounded. */
export function plainly(value: unknown): string {
  if (typeof value !== "number") return value === undefined || value === null ? "–" : String(value);
  return exactly(value);
}

/** A path that may break after its dots. */
function breakable(path: string) {
  const steps = path.split(".");
  return steps.map((step, i) =>
    i < steps.length - 1
      ? (
        <>
          {step}.<wbr />
        </>
      )
      : step
  );
}

const assumptionColumns: Column<Assumption>[] = [
  { head: "Path", cell: ({ path }) => <code>{breakable(path)}</code> },
  { head: "Unit", cell: ({ unit }) => unit },
  {
    head: "Base",
    number: true,
    cell: ({ base, used }) => (
      <>
        {plainly(base)}
        {used !== undefined && used !== base && (
          <>
            <br />here {plainly(used)}
          </>
        )}
      </>
    ),
  },
  {
    head: "Range",
    number: true,
    cell: ({ range }) => range ? `${plainly(range[0])} to ${plainly(range[1])}` : "–",
  },
  {
    head: "Kind",
    cell: (row) =>
      isAssumed(row) ? <span class="mark bad">assumed</span> : <span class="mark good">published</span>,
  },
  { head: "Source", wide: true, cell: ({ source }) => source },
];

/** Assumptions. */
export function assumptionsSection(report: Comparison): Section {
  return {
    id: "assumptions",
    topic: "Assumptions",
    heading: assumptions(report),
    body: report.assumptions.length === 0 ? <p>None were stored.</p> : (
      <div class="block">
        <Table
          caption="Uncertain numbers that the scenarios took: unit, base value, range for sweeps, source"
          columns={assumptionColumns}
          rows={report.assumptions}
          dense
          group={({ path }) => path.split(".")[0]}
        />
        <BothRuns report={report} />
      </div>
    ),
  };
}
