// hutong finance PLAN… --flows FILE: financing plans on given monthly flows: who pays, what is covered, what breaks first.

import process from "node:process";
import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FlowCase } from "#/model/project/compare.ts";
import { planDesk } from "#/model/project/evaluate.ts";
import { projectReport } from "#/model/project/report.ts";
import { listed, meant, refuse } from "#/scenarios/complain.ts";
import { type LoadedFlows, readFlows } from "#/scenarios/flows_file.ts";
import { type LoadedPlan, loadPlan, shippedPlans } from "#/scenarios/plans.ts";
import { readText } from "#/scenarios/read.ts";
import { readUncertainties } from "#/scenarios/uncertainties.ts";
import { financePage } from "#/server/pages/finance.tsx";
import { word } from "#/sim/experiments/replay.ts";
import { evaluationJson, financeSummary, statementsCsv } from "./finance/tell.ts";
import { reportJson, reportSummary } from "./finance/uncertain.ts";
import { filePath, several, userPath } from "./options.ts";
import { pageFile, writePage } from "./page_file.ts";
import { Verb, wholeOption } from "./verb.ts";

const flowsFolder = fileURLToPath(new URL("../scenarios/flows/", import.meta.url));

/** The names of the flows that ship. */
export const shippedFlows = (): string[] =>
  readdirSync(flowsFolder).filter((name) => name.endsWith(".yaml")).map((name) => basename(name, ".yaml"))
    .sort();

const usualDraws = 400;

interface Choice {
  flows?: string[];
  draws?: number;
  luck: number;
  uncertainties?: string;
  out?: string;
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
      `monthly flows by counterparty: a file, or one that ships: ${shippedFlows().join(", ")}; ` +
        "may be repeated, a case each",
      several,
    )
    .addOption(
      wholeOption("--draws <n>", "evaluate under so many draws of what may happen, the same for all plans", {
        from: 2,
        to: 100_000,
        otherwise: `${usualDraws} with --out or several flows`,
      }),
    )
    .addOption(wholeOption("--luck <n>", "which draws", { from: 0, to: 4_294_967_295, otherwise: 1 }))
    .option("--uncertainties <file>", "what may happen (default: scenarios/uncertainties.yaml)")
    .option("--out <file>", "write a page of charts and tables, one file")
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
        `  deno task hutong finance articles sculpted minimal-pilot --flows example --draws 400 --out finance.html\n` +
        `  deno task hutong finance ./my-plan.yaml --flows ./my-flows.yaml --csv > statements.csv`,
    );
  return command.action((names: string[], choice: Choice) => {
    if (choice.json && choice.csv) refuse("--csv", "", "found with --json; allowed is one of the two");
    const cases = casesOf(choice.flows);
    if (choice.draws !== undefined || choice.out !== undefined || cases.length > 1) {
      return compare(names, { cases, choice, write });
    }
    const [{ title, replications: [flows] }] = cases;
    const circumstances = {
      revenueFactor: choice.revenuePercent / 100,
      overrunBps: choice.overrunPercent * 100,
      delayMonths: choice.delayMonths,
    };
    const found = names.map((name) =>
      atPlan(loadPlan(filePath(name)), ({ plan }) => planDesk(plan, flows).evaluate(circumstances))
    );
    if (choice.csv) return write(statementsCsv(found));
    write(
      choice.json
        ? `${JSON.stringify({ flows: title, circumstances, plans: found.map(evaluationJson) })}\n`
        : `${financeSummary(found, { flows: title })}\n`,
    );
  });
}

/** Plans under draws of what may happen. */
function compare(
  names: readonly string[],
  { cases, choice, write }: { cases: FlowCase[]; choice: Choice; write: (text: string) => void },
): void {
  for (const [name, usual] of [["revenuePercent", 100], ["overrunPercent", 0], ["delayMonths", 0]] as const) {
    if (choice[name] === usual) continue;
    const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    refuse(`--${flag}`, "", `found ${choice[name]} with draws; allowed without, as draws move it themselves`);
  }
  if (choice.csv) {
    refuse("--csv", "", "found with draws; allowed without, as statements are of a plan as given");
  }
  const out = pageFile(choice.out), draws = choice.draws ?? usualDraws;
  const { uncertainties, pilot } = readUncertainties(
    choice.uncertainties === undefined ? undefined : filePath(choice.uncertainties),
  );
  const loaded = names.map((name) => loadPlan(filePath(name)));
  for (const one of loaded) {
    for (const { replications } of cases) atPlan(one, ({ plan }) => planDesk(plan, replications[0]));
  }
  const report = projectReport(loaded.map(({ plan }) => plan), cases, {
    uncertainties,
    pilot: { costFen: pilot.costFen.base, months: pilot.months.base },
    draws,
    seed: [choice.luck, 0],
  });
  const replay = [
    "deno task hutong finance",
    ...names.map(word),
    ...choice.flows!.flatMap((said) => ["--flows", word(said)]),
    ...(choice.uncertainties === undefined ? [] : ["--uncertainties", word(choice.uncertainties)]),
    ...["--draws", String(draws), "--luck", String(choice.luck)],
  ].join(" ");
  if (out !== undefined) writePage(out, financePage(report, { replay }));
  write(
    choice.json ? `${JSON.stringify({ ...reportJson(report), replay })}\n` : `${reportSummary(report)}\n`,
  );
}

/** The cases that the flows name, a replication each. */
function casesOf(said: readonly string[] | undefined): FlowCase[] {
  return (said ?? [undefined]).map((one) => {
    const { title, flows } = flowsOf(one);
    return { name: basename(one!).replace(/\.(ya?ml|json)$/, ""), title, replications: [flows] };
  });
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
