// hutong experiment cells [SCENARIO]: what each opening of a project is worth, what it costs, and the order to open them in.

import { parties, type Party } from "#/model/names.ts";
import { listed, meant, refuse, ScenarioError } from "#/scenarios/complain.ts";
import { money } from "#/server/format.ts";
import { cellsPage, estimateWords } from "#/server/pages/cells.tsx";
import { openingWord, partyWord } from "#/server/words.ts";
import { type CellValues, cellValues } from "#/sim/experiments/cell_values.ts";
import { word } from "#/sim/experiments/replay.ts";
import { type RunsChoice, withRunsOptions } from "../finance/runs.ts";
import { grid } from "../finance/tell.ts";
import { filePath, namedPath, several } from "../options.ts";
import { pageFile, writePage } from "../page_file.ts";
import { progress, runsInWords } from "../progress.ts";
import { Verb, wholeOption } from "../verb.ts";
import { inOneLine } from "./sharing.ts";

interface Options extends Omit<RunsChoice, "strategic"> {
  gainOf?: string[];
  orders: number;
  discountBps: number;
  out?: string;
  json?: boolean;
}

/** The `experiment cells` command. */
export function cellsVerb(): Verb {
  const command = new Verb("cells")
    .description(
      "run every set of a project's openings: what each is worth (marginal and Shapley value), its cost, the best order",
    )
    .argument("[scenario]", "a built-in name or the path of a scenario file", "interop")
    .option(
      "--gain-of <party>",
      `a party whose gain counts: ${parties.join(", ")} (may be repeated; default: all who have to sign)`,
      several,
    )
    .addOption(
      wholeOption("--orders <n>", "orders that are drawn where there are more than four openings; even", {
        from: 4,
        to: 10_000,
        otherwise: 40,
      }),
    )
    .addOption(
      wholeOption("--discount-bps <bps>", "rate a year at which gains are discounted", {
        from: 0,
        to: 10_000,
        otherwise: 1_200,
      }),
    )
    .option("--out <file>", "also write a page of the chart and tables, one file")
    .option("--json", "print one JSON object on standard output, amounts in fen")
    .addHelpText(
      "after",
      "\nUp to four openings every set is run, beyond that those that drawn orders pass through; all by the same people and luck.\n" +
        "Example: deno task hutong experiment cells interop --years 2 --replications 3 --out cells.html",
    );
  return withRunsOptions(command, { isFinance: false }).action(async (scenario: string, options: Options) => {
    const out = pageFile(options.out);
    const found = await valued(scenario, options);
    console.log(options.json ? JSON.stringify({ scenario, ...found }) : inWords(scenario, found));
    if (out !== undefined) {
      writePage(out, cellsPage(scenario, found, { replay: saidAgain(scenario, options) }));
    }
  });
}

async function valued(scenario: string, options: Options): Promise<CellValues> {
  const { set, seed, shoppers, replications, workers, years, opensMonth, apartDays, orders, quiet } = options;
  const names = options.gainOf ?? [];
  for (const name of names) {
    if ((parties as readonly string[]).includes(name)) continue;
    refuse("--gain-of", "", `found ${name}; allowed are ${listed([...parties])}${meant(name, [...parties])}`);
  }
  if (orders % 2 !== 0) refuse("--orders", "", `found ${orders}; allowed is an even number`);
  const store = options.store === undefined
    ? undefined
    : namedPath("--store", options.store, "the path of a file");
  const bar = progress({ quiet });
  try {
    return await cellValues(filePath(scenario), {
      ...{ set, seed, shoppers, replications, workers, store, orders, apartDays },
      ...{ months: years * 12, firstMonth: opensMonth, discountRateBps: options.discountBps },
      ...(names.length === 0 ? {} : { parties: names as Party[] }),
      onRun: ({ done, total, reused }) =>
        bar.tell(total === 0 ? 1 : done / total, runsInWords({ done, total, reused })),
      onNote: (note) => quiet || console.error(note),
    });
  } catch (error) {
    if (error instanceof RangeError) {
      throw new ScenarioError([{ place: "experiment cells", path: "", text: error.message }]);
    }
    throw inOneLine(error, "experiment cells");
  } finally {
    bar.end();
  }
}

function saidAgain(scenario: string, options: Options): string {
  const { set = [], seed, shoppers, replications, years, opensMonth, apartDays, orders, gainOf = [] } =
    options;
  return [
    `deno task hutong experiment cells ${
      word(scenario)
    } --shoppers ${shoppers} --years ${years} --replications ${replications}`,
    ...(opensMonth === undefined ? [] : [`--opens-month ${opensMonth}`]),
    `--apart-days ${apartDays} --orders ${orders} --discount-bps ${options.discountBps}`,
    ...gainOf.map((party) => `--gain-of ${party}`),
    ...set.map((one) => `--set ${word(one)}`),
    ...(seed === undefined ? [] : [`--seed ${word(seed)}`]),
  ].join(" ");
}

/** The result for people. */
export function inWords(scenario: string, found: CellValues): string {
  const { cells, sets, best, worst, replications, months, isCounted, orders, apartDays, discountRateBps } =
    found;
  const order = (names: readonly string[]) => names.map(openingWord).join(", then ");
  return [
    `${scenario}: what each opening is worth to ${
      found.parties.map(partyWord).join(", ")
    } over ${months} months,`,
    `discounted at ${discountRateBps / 100} % a year, over the project with nothing open (${
      estimateWords(found.nothingOpen)
    })`,
    "",
    ...grid([
      [
        "opening",
        "Shapley value",
        "as the first",
        "as the last",
        "costs to others",
        "needs on the rail",
        "integration",
      ],
      ...cells.map(({ name, shapley, alone, last, cost, samplingErrorFen }) => [
        openingWord(name),
        estimateWords(shapley) + (isCounted ? "" : ` ± ${money(samplingErrorFen / 100)} for drawn orders`),
        estimateWords(alone),
        estimateWords(last),
        money(cost.externalFen / 100),
        money(cost.railFen / 100),
        money(cost.integrationFen / 100),
      ]),
    ]),
    "",
    ...sets.map(({ open, valueFen }) => `  ${open.map(openingWord).join(" + ")}: ${money(valueFen / 100)}`),
    "",
    cells.length === 1
      ? "one opening: there is no order to choose"
      : `best order, ${apartDays} days apart: ${order(best.order)} (${money(best.valueFen / 100)}); worst: ${
        order(worst.order)
      } (${money(worst.valueFen / 100)})`,
    `${isCounted ? "all orders counted" : `${orders} orders drawn`}, ${replications} replication${
      replications === 1 ? "" : "s"
    }${replications < 3 ? "; no intervals from fewer than 3" : "; intervals are 95 %"}`,
  ].join("\n");
}
