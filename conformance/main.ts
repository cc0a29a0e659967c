// deno task conformance FOLDER [--junit FILE]: checks the code against published known answers that lie in a folder.

import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { junitXml } from "./junit.ts";
import { countOf, reportLines, runSets } from "./run.ts";
import { sets } from "./sets.ts";

const usage = `Usage: deno task conformance FOLDER [--junit FILE]

Runs the known-answer cases found in FOLDER (fin/, pay/, wb/, or one of these itself) and
prints for each set how many passed, failed and were skipped, with the reasons.

  --junit FILE   also write the results as JUnit XML
  --help         show this text

Exit code 0: no case failed; 1: a case failed; 2: the call or the folder is wrong.`;

/** Runs the command and gives its exit code. */
export function main(
  args: string[],
  { print, complain }: { print: (line: string) => void; complain: (line: string) => void },
): number {
  let folder: string, junit: string | undefined;
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { junit: { type: "string" }, help: { type: "boolean", short: "h" } },
    });
    if (values.help) {
      print(usage);
      return 0;
    }
    if (positionals.length !== 1) {
      throw new TypeError(`one FOLDER is needed, ${positionals.length} were given`);
    }
    [folder] = positionals;
    junit = values.junit;
  } catch (error) {
    complain(`Cannot run the conformance cases: ${(error as Error).message}\n\n${usage}`);
    return 2;
  }
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    complain(`Cannot run the conformance cases: there is no folder "${folder}"`);
    return 2;
  }
  const paths = filesUnder(folder, "");
  if (paths.length === 0) {
    complain(`Cannot run the conformance cases: the folder "${folder}" holds no files`);
    return 2;
  }
  const results = runSets({ paths, read: (path) => readFileSync(join(folder, path), "utf8") }, sets);
  for (const line of reportLines(results)) print(line);
  if (junit !== undefined) {
    mkdirSync(dirname(junit), { recursive: true });
    writeFileSync(junit, junitXml(results));
  }
  return countOf(results.flatMap(({ cases }) => cases), "failed") > 0 ? 1 : 0;
}

function filesUnder(folder: string, prefix: string): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = prefix + entry.name;
    if (entry.name.startsWith(".")) return [];
    return entry.isDirectory() ? filesUnder(folder, `${path}/`) : [path];
  });
}

if (import.meta.main) {
  Deno.exitCode = main(Deno.args, { print: console.log, complain: console.error });
}
