// hutong finance PLAN… --flows FILE | --scenario S: financing plans on monthly flows, given or from runs: who pays, what is covered,
// what breaks first; with runs also who gains by the project and who would sign; under draws how often, and what is regretted.

import process from "node:process";
import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FlowCase } from "#/model/project/compare.ts";
import { type Evaluation, planDesk } from "#/model/project/evaluate.ts";
import type { ProjectFlows } from "#/model/project/flows.ts";
import type { Circumstances } from "#/model/project/terms.ts";
import { listed, meant, refuse } from "#/scenarios/complain.ts";
import { type LoadedFlows, readFlows } from "#/scenarios/flows_file.ts";
import { type LoadedPlan, loadPlan, shippedPlans } from "#/scenarios/plans.ts";
import { readText } from "#/scenarios/read.ts";
import { meanFlows } from "#/model/project/mean_flows.ts";
import { inFull } from "#/server/format.ts";
import { type PartyResults, partyResults } from "#/sim/experiments/party_results.ts";
import { claimVerb } from "./finance/claim.ts";
import { type DrawsChoice, drawsTerms, saidAgain, underDraws, withDrawsOptions } from "./finance/draws.ts";
import { refuseIdleRuns, type RunsChoice, runsOf, withRunsOptions } from "./finance/runs.ts";
import { evaluationJson, financeSummary, statementsCsv } from "./finance/tell.ts";
import { errorWords, partyWords, type SimulationError, simulationError } from "./finance/tell_runs.ts";
import { filePath, several, userPath } from "./options.ts";
import { Verb, wholeOption } from "./verb.ts";

const flowsFolder = fileURLToPath(new URL("../scenarios/flows/", import.meta.url));

/** The names of the flows that ship. */
export const shippedFlows = (): string[] =>
  readdirSync(flowsFolder).filter((name) => name.endsWith(".yaml")).map((name) => basename(name, ".yaml"))
    .sort();

interface Choice extends RunsChoice, DrawsChoice {
  flows?: string[];
  scenario?: string[];
  revenuePercent: number;
  overrunPercent: number;
  delayMonths: number;
  json?: boolean;
  csv?: boolean;
}

/**
 * The `finance` command.
 *
 * Shapes: `write` takes text for standard output. Errors: its action throws `ScenarioError` (exit code 2, one line) with file
 * and line for a plan or flows that do not fit, and for a counterparty of the contract that the flows do not have.
 */
export function financeVerb(write: (text: string) => void = (text) => void process.stdout.write(text)): Verb {
  const command = new Verb("finance")
    .description(
      "evaluate financing plans on monthly flows, given or from runs: verdict, measures, owners, lenders, statements",
    )
    .argument("<plans...>", `names of plans that ship (${shippedPlans().join(", ")}), or paths of plan files`)
    .option(
      "--flows <file>",
      `monthly flows by counterparty: a file, or one that ships: ${shippedFlows().join(", ")}; ` +
        "several, each a case, are compared under draws",
      several,
    )
    .option(
      "--scenario <name>",
      "flows from runs of a scenario with and without its project, in place of --flows (may be repeated)",
      several,
    )
    .addOption(
      wholeOption("--revenue-percent <n>", "what varies of the revenue, in % of the flows' own", {
        ...{ from: 0, to: 100_000, otherwise: 100 },
      }),
    )
    .addOption(
      wholeOption("--overrun-percent <n>", "how much more what is built costs, in %", {
        from: 0,
        to: 1_000,
        otherwise: 0,
      }),
    )
    .addOption(
      wholeOption("--delay-months <n>", "how much later what is built opens, in months", {
        from: 0,
        to: 120,
        otherwise: 0,
      }),
    )
    .option("--json", "print one JSON object with everything, amounts in whole fen")
    .option("--csv", "print the statements, a line a plan and month, amounts in CNY")
    .addHelpText(
      "after",
      `\nExamples:\n  deno task hutong finance articles all-equity sculpted --flows example\n` +
        `  deno task hutong finance articles --flows example --revenue-percent 60 --delay-months 6\n` +
        `  deno task hutong finance articles sculpted --scenario interop --replications 3\n` +
        `  deno task hutong finance articles sculpted minimal-pilot --flows example --draws 400 --out finance.html\n` +
        `  deno task hutong finance ./my-plan.yaml --flows ./my-flows.yaml --csv > statements.csv`,
    );
  command.addCommand(claimVerb({ write, flowsOf, atPlan }));
  return withDrawsOptions(withRunsOptions(command)).action(async (names: string[], choice: Choice) => {
    refuseIdle(command, choice);
    if (choice.json && choice.csv) refuse("--csv", "", "found with --json; allowed is one of the two");
    if (choice.flows !== undefined && choice.scenario !== undefined) {
      refuse("--flows", "", "found with --scenario; allowed is one of the two");
    }
    const circumstances = {
      revenueFactor: choice.revenuePercent / 100,
      overrunBps: choice.overrunPercent * 100,
      delayMonths: choice.delayMonths,
    };
    const plans = names.map((name) => loadPlan(filePath(name)));
    const given = choice.scenario === undefined
      ? (choice.flows ?? [undefined]).map((said) => ({ said, flows: flowsOf(said) }))
      : [];
    if (choice.draws !== undefined || choice.out !== undefined || given.length > 1) {
      const terms = drawsTerms(choice);
      const cases = given.map(({ said, flows: { title, flows } }): FlowCase => ({
        name: basename(said!).replace(/\.(ya?ml|json)$/, ""),
        title,
        replications: [flows],
      }));
      for (const scenario of choice.scenario ?? []) cases.push(await runsOf(scenario, choice));
      for (const plan of plans) {
        for (const { replications: [flows] } of cases) {
          atPlan(plan, ({ plan }) => planDesk(plan, flows));
        }
      }
      return underDraws(plans, cases, { ...terms, choice, replay: saidAgain(names, choice), write });
    }
    if (choice.scenario === undefined) {
      const [{ flows }] = given;
      const found = plans.map((plan) => evaluatedOn(plan, { flows, circumstances }));
      return write(told([{ flows: flows.title, found }], { choice, circumstances }));
    }
    const cases: Case[] = [];
    for (const scenario of choice.scenario) {
      cases.push(await onRuns(scenario, { plans, choice, circumstances }));
    }
    write(told(cases, { choice, circumstances }));
  });
}

