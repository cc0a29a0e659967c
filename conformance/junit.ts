// The results of known-answer sets as JUnit XML, which every build server reads.

import { countOf, type SetResult } from "./run.ts";

/** One `testsuite` a set, one `testcase` a case. */
export function junitXml(results: readonly SetResult[], { name = "conformance" } = {}): string {
  const suites = results.map(({ set, cases }) => {
    const lines = cases.map(({ name, status, reason = "" }) => {
      const head = `    <testcase name="${escaped(name)}" classname="${escaped(set)}" time="0"`;
      if (status === "passed") return `${head}/>`;
      const tag = status === "failed" ? "failure" : "skipped";
      return `${head}><${tag} message="${escaped(reason)}"/></testcase>`;
    });
    return [
      `  <testsuite name="${escaped(set)}" tests="${cases.length}" failures="${countOf(cases, "failed")}" ` +
      `errors="0" skipped="${countOf(cases, "skipped")}">`,
      ...lines,
      "  </testsuite>",
    ].join("\n");
  });
  const all = results.flatMap(({ cases }) => cases);
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<testsuites name="${escaped(name)}" tests="${all.length}" failures="${
      countOf(all, "failed")
    }" errors="0">`,
    ...suites,
    "</testsuites>",
    "",
  ].join("\n");
}

/** Text for an attribute; XML 1.0 has no way to write most control characters, so they are shown by their code point. */
function escaped(text: string): string {
  const names: Record<string, string> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot" };
  return text.toWellFormed()
    .replace(/[&<>"]/g, (sign) => `&${names[sign]};`)
    .replace(
      /[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu,
      (sign) => `U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`,
    )
    .replace(/[\t\n\r]/g, " ");
}
