// hutong experiment: what a first credit line does to purchases, beside what is published; and what sharing rules do.

import { Option } from "commander";
import { type Product, products } from "#/model/names.ts";
import { engineHash } from "#/sim/experiments/engine.ts";
import {
  introduce,
  type IntroductionResult,
  introductionSettings,
  type Measure,
  measures,
  type Uplift,
} from "#/sim/experiments/introduction.ts";
import { cachedOpeningBook } from "#/sim/experiments/opening_cache.ts";
import { inFull, share } from "#/server/format.ts";
import { cellsVerb } from "./experiment/cells.ts";
import { eventsVerb } from "./experiment/events.ts";
import { sharingVerb } from "./experiment/sharing.ts";
import { withholdingVerb } from "./experiment/withholding.ts";
import { several } from "./options.ts";
import { progress } from "./progress.ts";
import { chosen } from "./run.ts";
import { tailVerb } from "./tail.ts";
import { bounds, Verb, wholeOption } from "./verb.ts";

interface Options {
  set?: string[];
  seed?: string;
  shoppers: number;
  days: number;
  replications: number;
  product: Product;
  json?: boolean;
  quiet?: boolean;
}

/** The `experiment` command and its experiments. */
export function experimentCommand(): Verb {
  const command = new Verb("experiment").description("experiments that ask one question of a scenario");
  command.addCommand(introductionVerb());
  command.addCommand(sharingVerb());
  command.addCommand(cellsVerb());
  command.addCommand(eventsVerb());
  command.addCommand(tailVerb());
  command.addCommand(withholdingVerb());
  command.addHelpText("after", "\nExample: deno task hutong experiment introduction");
  return command;
}

/** The `experiment introduction` command. */
function introductionVerb(): Verb {
  return new Verb("introduction")
    .description(
      "give people their first credit line by a coin and compare what they buy with who had to wait",
    )
    .argument("[scenario]", "a built-in name or the path of a scenario file", "baseline")
    .addOption(new Option("--product <name>", "the line").choices([...products]).default("baitiao"))
    .option("--set <path=value>", "change one number or word of the scenario (may be repeated)", several)
    .option("--seed <text>", "the seed phrase (default: the scenario's own)")
    .addOption(wholeOption("--shoppers <n>", "simulated shoppers", { ...bounds.shoppers, otherwise: 20_000 }))
    .addOption(
      wholeOption("--days <d>", "days, half of them before the introduction", {
        ...bounds.days,
        from: 2,
        otherwise: 364,
      }),
    )
    .addOption(
      wholeOption("--replications <r>", "other people, other luck; all are read together", {
        from: 1,
        to: 100,
        otherwise: 1,
      }),
    )
    .option("--json", "print one JSON object")
    .option("--quiet", "no progress on standard error")
    .addHelpText(
      "after",
      "\nExample: deno task hutong experiment introduction baseline --product huabei --shoppers 5000",
    )
    .action((scenario: string, options: Options) => {
      const { shoppers, days, seed, replications, product, json, quiet } = options;
      const set = [...options.set ?? [], ...introductionSettings];
      const { supposed } = chosen(scenario, { set, seed, shoppers, days, replication: 0 });
      const bar = progress({ quiet });
      const engine = engineHash();
      const result = introduce(supposed, {
        product,
        replications,
        openingBookOf: (replication) => cachedOpeningBook(supposed, replication, { engine }),
        onDay: (day, days) => bar.tell((day + 1) / days, `${supposed.name}: ${day + 1} of ${days} days`),
      });
      bar.end();
      console.log(
        json ? JSON.stringify({ scenario: supposed.name, ...result }) : inWords(supposed.name, result),
      );
    });
}

const measureWords: Record<Measure, string> = {
  purchases: "purchases at shops that take it",
  orderSize: "money a purchase there",
  amount: "money spent there",
  purchasesAnywhere: "purchases at all shops",
  amountAnywhere: "money spent at all shops",
};

/** The result for people. */
export function inWords(scenario: string, result: IntroductionResult): string {
  const { product, treated, control, beforeDays, afterDays, fieldUplift, pairedUplift, published } = result;
  const shown = ({ estimate, low, high }: Uplift) => `${share(estimate)} (${share(low)} to ${share(high)})`;
  const text = [
    `A first line (${product}) in ${scenario}: ${inFull(treated)} people got it after ${beforeDays} days, ${
      inFull(control)
    } had to wait; ` +
    `${afterDays} days followed.`,
    "Intervals are 95 %, bootstrapped over people.",
    "",
    `${"".padEnd(34)}${"as a field experiment sees it".padEnd(34)}the same people without it`,
  ];
  for (const measure of measures) {
    text.push(
      measureWords[measure].padEnd(34) + shown(fieldUplift[measure]).padEnd(34) +
        shown(pairedUplift[measure]),
    );
  }
  text.push("");
  for (const { measure, published: uplift, source, isWithin, gap } of published) {
    const where = isWithin ? "within the field interval" : "outside the field interval";
    text.push(
      `Published: ${measureWords[measure]} +${share(uplift)}, ${where}; the paired estimate is ${
        (100 * Math.abs(gap)).toFixed(1)
      } points ${gap < 0 ? "below" : "above"} (${source}).`,
    );
  }
  return text.join("\n");
}
