// hutong replay [SUITE…]: stress suites run again beside their goldens.

import { junitXml } from "#/conformance/junit.ts";
import { refuse } from "#/scenarios/complain.ts";
import { goldenFile, readSuite, shippedSuites, type Suite } from "#/scenarios/suite_schema.ts";
import { inFull } from "#/server/format.ts";
import { engineHash } from "#/sim/experiments/engine.ts";
import { standingPool } from "#/sim/experiments/evaluate.ts";
import {
  type Checked,
  checkSuite,
  type Golden,
  goldenOf,
  readGolden,
  type SuiteValues,
  tooFar,
  tryGolden,
  writeGolden,
} from "#/sim/experiments/goldens.ts";
import { runSuite } from "#/sim/experiments/suites.ts";
import { storeFile } from "#/sim/experiments/store.ts";
import { outcomeNames } from "#/sim/outcome_names.ts";
import { filePath, namedPath } from "./options.ts";
import { newFile, writeFile } from "./page_file.ts";
import { progress } from "./progress.ts";
import { refusedStore } from "./store_errors.ts";
import { Verb, wholeOption } from "./verb.ts";

interface Options {
  accept?: boolean;
  reason?: string;
  json?: boolean;
  junit?: string;
  quiet?: boolean;
  workers?: number;
  store?: string;
}

/** One suite beside its golden. */
export interface Replayed {
  suite: string;
  /** The name or path that it was asked for by. */
  said: string;
  title: string;
  /** The engine of today and the one of the golden; null where nothing was accepted yet. */
  engine: string;
  goldenEngine: string | null;
  accepted: string | null;
  checked: Checked[];
}

/** The `replay` command. */
export function replayVerb(): Verb {
  const command = new Verb("replay")
    .description("run stress suites again and compare what comes out with what was accepted")
    .argument("[suites...]", "shipped suites, or paths of suite files; all shipped ones where none is said")
    .option("--accept", "keep what comes out as the golden from now on; needs --reason")
    .option(
      "--reason <text>",
      "with --accept: why the results may have moved, in 10 characters or more; kept in the golden",
    )
    .option("--junit <file>", "also write the checks as JUnit XML")
    .option(
      "--store <path>",
      `the SQLite file of results; what is in it is not run again (default: ${storeFile})`,
    )
    .addOption(wholeOption("--workers <n>", "worker threads", { from: 1, to: 256, otherwise: "one a core" }))
    .option("--json", "print one JSON object on standard output")
    .option("--quiet", "no progress on standard error")
    .addHelpText(
      "after",
      `
Suites: ${shippedSuites().join(", ")}
The engine that made a golden gives the same numbers; another engine has to come within each outcome's tolerance.
Exit code 0: all is as accepted; 1: something moved; 2: the call, a suite or a golden is wrong.
Example: deno task hutong replay liquidity default --junit replay.xml`,
    ) as Verb;
  return command.action(async (names: string[], options: Options) => {
    const { accept = false } = options;
    checkReason(options);
    const junit = options.junit === undefined ? undefined : newFile("--junit", options.junit);
    const results = await replayed(names.length > 0 ? names : shippedSuites(), options);
    const failed = results.flatMap(({ checked }) => checked).filter(({ status }) => status === "failed");
    console.log(
      options.json
        ? JSON.stringify({ suites: results, failed: failed.length })
        : replayInWords(results, { accepted: accept }),
    );
    if (failed.length > 0) Deno.exitCode = 1;
    if (junit !== undefined) writeFile("--junit", junit, replayJunit(results));
  });
}

/** A golden is kept with a reason, and a reason is for a golden. */
function checkReason({ accept, reason }: Options): void {
  if (accept && (reason ?? "").trim().length < 10) {
    refuse(
      "--reason",
      "",
      `found ${
        reason === undefined ? "nothing" : JSON.stringify(reason)
      }; allowed with --accept is why results moved, in 10 characters or more`,
    );
  }
  if (reason !== undefined && !accept) {
    refuse("--reason", "", "found no --accept; allowed is a reason together with it");
  }
}

