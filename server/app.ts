// The report server as a pure application: requests in, pages out. It reads reports and sweeps and writes nothing.

import { type Context, Hono } from "hono";
import { compress } from "hono/compress";
import { etag } from "hono/etag";
import { secureHeaders } from "hono/secure-headers";
import { listSweeps, readSweep, type SweepEntry } from "#/sim/experiments/read.ts";
import { StoreError } from "#/sim/experiments/store.ts";
import { comparisonPage } from "#/server/pages/comparison.tsx";
import { homePage } from "#/server/pages/home.tsx";
import { problemPage } from "#/server/pages/problem.tsx";
import { sweepPage } from "#/server/pages/sweep.tsx";
import { renderReport } from "#/server/report/static.ts";
import { sweepLister } from "#/server/reports/sweeps.ts";
import { listReports, readReport, type Stored } from "#/server/reports/folder.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** Where the application reads: the folder of comparisons, the SQLite file of sweeps. Neither has to exist. */
export interface AppOptions {
  reportsFolder: string;
  storePath: string;
}

/** Pages need their own style and nothing else: no script, no other origin. */
const policy = {
  defaultSrc: ["'none'"],
  styleSrc: ["'unsafe-inline'"],
  imgSrc: ["data:"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

/** The application. */
export function app({ reportsFolder, storePath }: AppOptions): Hono {
  const hono = new Hono();
  const pages = pageCache();
  const listSweepsInFull = sweepLister(storePath);
  hono.use(compress());
  hono.use(etag());
  hono.use(secureHeaders({ contentSecurityPolicy: policy, strictTransportSecurity: false }));

  const listedSweeps = () => orProblem(() => listSweepsInFull());

  hono.get("/health", (c) => c.json({ status: "ok" }));

  hono.get("/", async (c) => {
    const reports = await listReports(reportsFolder);
    return c.html(homePage({ reports, ...listedSweeps() }));
  });

  hono.get("/reports/:file", async (c) => {
    const [, id, ending] = /^(.*?)(\.json|\.html)?$/s.exec(c.req.param("file"))!;
    const stored = await readReport(reportsFolder, id);
    if (stored.state !== "read") return refuse(c, stored);
    if (ending === ".json") {
      return c.body(stored.text, 200, { "content-type": "application/json; charset=utf-8" });
    }
    if (ending === ".html") {
      c.header("content-disposition", `attachment; filename="${id}.html"`);
      return c.html(pages(`file ${id}`, stored, renderReport));
    }
    return c.html(pages(`page ${id}`, stored, (report) => comparisonPage(report, { served: true })));
  });

  hono.get("/sweeps/:id", (c) => {
    const id = c.req.param("id");
    const { sweeps, storeProblem } = orProblem(() => listSweeps(storePath));
    const unread = (detail: string) =>
      c.html(problemPage({ title: "The store cannot be read", text: storePath, detail }), 422);
    if (storeProblem !== undefined) return unread(storeProblem);
    const fitting = /^[0-9a-f]{4,64}$/.test(id) ? sweeps.filter((sweep) => sweep.id.startsWith(id)) : [];
    if (fitting.length !== 1) return c.notFound();
    const { outcome: asked, scenario, difference, where } = c.req.query();
    const reading = { asked, scenario, isDifference: difference !== undefined, where };
    try {
      return c.html(sweepPage(readSweep(storePath, fitting[0].id), reading));
    } catch (error) {
      // A row may be broken where the list is whole.
      if (error instanceof StoreError) return unread(error.message);
      throw error;
    }
  });

  hono.notFound((c) =>
    c.html(
      problemPage({ title: "Not here", text: "There is no page, report or sweep of this name." }),
      404,
    )
  );
  return hono;
}

function refuse(c: Context, stored: Exclude<Stored, { state: "read" }>) {
  if (stored.state === "absent") return c.notFound();
  return c.html(
    problemPage({
      title: "This report cannot be read",
      text: `The file ${stored.file} in the folder of reports is not a report that this program knows.`,
      detail: stored.problem,
    }),
    422,
  );
}

/** The sweeps that a store gives; none, and why, where it cannot be read. */
function orProblem<Entry extends SweepEntry>(
  list: () => Entry[],
): { sweeps: Entry[]; storeProblem?: string } {
  try {
    return { sweeps: list() };
  } catch (error) {
    return { sweeps: [], storeProblem: (error as Error).message };
  }
}

/** Keeps the last few pages by the text they were made of: a report is drawn again only when its file changed. */
function pageCache(most = 8) {
  const kept = new Map<string, { text: string; html: string }>();
  return (
    key: string,
    { text, report }: { text: string; report: Comparison },
    render: (report: Comparison) => string,
  ) => {
    const found = kept.get(key);
    if (found?.text === text) return found.html;
    const html = render(report);
    kept.delete(key);
    kept.set(key, { text, html });
    if (kept.size > most) kept.delete(kept.keys().next().value!);
    return html;
  };
}
