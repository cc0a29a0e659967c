// The page of `hutong sensitivity`: what moves an outcome, how sure that is, and the rows behind it.
// deno-lint-ignore-file jsx-key -- pages are text written once: nothing on them is moved, so nothing needs a key

import { ranked, type SampledRows, sampledRows, wantedWords } from "#/server/facts/sampled.ts";
import { inFull, shortHash } from "#/server/format.ts";
import { page } from "#/server/pages/layout.tsx";
import { Command, type Section, SectionBlock } from "#/server/pages/parts.tsx";
import { indexSection } from "#/server/pages/sampled/moves.tsx";
import { designWords, rowsSection } from "#/server/pages/sampled/rows.tsx";
import type { SweepTable } from "#/sim/experiments/read.ts";
import { methods, type Sensitivity } from "#/sim/experiments/sensitivity.ts";

/** The whole page as text; nothing is fetched from elsewhere, and the same result gives the same bytes. */
export function sensitivityPage(
  table: SweepTable,
  found: Sensitivity,
  { replay }: { replay: string },
): string {
  const told = { table, rows: sampledRows(table, found), provenance: <span></span> };
  const order = ranked(found).map(({ name }) => name);
  return readingPage(table, {
    title: `What moves ${wantedWords(found, table.design.base[0])}: ${methods[found.method].title}`,
    sections: [indexSection([found], told), rowsSection(told, { order })],
    rows: told.rows,
    replay,
  });
}

/** The frame of a page about one outcome of a sampled sweep. */
export function readingPage(
  table: SweepTable,
  { title, sections, rows, replay }: {
    title: string;
    sections: Section[];
    rows: SampledRows;
    replay: string;
  },
): string {
  const { design, engine, id, jobs, rows: there, failed } = table;
  return page({
    title,
    contents: sections,
    body: (
      <>
        <h1>{title}</h1>
        <p class="facts">
          {table.title} · sweep {table.name} <code title={id}>{shortHash(id)}</code> · {designWords(design)},
          {" "}
          {inFull(rows.settings.length)} rows of {inFull(rows.axes.length)} axes · {inFull(there)} of{" "}
          {inFull(jobs)} runs are there, {inFull(failed)} failed · seed {design.seed} ·{" "}
          {inFull(design.shoppers)} shoppers · {inFull(design.days)} days · {inFull(design.replications)}{" "}
          replications · engine <code title={engine}>{shortHash(engine)}</code>
        </p>
        {there < jobs && (
          <p class="note">
            <span class="loud">Unfinished.</span>{" "}
            Rows that are still to do are left out like those that failed; the same sweep command goes on
            where it stopped.
          </p>
        )}
        {sections.map((section) => <SectionBlock section={section} />)}
        <section id="again" aria-labelledby="again-heading">
          <p class="topic">Again</p>
          <h2 id="again-heading">This page comes back with one command</h2>
          <pre>
            <Command text={replay} />
          </pre>
        </section>
      </>
    ),
  });
}
