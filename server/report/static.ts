// The report as one file: the same page as served, without links to a server.

import { comparisonPage } from "#/server/pages/comparison.tsx";
import type { Comparison } from "#/server/reports/shape.ts";

/**
 * A comparison as one self-contained HTML file: charts, tables and style inside, nothing fetched from anywhere.
 *
 * The same report gives the same bytes.
 *
 * @example
 * ```ts
 * import { renderReport } from "#/server/report/static.ts";
 * import { fixtureComparison } from "#/server/testing/fixture.ts";
 * import assert from "node:assert/strict";
 * const html = renderReport(fixtureComparison({ days: 3 }));
 * assert.ok(html.startsWith("<!doctype html>") && !html.includes("<script"));
 * ```
 */
export function renderReport(report: Comparison): string {
  return comparisonPage(report, { served: false });
}
