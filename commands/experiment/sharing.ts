// hutong experiment sharing [SCENARIO]: what each sharing rule does to approvals, losses and the wish to be careful.

import { ScenarioError } from "#/scenarios/complain.ts";
import { counted, money, share } from "#/server/format.ts";
import { estimateWords, sharingPage } from "#/server/pages/sharing.tsx";
import { partyWord } from "#/server/words.ts";
import { evaluator } from "#/sim/experiments/evaluate.ts";
import type { StandingPool } from "#/sim/experiments/standing_pool.ts";
import { MemoryError } from "#/sim/experiments/memory.ts";
import {
  gainWord,
  sharingExperiment,
  type SharingResult,
  sharingSettings,
} from "#/sim/experiments/sharing.ts";
import { word } from "#/sim/experiments/replay.ts";
import { StoreError, storeFile } from "#/sim/experiments/store.ts";
import { filePath, namedPath, several } from "../options.ts";
import { pageFile, writePage } from "../page_file.ts";
import { progress, runsInWords } from "../progress.ts";
import { bounds, Verb, wholeOption } from "../verb.ts";

/** Options of every command that evaluates many settings of a scenario. */
export interface ManyOptions {
  set?: string[];
  seed?: string;
  shoppers: number;
  days: number;
  replications: number;
  workers?: number;
  store?: string;
  out?: string;
  json?: boolean;
  quiet?: boolean;
}

/** Adds those options. */
export function withManyOptions(
  command: Verb,
  { shoppers, days, replications, runs = "how often each setting is run; intervals from 3 on" }: {
    shoppers: number;
    days: number;
    replications: number;
    /** What the number of replications says. */
    runs?: string;
  },
): Verb {
  return command
    .option("--set <path=value>", "change one number or word of the scenario (may be repeated)", several)
    .option("--seed <text>", "the seed phrase (default: the scenario's own)")
    .addOption(
      wholeOption("--shoppers <n>", "simulated shoppers", { ...bounds.shoppers, otherwise: shoppers }),
    )
    .addOption(wholeOption("--days <d>", "days to simulate", { ...bounds.days, otherwise: days }))
    .addOption(
      wholeOption("--replications <r>", runs, {
        from: 1,
        to: 1_000,
        otherwise: replications,
      }),
    )
    .addOption(wholeOption("--workers <n>", "worker threads", { from: 1, to: 256, otherwise: "one a core" }))
    .option(
      "--store <path>",
      `the SQLite file of results; what is in it is not run again (default: ${storeFile})`,
    )
    .option("--out <file>", "also write a page of charts and tables, one file")
    .option("--json", "print one JSON object on standard output")
    .option("--quiet", "no progress on standard error") as Verb;
}

/** What an evaluator needs of those options, and a bar; `size` says how many runs are foreseen. */
export function evaluatorOf(
  scenario: string,
  options: ManyOptions,
  told: { foreseen?: number; pool?: StandingPool } = {},
) {
  const bar = progress({ quiet: options.quiet });
  const store = options.store === undefined
    ? undefined
    : namedPath("--store", options.store, "the path of a file");
  const evaluate = evaluator(filePath(scenario), {
    ...options,
    ...{ store, pool: told.pool },
    onRun: ({ done, total, reused }) => {
      const all = Math.max(total, told.foreseen ?? 0);
      bar.tell(all === 0 ? 1 : done / all, runsInWords({ done, total: all, reused }));
    },
    onNote: (note) => options.quiet || console.error(note),
  });
  return { evaluate, bar };
}

/** The settings and the seed of a command, as they were typed. */
export const saidAgain = ({ set = [], seed }: Pick<ManyOptions, "set" | "seed">): string =>
  [...set.map((one) => ` --set ${word(one)}`), ...(seed === undefined ? [] : [` --seed ${word(seed)}`])].join(
    "",
  );

