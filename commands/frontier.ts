// hutong frontier SCENARIO --loss-bound X: the most credit across the bridge that keeps its losses under a bound, and what binds.

import { InvalidArgumentError, Option } from "commander";
import { refuse } from "#/scenarios/complain.ts";
import { load } from "#/scenarios/load.ts";
import { counted, inFull, money } from "#/server/format.ts";
import { frontierPage, lossWords } from "#/server/pages/frontier.tsx";
import {
  type Frontier,
  frontier,
  pointWords,
  type ShareKind,
  shareKinds,
} from "#/sim/experiments/frontier.ts";
import { openCells } from "#/sim/experiments/calibrate_words.ts";
import { standingPool } from "#/sim/experiments/evaluate.ts";
import { writtenOffEarly } from "#/sim/experiments/sharing.ts";
import {
  evaluatorOf,
  inOneLine,
  type ManyOptions,
  saidAgain,
  withManyOptions,
} from "./experiment/sharing.ts";
import { filePath } from "./options.ts";
import { pageFile, writePage } from "./page_file.ts";
import { Verb, wholeOption } from "./verb.ts";

interface Options extends ManyOptions {
  lossBound: number;
  also?: number[];
  share: ShareKind;
  range: number;
  budget: number;
}

/** A rate in bps above 0, with decimals where they are said. */
function positiveBps(text: string): number {
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || !(value > 0) || value > 10_000) {
    throw new InvalidArgumentError(
      `found ${text === "" ? "nothing" : text}; allowed is a number of bps above 0, at most 10,000`,
    );
  }
  return value;
}

/** Bounds of the table beside the one that was asked for, as parts of it. */
const besides = [0.5, 0.75, 1.25, 1.5, 2];

/** The `frontier` command. */
export function frontierVerb(): Verb {
  const command = new Verb("frontier")
    .description(
      "find cut-offs and shares that lend most across the bridge under a bound on loss, and name the bound that binds",
    )
    .argument("<scenario>", "a built-in name (see `scenarios`) or the path of a scenario file")
    .requiredOption(
      "--loss-bound <bps>",
      "most net loss, in bps of the credit lent across the bridge (above 0, at most 10,000)",
      positiveBps,
    )
    .option(
      "--also <bps>",
      "a further bound for the table, in bps; may be repeated (default: 0.5, 0.75, 1.25, 1.5 and 2 times the bound)",
      (text: string, before: number[] = []) => [...before, positiveBps(text)],
    )
    .addOption(
      new Option(
        "--share <kind>",
        "what the searched share is: a part that both grant, a quota of losses, or none",
      ).choices([...shareKinds]).default("split"),
    )
    .addOption(
      wholeOption(
        "--range <points>",
        "how far each cut-off may be moved either way, in points of the score",
        {
          from: 5,
          to: 300,
          otherwise: 120,
        },
      ),
    )
    .addOption(
      wholeOption(
        "--budget <runs>",
        "most runs; the coarse design of 27 points (9 without a share) comes first",
        {
          from: 1,
          to: 100_000,
          otherwise: 180,
        },
      ),
    )
    .addHelpText(
      "after",
      `
Approvals are measured as credit lent across the bridge, CNY: what both issuers approved and settled there. Loss is what of it was
written off or stolen, less what was recovered or sold, whoever bears it. Settings whose sharing needs a licence that nobody has
are left out. A finished run is never done twice: give the command again and it goes on where it stopped.

Examples:
  deno task hutong frontier interop --loss-bound 20
  deno task hutong frontier interop --loss-bound 15 --share quota --budget 120 --out frontier.html`,
    );
  return withManyOptions(command, { shoppers: 10_000, days: 270, replications: 3 }).action(
    async (scenario: string, options: Options) => {
      const out = pageFile(options.out);
      refuseHopeless(scenario, options);
      const found = await searched(scenario, options);
      const { lossBound, share, range, budget, replications, also = [] } = options;
      const replay = `deno task hutong frontier ${scenario} --loss-bound ${lossBound} --share ${share} ` +
        `--range ${range} --budget ${budget} --replications ${replications} --shoppers ${options.shoppers} ` +
        `--days ${options.days}${also.map((bps) => ` --also ${bps}`).join("")}${saidAgain(options)}`;
      console.log(options.json ? JSON.stringify({ scenario, ...found }) : inWords(scenario, found));
      if (out !== undefined) writePage(out, frontierPage(scenario, found, { replay }));
    },
  );
}

