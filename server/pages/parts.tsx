// The parts that pages are made of: a figure with its way back to the runs, a table that scrolls, a section.
// deno-lint-ignore-file jsx-key -- pages are text written once: nothing on them is moved, so nothing needs a key

import { raw } from "hono/html";
import type { Child, FC } from "hono/jsx";
import type { RunResult } from "#/sim/result.ts";
import type { Absent, ChartOptions } from "#/server/charts/chart.ts";
import { draw } from "#/server/charts/draw.ts";
import { type ChartName, gallery } from "#/server/charts/gallery.ts";
import { calibrationNote } from "#/server/facts/findings.ts";
import { shortHash, unbroken } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** What a part gives: markup that is escaped already. */
export type Html = ReturnType<FC>;

/** A section of a page: `topic` stands in the contents, `heading` states the finding. */
export interface Section {
  id: string;
  topic: string;
  heading: string;
  body: Child;
}

/** A section, with its heading as its name for readers who listen. */
export function SectionBlock({ section }: { section: Section }): Html {
  const { id, topic, heading, body } = section;
  return (
    <section id={id} aria-labelledby={`${id}-heading`}>
      <p class="topic">{topic}</p>
      <h2 id={`${id}-heading`}>{unbroken(heading)}</h2>
      {body}
    </section>
  );
}

/** A command that breaks between its words only: a browser would part `--days` after its dashes. */
export function Command({ text }: { text: string }): Html {
  return (
    <code class="command">
      {text.split(/( +)/).map((word) => word.includes("-") ? <span>{word}</span> : word)}
    </code>
  );
}

/** The runs behind a figure or a table, each with the command that gives it again. */
export function Provenance(
  { runs, children }: { runs: readonly { label: string; hash: string; replay: string }[]; children?: Child },
): Html {
  return (
    <div class="provenance">
      {runs.map(({ label, hash }) => (
        <span>
          {label} <code title={hash}>{shortHash(hash)}</code>
        </span>
      ))}
      <details>
        <summary>replay</summary>
        {runs.map(({ replay }) => (
          <pre>
            <Command text={replay} />
          </pre>
        ))}
      </details>
      {children}
    </div>
  );
}

/** Both runs of a comparison as provenance, with how well the closed one meets the published figures. */
export function BothRuns({ report }: { report: Comparison }): Html {
  const run = (label: string, { hash, replay }: RunResult) => ({ label, hash, replay });
  return (
    <Provenance runs={[run("closed run", report.a), run("open run", report.b)]}>
      <a href="#calibration">{calibrationNote(report)}</a>
    </Provenance>
  );
}

/** A drawn chart with its finding, its legend and what `provenance` says. */
export function Figure(
  { id, options, provenance, alone = false }: {
    id: string;
    options: ChartOptions | Absent;
    provenance: Child;
    alone?: boolean;
  },
): Html {
  const drawn = draw(options, { id });
  if ("absent" in drawn) {
    return (
      <figure id={id}>
        <figcaption>
          <h3>{unbroken(drawn.title)}</h3>
        </figcaption>
        <p class="empty">{drawn.absent}</p>
        {provenance}
      </figure>
    );
  }
  return (
    <figure id={id} class={alone ? "alone" : isTall(options) ? "tall" : undefined}>
      <figcaption>
        <h3>{unbroken(drawn.title)}</h3>
        <p>{drawn.caption}</p>
      </figcaption>
      {drawn.legend.length > 0 && (
        <ul class="legend">
          {drawn.legend.map(({ label, colour }) => (
            <li>
              <span style={`background:${colour}`} aria-hidden="true"></span>
              {label}
            </li>
          ))}
        </ul>
      )}
      {drawn.ramp && <div class="ramp">{raw(drawn.ramp)}</div>}
      <div class="drawing">{raw(drawn.svg)}</div>
      {provenance}
    </figure>
  );
}

/** A chart that takes the room of two beside it. */
function isTall(options: ChartOptions | Absent): boolean {
  return "height" in options && options.height! > 400;
}

/** Charts of the gallery side by side. */
export function Figures({ report, names }: { report: Comparison; names: readonly ChartName[] }): Html {
  return (
    <div class="figures">
      {names.map((name) => (
        <Figure
          id={`figure-${name}`}
          options={gallery[name](report)}
          provenance={<BothRuns report={report} />}
        />
      ))}
    </div>
  );
}

/** A column of a table. */
export interface Column<Row> {
  head: string;
  cell: (row: Row) => Child;
  number?: boolean;
  /** Text that wants room, or text that must not break. */
  wide?: boolean;
  tight?: boolean;
}

/** A table: the first column names its rows; `foot` are closing rows; it scrolls in itself where the page is narrow. */
export function Table<Row>(
  { caption, columns, rows, foot = [], group, dense }: {
    caption: string;
    columns: readonly Column<Row>[];
    rows: readonly Row[];
    foot?: readonly Row[];
    group?: (row: Row) => string;
    /** For long tables: smaller, and every cell may break. */
    dense?: boolean;
  },
): Html {
  const cells = (row: Row) =>
    columns.map(({ cell, number, wide, tight }, i) => {
      const look = number ? "number" : wide ? "wide" : tight ? "tight" : undefined;
      return i === 0 ? <th scope="row">{cell(row)}</th> : <td class={look}>{cell(row)}</td>;
    });
  const lines = rows.flatMap((row, i) => {
    const head = group && (i === 0 || group(rows[i - 1]) !== group(row)) ? group(row) : undefined;
    const line = <tr>{cells(row)}</tr>;
    return head === undefined ? [line] : [
      <tr>
        <th class="group" colspan={columns.length} scope="rowgroup">{head}</th>
      </tr>,
      line,
    ];
  });
  return (
    <div class="scroll" role="region" aria-label={caption} tabindex={0}>
      <table class={dense ? "dense" : undefined}>
        <caption>
          <span>{caption}</span>
        </caption>
        <thead>
          <tr>
            {columns.map(({ head, number }) => (
              <th scope="col" class={number ? "number" : undefined}>{unbroken(head)}</th>
            ))}
          </tr>
        </thead>
        <tbody>{lines}</tbody>
        {foot.length > 0 && <tfoot>{foot.map((row) => <tr>{cells(row)}</tr>)}</tfoot>}
      </table>
    </div>
  );
}