/** Trouble with the store or the memory, in one line. */
export function inOneLine(error: unknown, what: string): unknown {
  if (!(error instanceof StoreError || error instanceof MemoryError)) return error;
  const [place, text] = error instanceof StoreError
    ? ["--store", `found ${error.message}`]
    : [what, error.message];
  return new ScenarioError([{ place, path: "", text }]);
}

/** The `experiment sharing` command. */
export function sharingVerb(): Verb {
  const command = new Verb("sharing")
    .description("compare the rules that share losses: approvals, losses, and who gains by being careless")
    .argument("[scenario]", "a built-in name or the path of a scenario file", "interop")
    .addOption(
      wholeOption("--step <points>", "how far an issuer's cut-off is lowered, in points of the score", {
        from: 1,
        to: 300,
        otherwise: 40,
      }),
    )
    .option("--everywhere", "lower the cut-off at home, too, not only across the bridge")
    .addHelpText(
      "after",
      "\nEach rule is run as it is, with JD less careful and with Ant less careful; differences are paired.\n" +
        "Example: deno task hutong experiment sharing interop --replications 5 --out sharing.html",
    );
  return withManyOptions(command, { shoppers: 10_000, days: 270, replications: 5 }).action(
    async (scenario: string, options: ManyOptions & { step: number; everywhere?: boolean }) => {
      const out = pageFile(options.out);
      const set = [...sharingSettings, ...options.set ?? []];
      const { evaluate, bar } = evaluatorOf(scenario, { ...options, set });
      let result: SharingResult;
      try {
        result = await sharingExperiment(evaluate, {
          stepPoints: options.step,
          everywhere: options.everywhere,
        });
      } catch (error) {
        throw inOneLine(error, "experiment sharing");
      } finally {
        bar.end();
      }
      const { step, shoppers, days, replications } = options;
      const replay =
        `deno task hutong experiment sharing ${scenario} --step ${step} --shoppers ${shoppers} ` +
        `--days ${days} --replications ${replications}${options.everywhere ? " --everywhere" : ""}` +
        saidAgain(options);
      console.log(options.json ? JSON.stringify({ scenario, ...result }) : inWords(scenario, result));
      if (out !== undefined) writePage(out, sharingPage(scenario, result, { replay }));
    },
  );
}

/** The result for people. */
export function inWords(
  scenario: string,
  { rules, stepPoints, everywhere, replications }: SharingResult,
): string {
  const text = [
    `Sharing rules in ${scenario}: ${
      counted(replications, "replication")
    }, the same people and luck under each rule.`,
    (replications < 3 ? "No intervals from fewer than 3 replications. " : "Intervals are 95 %. ") +
    "Gains or loses: the whole interval lies on one side of nothing; open: it does not, or there is none.",
  ];
  for (const { rule, title, terms, lossBps, unlawful, effects } of rules) {
    text.push("", `${rule}: ${title} (${terms}); joint loss ${lossBps.toFixed(1)} bps of joint credit`);
    if (unlawful > 0) text.push(`  NOT LAWFUL: credit enhancement without a licence, ${money(unlawful)}`);
    for (const { issuer, approvalAcross, approvalChange, lossBy, lossChange, careless } of effects) {
      const { own, beyondReference, partner, jointLoss } = careless;
      text.push(
        `  ${partyWord(issuer).padEnd(5)} approves ${share(approvalAcross)} across (change ${
          estimateWords(approvalChange, "share")
        }), bears ${money(lossBy)} (change ${estimateWords(lossChange, "CNY")})`,
        `        ${stepPoints} points less careful ${everywhere ? "everywhere" : "across"}: own result ${
          estimateWords(own, "CNY")
        }, ${gainWord(own)}${
          beyondReference ? `; beyond today's rule ${estimateWords(beyondReference, "CNY")}` : ""
        }; partner ${estimateWords(partner, "CNY")}; joint losses ${estimateWords(jointLoss, "CNY")}`,
      );
    }
  }
  return text.join("\n");
}