/** The settings of every run, those of the command after those of the search. */
const settingsOf = ({ set = [] }: Options) => [...writtenOffEarly, ...set];

/** Refuses a budget that does not reach for the coarse design, and a scenario in which there is no bridge to lend across. */
function refuseHopeless(scenario: string, options: Options): void {
  const { share, budget, replications, shoppers, days, seed } = options;
  const least = (share === "none" ? 9 : 27) * replications;
  if (budget < least) {
    refuse(
      "--budget",
      "",
      `found ${inFull(budget)}; allowed is ${inFull(least)} or more: the coarse design has ${
        least / replications
      } points, and --replications is ${replications}`,
    );
  }
  const { scenario: resolved } = load(filePath(scenario), { set: settingsOf(options), shoppers, days, seed });
  if (openCells(resolved).length === 0) {
    refuse(
      "frontier",
      "",
      `found ${scenario}, where nothing is open across; allowed is a scenario that opens a cell`,
    );
  }
}

async function searched(scenario: string, options: Options): Promise<Frontier> {
  const { lossBound, share, range, budget, replications, also, shoppers, workers, quiet } = options;
  let bar: ReturnType<typeof evaluatorOf>["bar"] | undefined;
  try {
    await using pool = standingPool({
      ...{ shoppers, workers },
      onNote: (note) => quiet || console.error(note),
    });
    const told = evaluatorOf(scenario, { ...options, set: settingsOf(options) }, { foreseen: budget, pool });
    bar = told.bar;
    return await frontier(told.evaluate, {
      boundBps: lossBound,
      alsoBps: also ??
        besides.map((part) => Math.round(lossBound * part * 10) / 10).filter((bps) => bps > 0),
      shareKind: share,
      rangePoints: range,
      budget,
      replications,
    });
  } catch (error) {
    throw inOneLine(error, "frontier");
  } finally {
    bar?.end();
  }
}

/** The result for people. */
export function inWords(scenario: string, found: Frontier): string {
  const { boundBps, chosen, binding, frontier, shareKind, tried, runs, replications } = found;
  const rows = frontier.map(({ boundBps, best, binding }) => [
    String(boundBps),
    best ? money(best.jointCredit) : "none keeps it",
    best ? lossWords(best) : "",
    best ? pointWords(best, shareKind) : "",
    binding.join("; "),
  ]);
  const head = ["bound, bps", "lent across", "loss, bps", "setting", "what binds"];
  const widths = head.map((word, k) => Math.max(word.length, ...rows.map((row) => row[k].length)));
  const laid = (row: string[]) => row.map((cell, k) => cell.padEnd(widths[k])).join("  ").trimEnd();
  return [
    `${scenario}: most credit across the bridge with at most ${boundBps} bps of it lost`,
    `  ${pointWords(chosen, shareKind)}`,
    `  lent across ${money(chosen.jointCredit)}, loss ${lossWords(chosen)} bps`,
    `  what binds: ${binding.join("; ")}`,
    "",
    laid(head),
    ...rows.map(laid),
    "",
    `${counted(tried.length, "setting")}, ${counted(runs, "run")}, ${
      counted(replications, "replication")
    } each` +
    (replications < 3 ? "; no intervals from fewer than 3" : "; intervals are 95 %"),
  ].join("\n");
}
