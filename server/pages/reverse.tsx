// The page of a reverse stress test: the bracket of each metric, its picture, what certifies it, and every point that was looked at.
// deno-lint-ignore-file jsx-key -- pages are text written once: nothing on them is moved, so nothing needs a key

import { reverseChart } from "#/server/charts/experiments/reverse.ts";
import {
  endedWords,
  errorWords,
  lawLines,
  metricWord,
  monotoneWords,
  share,
  stepOf,
  type Told,
  verdictWord,
} from "#/server/facts/reverse.ts";
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
  const unit = metric === "scaled" ? "ranges" : "sd";
  const points = [
    { say: "Unshocked", it: origin },
    ...lastPass && lastPass !== origin ? [{ say: "Last pass", it: lastPass }] : [],
    ...between.map((it) => ({ say: "Between", it })),
    ...firstFail && firstFail !== origin ? [{ say: "First fail", it: firstFail }] : [],
  ];
  const bracket: Column<typeof points[number]>[] = [
    { head: "", cell: ({ say }) => say },
    ...dimensions.map((dimension, i): Column<typeof points[number]> => ({
      head: dimension.title,
      number: true,
      cell: ({ it }) => `${it.values[i]} (${stepOf(dimension, it.values[i], metric).toFixed(2)} ${unit})`,
    })),
    { head: "Distance", number: true, cell: ({ it }) => it.distance.toFixed(3) },
    { head: "Replications", number: true, cell: ({ it }) => share(it) },
    { head: "Test says", cell: ({ it }) => verdictWord(it) },
  ];
  const columns: Column<Tested>[] = [
    ...dimensions.map(({ path }, i): Column<Tested> => ({
      head: path,
      number: true,
      cell: ({ values }) => String(values[i]),
    })),
    { head: "Distance", number: true, cell: ({ distance }) => distance.toFixed(3) },
    { head: "Broke", number: true, cell: ({ events, trials }) => `${events} of ${trials}` },
    { head: "Told by", cell: ({ by }) => by },
    { head: "Verdict", cell: verdictWord },
  ];
  const breach = `the ${metricWord(metric)} breach`;
  return (
    <>
      <Figure id={`reverse-${metric}`} options={reverseChart(one, told)} provenance={<span></span>} alone />
      <Table caption={`The bracket of ${breach}`} columns={bracket} rows={points} />
      <p>
        {ended}: {endedWords(one)}; {runs} runs.
        {firstFail && ended === "found" ? ` ${monotoneWords(one)}; ${errorWords(one, told)}.` : ""}
      </p>
      <details>
        <summary>{`All ${one.tested.length} points looked at`}</summary>
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