/** Runs suites one after the other and holds each beside its golden, or keeps what comes out as one. */
async function replayed(names: readonly string[], options: Options): Promise<Replayed[]> {
  const { accept, reason, quiet, workers } = options;
  const store = options.store === undefined
    ? undefined
    : namedPath("--store", options.store, "the path of a file");
  const engine = engineHash(), bar = progress({ quiet });
  // Every file is read, or tried where it is to be written, before anything is run.
  const asked = names.map((name) => filePath(name)).map((name) => {
    const suite = readSuite(name, { outcomes: outcomeNames }), file = goldenFile(name);
    if (accept) tryGolden(file);
    return { suite, file, golden: accept ? undefined : readGolden(file) };
  });
  for (const { suite, file, golden } of asked) checkNames(suite, { file, golden, engine });
  const runs = asked.map(({ suite }) => suite.cases.length * suite.replications);
  const total = runs.reduce((a, b) => a + b, 0), results: Replayed[] = [];
  const onNote = (note: string) => quiet || console.error(note);
  const shoppers = Math.max(...asked.map(({ suite }) => suite.shoppers));
  await using pool = standingPool({ shoppers, workers, engine, onNote });
  let before = 0;
  for (const [i, { suite, file, golden }] of asked.entries()) {
    const values = await runSuite(suite, {
      ...{ pool, store, engine, onNote },
      onRun: (done) =>
        bar.tell(
          (before + done) / total,
          `${suite.name}: ${inFull(before + done)} of ${inFull(total)} runs`,
        ),
    }).catch(refusedStore);
    before += runs[i];
    const now = accept ? goldenOf(suite, values, { engine, reason: reason! }) : golden;
    if (accept) writeGolden(file, now!);
    results.push({
      ...{
        suite: suite.name,
        said: suite.said,
        title: suite.title,
        engine,
        goldenEngine: now?.engine ?? null,
        accepted: now?.reason ?? null,
      },
      checked: checkSuite(suite, { golden: now, values, engine, file }),
    });
  }
  bar.end();
  return results;
}

/** A golden that no longer fits its suite is told before anything is run. */
function checkNames(
  suite: Suite,
  { file, golden, engine }: { file: string; golden?: Golden; engine: string },
): void {
  const none: SuiteValues = Object.fromEntries(suite.cases.map(({ name }) => [name, [{}]]));
  checkSuite(suite, { golden, values: none, engine, file });
}

/** The checks as JUnit XML: a suite a suite, a case an outcome. */
export const replayJunit = (results: readonly Replayed[]): string =>
  junitXml(
    results.map(({ suite, checked }) => ({
      set: suite,
      cases: checked.map((it) => ({
        name: `${it.case}: ${it.outcome}`,
        status: it.status,
        ...it.status === "failed" ? { reason: inOneLine(it) } : {},
      })),
    })),
    { name: "replay" },
  );

const number = (value: number | null) => value === null ? "none" : String(Number(value.toPrecision(6)));

/** What moved, in one line. */
export function inOneLine({ outcome, golden, found, allowed, reason }: Checked): string {
  const moved = golden !== null && found !== null && golden !== 0
    ? ` (${found >= golden ? "+" : "−"}${(Math.abs(found / golden - 1) * 100).toFixed(2)} %)`
    : "";
  const within = allowed > 0 ? `, allowed ± ${number(allowed)}` : "";
  return `${outcome}: ${number(golden)} → ${number(found)}${moved}${within}: ${reason}`;
}

/** A line below its case; that it is too far is said by what was allowed. */
const inALine = (it: Checked) => `    ${inOneLine(it).replace(`: ${tooFar}`, "")}`;

/** What is most times its tolerance away first; what has no two sides to compare last. */
function furthestFirst(checked: readonly Checked[]): Checked[] {
  const off = ({ golden, found, allowed }: Checked) =>
    golden === null || found === null ? 0 : Math.abs(found - golden) / (allowed || Math.abs(golden) || 1);
  return checked.toSorted((a, b) => off(b) - off(a));
}

/** The result for people: a line a suite, and each outcome that moved below it, the furthest first. */
export function replayInWords(
  results: readonly Replayed[],
  { accepted = false }: { accepted?: boolean } = {},
): string {
  const lines = results.flatMap(({ suite, title, engine, goldenEngine, checked }) => {
    const failed = checked.filter(({ status }) => status === "failed");
    const engines = goldenEngine === null
      ? "no golden yet"
      : goldenEngine === engine
      ? `engine ${engine.slice(0, 12)}, equal numbers asked`
      : `golden of engine ${goldenEngine.slice(0, 12)}, run by engine ${
        engine.slice(0, 12)
      }: within tolerances`;
    const byCase = [...new Set(failed.map((it) => it.case))];
    return [
      `${failed.length === 0 ? "ok  " : "MOVED"} ${suite} (${title}): ${
        checked.length - failed.length
      } of ${checked.length}; ${engines}`,
      ...byCase.flatMap((
        name,
      ) => [`  ${name}`, ...furthestFirst(failed.filter((it) => it.case === name)).map(inALine)]),
    ];
  });
  const moved = results.filter(({ checked }) => checked.some(({ status }) => status === "failed"));
  return [
    ...lines,
    ...accepted ? [`Accepted: ${results.length} ${results.length === 1 ? "suite" : "suites"}`] : [],
    ...moved.length > 0
      ? [
        `If the change is meant: deno task hutong replay ${
          moved.map(({ said }) => said).join(" ")
        } --accept --reason "…"`,
      ]
      : [],
  ].join("\n");
}
