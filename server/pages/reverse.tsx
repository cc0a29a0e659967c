// The page of a reverse stress test: the bracket of each metric, its picture, what certifies it, and every point that was looked at.
// deno-lint-ignore-file jsx-key -- pages are text written once: nothing on them is moved, so nothing needs a key

import { reverseChart } from "#/server/charts/experiments/reverse.ts";
import {
  endedWords,
  errorWords,
  lawLines,
  metricWord,
  monotoneWords,
  probabilityWords,
  share,
  stepOf,
  type Told,
  verdictWord,
} from "#/server/facts/reverse.ts";
import { exactly, inFull } from "#/server/format.ts";
import { page } from "#/server/pages/layout.tsx";
import { type Column, Command, Figure, type Html, Table } from "#/server/pages/parts.tsx";
import type { Reverse, Tested } from "#/sim/experiments/reverse.ts";

/** The whole page as text; nothing is fetched from elsewhere, and the same search gives the same bytes. */
export function reversePage(scenario: string, found: readonly Reverse[], told: Told): string {
  const { condition, definition, dimensions, replay } = told;
  const heading = `What breaks ${condition}, ${scenario}`, laws = lawLines(dimensions);
  return page({
    title: heading,
    body: (
      <>
        <h1>{heading}</h1>
        <p>It breaks where {definition}, in more runs than not.</p>
        {found.map((one) => <SearchBlock one={one} told={told} />)}
        {laws.length > 0 && (
          <>
            <h2>Where the ranges and laws are from</h2>
            <ul>{laws.map((line) => <li>{line}</li>)}</ul>
          </>
        )}
        <p class="note">
          Replay: <Command text={replay} />
        </p>
      </>
    ),
  });
}

function SearchBlock({ one, told }: { one: Reverse; told: Told }): Html {
  const { metric, origin, lastPass, firstFail, between, ended, runs } = one, { dimensions } = told;
  const points = [
    { head: "Unshocked", it: origin },
    ...lastPass && lastPass !== origin ? [{ head: "Last pass", it: lastPass }] : [],
    ...between.map((it) => ({ head: "Between", it })),
    ...firstFail && firstFail !== origin ? [{ head: "First fail", it: firstFail }] : [],
  ];
  const lines: { title: string; of: (it: Tested) => string }[] = [
    ...dimensions.map((dimension, i) => ({
      title: dimension.title,
      of: ({ values }: Tested) =>
        `${exactly(values[i])} (${stepOf(dimension, values[i], metric).toFixed(2)})`,
    })),
    { title: "Distance", of: ({ distance }) => distance.toFixed(3) },
    { title: "Replications", of: share },
    { title: "On others, which chose nothing", of: ({ again }) => again ? share(again) : "" },
    { title: "Together the tests say that it", of: verdictWord },
  ];
  const bracket: Column<typeof lines[number]>[] = [
    { head: "", cell: ({ title }) => title },
    ...points.map(({ head, it }): Column<typeof lines[number]> => ({
      ...{ head, number: true, cell: ({ of }) => of(it) },
    })),
  ];
  const columns: Column<Tested>[] = [
    ...dimensions.map(({ path }, i): Column<Tested> => ({
      head: path,
      number: true,
      cell: ({ values }) => exactly(values[i]),
    })),
    { head: "Distance", number: true, cell: ({ distance }) => distance.toFixed(3) },
    { head: "Broke", number: true, cell: ({ events, trials }) => `${events} of ${trials}` },
    { head: "Told by", cell: ({ by }) => by },
    { head: "Again", number: true, cell: ({ again }) => again ? `${again.events} of ${again.trials}` : "" },
    { head: "Verdict", cell: verdictWord },
  ];
  const said = [
    `${ended}: ${endedWords(one)}; ${inFull(runs)} runs`,
    ...firstFail && ended === "found"
      ? [monotoneWords(one), ...errorWords(one, told), ...probabilityWords(one)]
      : [],
  ];
  const unit = metric === "scaled" ? "shares of the ranges" : "standard deviations";
  const breach = `the ${metricWord(metric)} breach`;
  return (
    <>
      <Figure id={`reverse-${metric}`} options={reverseChart(one, told)} provenance={<span></span>} alone />
      <Table caption={`The bracket of ${breach}; in brackets ${unit}`} columns={bracket} rows={lines} />
      <ul>
        {said.map((line) => <li>{line.charAt(0).toUpperCase() + line.slice(1)}.</li>)}
      </ul>
      <details>
        <summary>{`All ${inFull(one.tested.length)} points looked at`}</summary>
        <Table
          caption={`Points looked at for ${breach}, nearest first`}
          columns={columns}
          rows={[...one.tested].sort((a, b) => a.distance - b.distance)}
          dense
        />
      </details>
    </>
  );
}
