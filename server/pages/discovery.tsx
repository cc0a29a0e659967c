// The page of `hutong discover`: where a condition holds, how far that would be found again, a tree, and the rows behind it.

import { conditionWords, sampledRows } from "#/server/facts/sampled.ts";
import { boxSection, treeSection } from "#/server/pages/sampled/boxes.tsx";
import { rowsSection } from "#/server/pages/sampled/rows.tsx";
import { readingPage } from "#/server/pages/sensitivity.tsx";
import type { Discovery } from "#/sim/experiments/discover.ts";
import type { SweepTable } from "#/sim/experiments/read.ts";

/** The whole page as text; nothing is fetched from elsewhere, and the same result gives the same bytes. */
export function discoveryPage(table: SweepTable, found: Discovery, { replay }: { replay: string }): string {
  const rows = sampledRows(table, found), told = { table, rows, provenance: <span></span> };
  const { condition, limits } = found, restricted = limits.map(({ axis }) => axis);
  const free = rows.axes.map(({ name }) => name).filter((name) => !restricted.includes(name));
  const said = conditionWords(condition, {
    wanted: rows.wanted,
    unit: rows.unit,
    reference: table.design.base[0],
  });
  return readingPage(table, {
    title: `Where it happens: ${said}`,
    sections: [
      boxSection(found, told),
      treeSection(found, told),
      rowsSection(told, { condition, order: [...restricted, ...free] }),
    ],
    rows,
    replay,
  });
}
