// hutong finance claim [PLAN]: the articles' claim on one page, on flows from runs or given ones.

import { contractTable } from "#/model/project/contracts.ts";
import { planDesk } from "#/model/project/evaluate.ts";
import type { ProjectFlows } from "#/model/project/flows.ts";
import { meanFlows } from "#/model/project/mean_flows.ts";
import { refuse } from "#/scenarios/complain.ts";
import { type LoadedPlan, loadPlan } from "#/scenarios/plans.ts";
import type { LoadedFlows } from "#/scenarios/flows_file.ts";
import {
  breakEvenWords,
  claimFinding,
  claimParts,
  type ClaimReport,
  notSupported,
  supportWords,
} from "#/server/facts/claim.ts";
import { fenWords, findingWords } from "#/server/facts/finance.ts";
import { inFull, share } from "#/server/format.ts";
import { claimPage } from "#/server/pages/claim.tsx";
import { usersOf, variedBy, yearOf } from "#/sim/experiments/claim.ts";
import { word } from "#/sim/experiments/replay.ts";
import { filePath } from "../options.ts";
import { pageFile, writePage } from "../page_file.ts";
import { Verb } from "../verb.ts";
import { refuseIdleRuns, type RunsChoice, runsOf, withRunsOptions } from "./runs.ts";

interface Choice extends RunsChoice {
  flows?: string;
  scenario?: string;
  vary: boolean;
  out?: string;
  json?: boolean;
}

/** What the command needs of `finance`: where flows are found, and how a plan's own mistakes are told. */
export interface ClaimTools {
  write: (text: string) => void;
  flowsOf: (said: string | undefined) => LoadedFlows;
  atPlan: <Found>(loaded: LoadedPlan, ask: (loaded: LoadedPlan) => Found) => Found;
}

/** The `finance claim` command. Errors: as of `finance`. */
export function claimVerb({ write, flowsOf, atPlan }: ClaimTools): Verb {
  const command = new Verb("claim")
    .description(
      "the claim of 10 % more users and CNY 5 bn a year on CNY 300.3 m: what supports it, what does not",
    )
    .argument("[plan]", "the plan that it is held against", "articles")
    .option("--flows <file>", "monthly flows by counterparty: a file, or one that ships: example")
    .option("--scenario <name>", "flows and users from runs of a scenario with and without its project")
    .option(
      "--no-vary",
      "leave out the runs at both ends of each assumption on waiting, leaving and adoption",
    )
    .option("--out <file>", "write the page, one file")
    .option("--json", "print one JSON object, amounts in fen")
    .addHelpText(
      "after",
      "\nExamples:\n  deno task hutong finance claim --scenario interop --shoppers 4000 --replications 3 --out claim.html\n" +
        "  deno task hutong finance claim sculpted --flows example",
    );
  return withRunsOptions(command).action(async (name: string, _: unknown, verb: Verb) => {
    const choice = verb.optsWithGlobals() as Choice;
    // Where `finance` has an option of the same name, a list comes from it.
    const scenario = [choice.scenario ?? []].flat().at(-1), said = [choice.flows ?? []].flat().at(-1);
    if (said !== undefined && scenario !== undefined) {
      refuse("--flows", "", "found with --scenario; allowed is one of the two");
    }
    refuseIdleRuns(verb, { hasRuns: scenario !== undefined });
    const out = pageFile(choice.out), loaded = loadPlan(filePath(name)), { plan } = loaded;
    const told = (flows: readonly ProjectFlows[], flowsTitle: string) =>
      atPlan(loaded, (): Omit<ClaimReport, "users" | "varied"> => {
        const mean = meanFlows(flows);
        return {
          plan,
          flowsTitle,
          replications: flows.length,
          base: planDesk(plan, mean).evaluate(),
          contracts: contractTable(plan, mean),
          year: yearOf(flows),
        };
      });
    let report: ClaimReport;
    if (scenario === undefined) {
      const { title, flows } = flowsOf(said);
      report = { ...told([flows], title), users: null, varied: [] };
    } else {
      const { pairs, replications } = await runsOf(scenario, choice);
      const on = async (settings: readonly string[]) =>
        (await runsOf(scenario, { ...choice, set: [...choice.set ?? [], ...settings] })).pairs;
      report = {
        ...told(
          replications,
          `${scenario} with and without its project, ${inFull(choice.shoppers)} shoppers`,
        ),
        users: usersOf(pairs),
        varied: choice.vary ? await variedBy(on, { plan }) : [],
      };
    }
    const replay = saidAgain(name, { ...choice, scenario, flows: said });
    write(choice.json ? `${JSON.stringify(claimJson(report, replay))}\n` : `${claimSummary(report)}\n`);
    if (out !== undefined) writePage(out, claimPage(report, { replay }));
  });
}

/** The claim for people. */
export function claimSummary(report: ClaimReport): string {
  return [
    claimFinding(report),
    "",
    ...claimParts(report).flatMap(({ said, arithmetic, runs, support }) => [
      `${said}: ${support}`,
      `  arithmetic: ${arithmetic}`,
      `  runs and plan: ${runs}`,
    ]),
    supportWords,
    "",
    ...breakEvenWords(report),
    ...report.contracts.cases.map(({ name, npvFen, verdict }) =>
      `  ${name}: NPV ${fenWords(npvFen)}, ${findingWords[verdict.kind]}`
    ),
    ...(report.varied.length === 0 ? [] : ["", "at both ends of an assumption's range (users gained, NPV):"]),
    ...report.varied.map(({ path, low, high }) =>
      `  ${path} ${low.value} to ${high.value}: ${share(low.gainedShare)} to ${share(high.gainedShare)}, ${
        fenWords(low.npvFen)
      } to ${fenWords(high.npvFen)}`
    ),
    "",
    ...notSupported,
  ].join("\n");
}

function claimJson(report: ClaimReport, replay: string): Record<string, unknown> {
  const { base, plan, ...rest } = report;
  return {
    ...rest,
    plan: plan.name,
    finding: claimFinding(report),
    parts: claimParts(report),
    worth: base.worth,
    verdict: base.verdict,
    breakEven: base.breakEven,
    replay,
  };
}

function saidAgain(plan: string, choice: Choice): string {
  const said = (flag: string, value: string | number | undefined) =>
    value === undefined ? [] : [flag, word(String(value))];
  return [
    "deno task hutong finance claim",
    word(plan),
    ...said("--flows", choice.flows),
    ...(choice.scenario === undefined ? [] : [
      ...said("--scenario", choice.scenario),
      ...(choice.set ?? []).flatMap((one) => said("--set", one)),
      ...said("--seed", choice.seed),
      ...said("--shoppers", choice.shoppers),
      ...said("--years", choice.years),
      ...said("--replications", choice.replications),
      ...said("--opens-month", choice.opensMonth),
      ...said("--apart-days", choice.apartDays),
      ...(choice.vary ? [] : ["--no-vary"]),
    ]),
  ].join(" ");
}
