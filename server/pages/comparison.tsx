// The report of a comparison: one page, from what changed to how to run it again.
// deno-lint-ignore-file jsx-key -- pages are text written once: nothing on them is moved, so nothing needs a key

import { page } from "#/server/pages/layout.tsx";
import { type Section, SectionBlock } from "#/server/pages/parts.tsx";
import { abroadSection } from "#/server/pages/sections/abroad.tsx";
import {
  assumptionsSection,
  calibrationSection,
  expectationsSection,
} from "#/server/pages/sections/belief.tsx";
import { faultsSection } from "#/server/pages/sections/faults.tsx";
import { flowsSection, liquiditySection } from "#/server/pages/sections/flows.tsx";
import { identitySection } from "#/server/pages/sections/identity.tsx";
import { latenessSection } from "#/server/pages/sections/lateness.tsx";
import { overviewSection } from "#/server/pages/sections/overview.tsx";
import { purchasesSection } from "#/server/pages/sections/purchases.tsx";
import { replaySection } from "#/server/pages/sections/replay.tsx";
import { projectSection, resultsSection } from "#/server/pages/sections/results.tsx";
import { servicingSection } from "#/server/pages/sections/servicing.tsx";
import { usersSection } from "#/server/pages/sections/users.tsx";
import type { Comparison } from "#/server/reports/shape.ts";

/** The sections in the order of reading: what happened, to whom, how far to believe it, how to see it again; some stand only
 * where there is something to tell. */
export const sections: readonly ((report: Comparison) => Section | undefined)[] = [
  overviewSection,
  purchasesSection,
  identitySection,
  usersSection,
  latenessSection,
  servicingSection,
  flowsSection,
  faultsSection,
  liquiditySection,
  abroadSection,
  resultsSection,
  projectSection,
  calibrationSection,
  expectationsSection,
  assumptionsSection,
  replaySection,
];

/** The whole page as text. `served` adds what needs a server: the way home and the downloads. */
export function comparisonPage(report: Comparison, { served }: { served: boolean }): string {
  const all = sections.map((section) => section(report)).filter((section) => section !== undefined);
  return page({
    title: report.title,
    home: served ? "/" : undefined,
    contents: all,
    body: (
      <>
        <h1>{report.title}</h1>
        <p class="facts">
          {report.a.scenario} (closed) against {report.b.scenario} (open) · seed {report.b.seed}
          {served && (
            <>
              {" "}· <a href={`/reports/${report.id}.html`} download>this page as one file</a> ·{" "}
              <a href={`/reports/${report.id}.json`}>the data</a>
            </>
          )}
        </p>
        {scoringOf(report)}
        {all.map((section) => <SectionBlock section={section} />)}
      </>
    ),
  });
}

/** Who decides on credit in either run; what is not lawful is said at the top, not in a footnote. */
function scoringOf({ a, b }: Comparison) {
  // Reports of before do not say.
  if (!a.scoring || !b.scoring) return null;
  const marks = [...new Set([a.scoring.mark, b.scoring.mark])].filter((mark) => mark !== "");
  return (
    <>
      <p class="facts">
        Credit is decided by: {a.scoring.title} (closed), {b.scoring.title} (open); {b.scoring.card}{" "}
        scorecards
      </p>
      {marks.map((mark) => (
        <p class="facts">
          <strong>Mind the law:</strong> {mark}
        </p>
      ))}
    </>
  );
}
