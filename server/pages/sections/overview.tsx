// What changed, in one paragraph and one table.

import { verdictOf } from "#/server/facts/calibration.ts";
import { calibrationSentence, overview, precision, summary } from "#/server/facts/findings.ts";
import { allPairs, type Pair } from "#/server/facts/outcomes.ts";
import { difference, inUnit, unbroken } from "#/server/format.ts";
import { BothRuns, type Column, type Section, Table } from "#/server/pages/parts.tsx";
import type { Comparison } from "#/server/reports/shape.ts";
import { outcomeTitle } from "#/server/outcome_words.ts";

/** The columns of a table of outcomes; the interval stands only where several replications were run. */
export function pairColumns(report: Comparison): Column<Pair>[] {
  const many = Object.values(report.differences ?? {}).some(({ n }) => n > 1);
  const interval = ({ interval, unit }: Pair) =>
    interval
      ? (
        <>
          {difference(interval.mean, unit)}
          <br />
          <span class="raw">{between(interval.low, interval.high, unit)}</span>
        </>
      )
      : "–";
  return [
    {
      head: "Outcome",
      cell: ({ name, unit }) => (
        <>
          {outcomeTitle(name, unit)} <code class="raw">{name}</code>
        </>
      ),
    },
    { head: "Closed", number: true, cell: ({ closed, unit }) => inUnit(closed, unit) },
    { head: "Open", number: true, cell: ({ open, unit }) => inUnit(open, unit) },
    { head: "Difference", number: true, cell: (row) => difference(row.difference, row.unit) },
    ...(many ? [{ head: "Over replications (95 %)", number: true, cell: interval }] : []),
  ];
}

/** Both ends of an interval: `−1.20 pp to +0.40 pp`. */
export function between(low: number, high: number, unit: string): string {
  return unbroken(`${difference(low, unit)} to\u00a0${difference(high, unit)}`);
}

/** The section. */
export function overviewSection(report: Comparison): Section {
  const { key } = allPairs(report);
  const { calibrated } = verdictOf(report.a);
  return {
    id: "overview",
    topic: "What changed",
    heading: overview(report),
    body: (
      <>
        {!calibrated && (
          <p class="note">
            <span class="loud">Uncalibrated.</span>{" "}
            This world has no published targets: its levels are assumptions, and only differences between the
            two runs mean anything.
          </p>
        )}
        <p>{unbroken(summary(report).join(" "))}</p>
        <p class="facts">
          {calibrated && (
            <>
              {calibrationSentence(report)} (<a href="#calibration">calibration</a>).{" "}
            </>
          )}
          {unbroken(precision(report))}
        </p>
        <div class="block">
          <Table
            caption="Key figures, whole period, whole population"
            columns={pairColumns(report)}
            rows={key}
          />
          <BothRuns report={report} />
        </div>
      </>
    ),
  };
}
