// Counts the cases of JUnit files: deno run --allow-read tools/count.ts FILE... prints "passed failed skipped".
//
// A report that cannot be trusted counts as a failure: a missing, empty or cut-off file, a file without cases, or one
// that holds fewer cases than it announces.

import { readFileSync } from "node:fs";

/** The cases of one or more reports. */
export interface Counts {
  /** Cases that held. */
  passed: number;
  /** Cases that failed, and what is wrong with the reports. */
  failed: number;
  /** Cases left out. */
  skipped: number;
  /** What was wrong with the reports themselves; each is one of the failures. */
  complaints: string[];
}

/**
 * Counts the cases of a JUnit report.
 *
 * Shapes: the text of a file; a case with a `failure` or `error` inside has failed, with `skipped` it was skipped.
 * Errors: none; what is wrong with the report is a complaint and counts as a failure.
 *
 * @example
 * ```ts
 * import { countJunit } from "#/tools/count.ts";
 * import assert from "node:assert/strict";
 * const text = `<testsuites tests="1"><testsuite><testcase name="a"/></testsuite></testsuites>`;
 * assert.deepEqual(countJunit(text), { passed: 1, failed: 0, skipped: 0, complaints: [] });
 * ```
 */
export function countJunit(text: string): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0, complaints: [] };
  const complain = (complaint: string, failures = 1) => {
    counts.complaints.push(complaint);
    counts.failed += failures;
  };
  if (text.trim() === "") {
    complain("the report is empty");
    return counts;
  }
  // Output that a test printed may look like anything; it stands in CDATA or comments, which hold no cases.
  const xml = text.replace(/<!\[CDATA\[[^]*?\]\]>|<!--[^]*?-->/g, "");
  const found = [
    ...xml.matchAll(/<testcase(?:\s+[\w:.-]+="[^"]*")*\s*(?:\/>|>(?<inside>[^]*?)<\/testcase>)/g),
  ];
  for (const { groups } of found) {
    const inside = groups!.inside ?? "";
    if (/<(failure|error)[\s/>]/.test(inside)) counts.failed += 1;
    else if (/<skipped[\s/>]/.test(inside)) counts.skipped += 1;
    else counts.passed += 1;
  }
  const announced = announcedCases(xml);
  const root = /<testsuites?(?=[\s/>])/.exec(xml)?.[0].slice(1);
  const ends = root &&
    (new RegExp(`</${root}>\\s*$`).test(xml) || /^\s*(<\?xml[^>]*>)?\s*<[^<>]*\/>\s*$/.test(xml));
  if (!ends) {
    complain("the report is cut off or no JUnit XML");
  } else if (found.length === 0) {
    complain("the report holds no cases");
  }
  if (announced > found.length) {
    complain(`the report announces ${announced} cases and holds ${found.length}`, announced - found.length);
  }
  return counts;
}

/** The number of cases that a report says it has: of its root, else the sum over its suites; 0 where it says nothing. */
function announcedCases(xml: string): number {
  const tests = (tag: string) => {
    const match = /\stests="(\d+)"/.exec(tag);
    return match ? Number(match[1]) : undefined;
  };
  const root = /<testsuites(?:\s+[\w:.-]+="[^"]*")*/.exec(xml);
  const ofRoot = root ? tests(root[0]) : undefined;
  if (ofRoot !== undefined) return ofRoot;
  let sum = 0;
  for (const [suite] of xml.matchAll(/<testsuite(?:\s+[\w:.-]+="[^"]*")*/g)) sum += tests(suite) ?? 0;
  return sum;
}

/** The sum of the counts of several files. A file that cannot be read is a failure. */
export function countFiles(paths: readonly string[], read: (path: string) => string): Counts {
  const sum: Counts = { passed: 0, failed: 0, skipped: 0, complaints: [] };
  for (const path of paths) {
    let counts: Counts;
    try {
      counts = countJunit(read(path));
    } catch (error) {
      counts = {
        passed: 0,
        failed: 1,
        skipped: 0,
        complaints: [`cannot be read: ${(error as Error).message}`],
      };
    }
    sum.passed += counts.passed;
    sum.failed += counts.failed;
    sum.skipped += counts.skipped;
    sum.complaints.push(...counts.complaints.map((complaint) => `${path}: ${complaint}`));
  }
  return sum;
}

if (import.meta.main) {
  const { passed, failed, skipped, complaints } = countFiles(Deno.args, (path) => readFileSync(path, "utf8"));
  for (const complaint of complaints) console.error(complaint);
  console.log(`${passed} ${failed} ${skipped}`);
}
