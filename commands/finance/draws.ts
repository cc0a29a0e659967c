// `hutong finance` under draws of what may happen: options, the comparison, its page and the line that gives it again.

import type { FlowCase } from "#/model/project/compare.ts";
import { projectReport } from "#/model/project/report.ts";
import { refuse } from "#/scenarios/complain.ts";
import type { LoadedPlan } from "#/scenarios/plans.ts";
import { readUncertainties } from "#/scenarios/uncertainties.ts";
import { financePage } from "#/server/pages/finance.tsx";
import { word } from "#/sim/experiments/replay.ts";
import { filePath } from "../options.ts";
import { pageFile, writePage } from "../page_file.ts";
import { type Verb, wholeOption } from "../verb.ts";
import type { RunsChoice } from "./runs.ts";
import { reportJson, reportSummary } from "./uncertain.ts";

const usualDraws = 400;

/** How draws are asked for. */
export interface DrawsChoice {
  draws?: number;
  luck: number;
  uncertainties?: string;
  out?: string;
  json?: boolean;
  csv?: boolean;
  revenuePercent: number;
  overrunPercent: number;
  delayMonths: number;
}

/** Adds the options of draws to a command. */
export function withDrawsOptions(command: Verb): Verb {
  return command
    .addOption(
      wholeOption("--draws <n>", "evaluate under so many draws of what may happen, the same for all plans", {
        from: 2,
        to: 100_000,
        otherwise: `${usualDraws} with --out or several flows`,
      }),
    )
    .addOption(
      wholeOption("--luck <n>", "which draws: another number, other luck", {
        from: 0,
        to: 4_294_967_295,
        otherwise: 1,
      }),
    )
    .option("--uncertainties <file>", "what may happen (default: scenarios/uncertainties.yaml)")
    .option("--out <file>", "write a page of charts and tables, one file") as Verb;
}

/** What may happen, and the page that is asked for: both tried before anything long begins. */
export interface DrawsTerms {
  page: string | undefined;
  uncertain: ReturnType<typeof readUncertainties>;
}

/** Reads what draws need; refuses what does not go with them. Errors: `ScenarioError` for files that cannot be used. */
export function drawsTerms(choice: DrawsChoice): DrawsTerms {
  for (const [name, usual] of [["revenuePercent", 100], ["overrunPercent", 0], ["delayMonths", 0]] as const) {
    if (choice[name] === usual) continue;
    const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    refuse(`--${flag}`, "", `found ${choice[name]} with draws; allowed without, as draws move it themselves`);
  }
  if (choice.csv) {
    refuse("--csv", "", "found with draws; allowed without, as statements are of a plan as given");
  }
  const uncertain = readUncertainties(
    choice.uncertainties === undefined ? undefined : filePath(choice.uncertainties),
  );
  return { page: pageFile(choice.out), uncertain };
}

/** Plans × cases under draws: says what came of them, as text or as JSON, then writes the page where one is asked for. */
export function underDraws(
  plans: readonly LoadedPlan[],
  cases: readonly FlowCase[],
  { choice, page, uncertain: { uncertainties, pilot }, replay, write }: DrawsTerms & {
    choice: DrawsChoice;
    replay: string;
    write: (text: string) => void;
  },
): void {
  const report = projectReport(plans.map(({ plan }) => plan), cases, {
    uncertainties,
    pilot: { costFen: pilot.costFen.base, months: pilot.months.base },
    draws: choice.draws ?? usualDraws,
    seed: [choice.luck, 0],
  });
  write(
    choice.json ? `${JSON.stringify({ ...reportJson(report), replay })}\n` : `${reportSummary(report)}\n`,
  );
  if (page !== undefined) writePage(page, financePage(report, { replay }));
}

/** The command that gives a comparison again. */
export function saidAgain(
  names: readonly string[],
  { flows = [], scenario = [], ...choice }: DrawsChoice & RunsChoice & {
    flows?: readonly string[];
    scenario?: readonly string[];
  },
): string {
  const { uncertainties, draws = usualDraws, luck, opensMonth, set = [], seed } = choice;
  const said = (flag: string, value: string | number | undefined) =>
    value === undefined ? [] : [flag, word(String(value))];
  const ofRuns = scenario.length === 0 ? [] : [
    ...set.flatMap((one) => said("--set", one)),
    ...said("--seed", seed),
    ...said("--shoppers", choice.shoppers),
    ...said("--years", choice.years),
    ...said("--replications", choice.replications),
    ...said("--opens-month", opensMonth),
    ...said("--apart-days", choice.apartDays),
  ];
  return [
    "deno task hutong finance",
    ...names.map(word),
    ...flows.flatMap((one) => said("--flows", one)),
    ...scenario.flatMap((one) => said("--scenario", one)),
    ...ofRuns,
    ...said("--uncertainties", uncertainties),
    ...said("--draws", draws),
    ...said("--luck", luck),
  ].join(" ");
}
