// The first page: the reports and sweeps that are there, and how to make one where there are none.
// deno-lint-ignore-file jsx-key -- pages are text written once: nothing on them is moved, so nothing needs a key

import { inFull, shortHash, unbroken } from "#/server/format.ts";
import { replicationWords } from "#/server/facts/finance.ts";
import { page } from "#/server/pages/layout.tsx";
import type { ListedSweep } from "#/server/reports/sweeps.ts";
import type { Listed } from "#/server/reports/folder.ts";

/** The whole page as text. `storeProblem` says why the store of sweeps could not be read. */
export function homePage(
  { reports, sweeps, storeProblem }: {
    reports: readonly Listed[];
    sweeps: readonly ListedSweep[];
    storeProblem?: string;
  },
): string {
  return page({
    title: "Reports",
    home: "/",
    body: (
      <>
        <h1>Reports</h1>
        <section id="comparisons" aria-labelledby="comparisons-heading">
          <h2 id="comparisons-heading">Comparisons</h2>
          {reports.length === 0
            ? (
              <p>
                There is none yet. <code>deno task start</code> makes the first one.
              </p>
            )
            : <ul class="cards">{reports.map((report) => <Report report={report} />)}</ul>}
        </section>
        <section id="sweeps" aria-labelledby="sweeps-heading">
          <h2 id="sweeps-heading">Sweeps</h2>
          {storeProblem !== undefined && (
            <p class="note">The store of sweeps cannot be read: {storeProblem}</p>
          )}
          {sweeps.length === 0
            ? (
              <p>
                There is none yet. <code>deno task hutong sweep --list</code> names those that are shipped.
              </p>
            )
            : <ul class="cards">{sweeps.map((sweep) => <Sweep sweep={sweep} />)}</ul>}
        </section>
      </>
    ),
  });
}

function Report({ report }: { report: Listed }) {
  const address = `/reports/${report.id}`;
  if ("problem" in report) {
    return (
      <li>
        <a href={address}>{report.id}</a>
        <p>
          <span class="mark bad">cannot be read</span> {report.problem}
        </p>
      </li>
    );
  }
  const { title, finding, from, to, shoppers, days, id } = report;
  return (
    <li>
      <a href={address}>{title}</a>
      <p class="finding">{unbroken(finding)}</p>
      <p>
        {from} (closed) against {to} (open) · {inFull(shoppers)} shoppers · {inFull(days)} days
      </p>
      <p>
        <code>{id}</code>
      </p>
    </li>
  );
}

function Sweep({ sweep }: { sweep: ListedSweep }) {
  const { id, title, name, rows, jobs, failed, base, shoppers, days, replications, engine, finding } = sweep;
  return (
    <li>
      <a href={`/sweeps/${id}`}>{title}</a>
      <p class="finding">{unbroken(finding)}</p>
      <p>
        {base.join(" against ")} · {inFull(shoppers)} shoppers · {inFull(days)} days ·{" "}
        {replicationWords(replications)}
      </p>
      <p>
        {inFull(rows)} of {inFull(jobs)} runs{failed > 0 && `, ${inFull(failed)} failed`}
      </p>
      <p>
        <code>{name} {id.slice(0, 12)}</code>, engine <code>{shortHash(engine)}</code>
      </p>
    </li>
  );
}
