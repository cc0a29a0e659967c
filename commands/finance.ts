// hutong finance PLAN… --flows FILE: financing plans on given monthly flows: who pays, what is covered, what breaks first.

import process from "node:process";
import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Evaluation, planDesk } from "#/model/project/evaluate.ts";
import type { Circumstances } from "#/model/project/terms.ts";
import { listed, meant, refuse } from "#/scenarios/complain.ts";
import { type LoadedFlows, readFlows } from "#/scenarios/flows_file.ts";
import { type LoadedPlan, loadPlan, shippedPlans } from "#/scenarios/plans.ts";
import { readText } from "#/scenarios/read.ts";
import { evaluationJson, financeSummary, statementsCsv } from "./finance/tell.ts";
import { filePath, userPath } from "./options.ts";
import { Verb, wholeOption } from "./verb.ts";

const flowsFolder = fileURLToPath(new URL("../scenarios/flows/", import.meta.url));

/** The names of the flows that ship. */
export const shippedFlows = (): string[] =>
  readdirSync(flowsFolder).filter((name) => name.endsWith(".yaml")).map((name) => basename(name, ".yaml"))
    .sort();

interface Choice {
  flows?: string;
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
      "evaluate financing plans on given monthly flows: verdict, measures, owners, lenders, statements",
    )
    .argument("<plans...>", `names of plans that ship (${shippedPlans().join(", ")}), or paths of plan files`)
    .option(
      "--flows <file>",
      `monthly flows by counterparty: a file, or one that ships: ${shippedFlows().join(", ")}`,
    )
    .addOption(
      wholeOption("--revenue-percent <n>", "what varies of the revenue, as a part of the flows' own", {
        ...{ from: 0, to: 100_000, otherwise: 100 },
      }),
    )
    .addOption(
      wholeOption("--overrun-percent <n>", "how much more what is built costs", {
        from: 0,
        to: 1_000,
        otherwise: 0,
      }),
    )
    .addOption(
      wholeOption("--delay-months <n>", "how much later what is built opens", {
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
        `  deno task hutong finance ./my-plan.yaml --flows ./my-flows.yaml --csv > statements.csv`,
    );
  return command.action((names: string[], choice: Choice) => {
    if (choice.json && choice.csv) refuse("--csv", "", "found with --json; allowed is one of the two");
    const flows = flowsOf(choice.flows);
    const circumstances = {
      revenueFactor: choice.revenuePercent / 100,
      overrunBps: choice.overrunPercent * 100,
      delayMonths: choice.delayMonths,
    };
    const found = names.map((name) => evaluatedOn(loadPlan(filePath(name)), { flows, circumstances }));
    if (choice.csv) return write(statementsCsv(found));
    write(
      choice.json
        ? `${JSON.stringify({ flows: flows.title, circumstances, plans: found.map(evaluationJson) })}\n`
        : `${financeSummary(found, { flows: flows.title })}\n`,
    );
  });
}

function evaluatedOn(
  { plan, placeOf }: LoadedPlan,
  { flows: { flows }, circumstances }: { flows: LoadedFlows; circumstances: Circumstances },
): Evaluation {
  try {
    return planDesk(plan, flows).evaluate(circumstances);
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof SyntaxError)) throw error;
    // Model's messages begin with the path in the plan that they are about, where there is one.
    const [, path = "", text = error.message] = /^([a-z]+(?:\.[A-Za-z0-9]+)+): (.*)$/s.exec(error.message) ??
      [];
    refuse(placeOf(path), path, text);
  }
}

function flowsOf(said: string | undefined): LoadedFlows {
  const names = shippedFlows();
  if (said === undefined) {
    refuse(
      "--flows",
      "",
      `found nothing; allowed is the path of a file of monthly flows, or ${listed(names)}`,
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