/** Plans on one set of flows; with runs what they say besides. */
interface Case {
  flows: string;
  found: Evaluation[];
  runs?: { scenario: string; replications: number; errors: SimulationError[]; parties: PartyResults };
}

/** Plans on the mean flows of a scenario's runs, and on each replication's own for the simulation error. */
async function onRuns(
  scenario: string,
  { plans, choice, circumstances }: { plans: LoadedPlan[]; choice: Choice; circumstances: Circumstances },
): Promise<Case> {
  const { replications, pairs, title } = await runsOf(scenario, choice);
  const on = (flows: ProjectFlows) => ({ flows: { title, flows }, circumstances });
  const errors = plans.map((plan) =>
    simulationError(
      plan.plan.name,
      replications.map((flows) => evaluatedOn(plan, on(flows)).worth.npvFen),
    )
  );
  const { discountRateBps } = plans[0].plan;
  const parties = partyResults(pairs, { discountRateBps, strategic: choice.strategic });
  const size = `${inFull(choice.shoppers)} shoppers, ${replications.length} replication${
    replications.length === 1 ? "" : "s"
  }`;
  return {
    flows: `${scenario} (${title}) with and without its project, ${size}`,
    found: plans.map((plan) => evaluatedOn(plan, on(meanFlows(replications)))),
    runs: { scenario, replications: replications.length, errors, parties },
  };
}

/** An option that would do nothing is refused: it was meant for what was not asked for. */
function refuseIdle(command: Verb, { scenario, flows, draws, out }: Choice): void {
  const idle = (name: string) => command.getOptionValueSource(name) === "cli";
  refuseIdleRuns(command, { hasRuns: scenario !== undefined });
  const hasDraws = draws !== undefined || out !== undefined || (flows?.length ?? 0) > 1;
  const drawn = hasDraws ? undefined : ["luck", "uncertainties"].find(idle);
  if (drawn !== undefined) {
    refuse(`--${drawn}`, "", "found without draws; allowed with --draws, --out or several --flows");
  }
}

/** All cases as text, as JSON or as a table of statements. */
function told(
  cases: readonly Case[],
  { choice, circumstances }: { choice: Choice; circumstances: Circumstances },
): string {
  if (choice.csv) return cases.map(({ found }) => statementsCsv(found)).join("");
  if (choice.json) {
    const all = cases.map(({ flows, found, runs }) => ({
      ...{ flows, circumstances, plans: found.map(evaluationJson) },
      ...(runs === undefined ? {} : { runs }),
    }));
    return `${JSON.stringify(all.length === 1 ? all[0] : { cases: all })}\n`;
  }
  return cases.map(({ flows, found, runs }) =>
    [
      financeSummary(found, { flows }),
      ...(runs === undefined ? [] : ["", ...errorWords(runs.errors), "", ...partyWords(runs.parties)]),
      "",
    ].join("\n")
  ).join("\n");
}

function evaluatedOn(
  loaded: LoadedPlan,
  { flows: { flows }, circumstances }: { flows: LoadedFlows; circumstances: Circumstances },
): Evaluation {
  return atPlan(loaded, ({ plan }) => planDesk(plan, flows).evaluate(circumstances));
}

/** Does something with a plan; what model says of it is said at its place in its file. */
function atPlan<Found>(loaded: LoadedPlan, ask: (loaded: LoadedPlan) => Found): Found {
  try {
    return ask(loaded);
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof SyntaxError)) throw error;
    // Model's messages begin with the path in the plan that they are about, where there is one.
    const [, path = "", text = error.message] = /^([a-z]+(?:\.[A-Za-z0-9]+)+): (.*)$/s.exec(error.message) ??
      [];
    refuse(loaded.placeOf(path), path, text);
  }
}

/** The flows of a file, or of a name that ships. */
function flowsOf(said: string | undefined): LoadedFlows {
  const names = shippedFlows();
  if (said === undefined) {
    refuse(
      "--flows",
      "",
      `found nothing; allowed is the path of a file of monthly flows, or ${
        listed(names)
      }; or --scenario with the name of a scenario`,
    );
  }
  const isName = !/[/\\]|\.(ya?ml|json)$/.test(said);
  const path = isName && names.includes(said) ? join(flowsFolder, `${said}.yaml`) : userPath(said);
  if (isName && !names.includes(said) && !existsSync(path)) {
    refuse(
      "--flows",
      "",
      `found ${said}; allowed are the path of a file, ${listed(names)}${meant(said, names)}`,
    );
  }
  const shown = isName && names.includes(said) ? `scenarios/flows/${said}.yaml` : said;
  const read = readText(path);
  if ("fault" in read) refuse(read.line > 0 ? `${shown}:${read.line}` : shown, "", read.fault);
  return readFlows(read.text, shown);
}
