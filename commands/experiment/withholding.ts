// hutong experiment withholding [SCENARIO]: does it pay to keep payments over the bridge back, whatever the other issuer does?

import { withholdingPolicies } from "#/model/clearing/withholding.ts";
import { inUnit, money } from "#/server/format.ts";
import { engineHash } from "#/sim/experiments/engine.ts";
import { cachedOpeningBook } from "#/sim/experiments/opening_cache.ts";
import { withholdingChoices, type WithholdingGame, withholdingGame } from "#/sim/experiments/withholding.ts";
import { grid } from "../finance/tell.ts";
import { several } from "../options.ts";
import { progress } from "../progress.ts";
import { chosen } from "../run.ts";
import { bounds, Verb, wholeOption } from "../verb.ts";

interface Options {
  set?: string[];
  seed?: string;
  shoppers: number;
  days: number;
  replication: number;
  json?: boolean;
  quiet?: boolean;
}

/** The `experiment withholding` command. */
export function withholdingVerb(): Verb {
  return new Verb("withholding")
    .description(
      "run every pair of ways to pay over the bridge: what each costs whom, and what neither would leave",
    )
    .argument("[scenario]", "a built-in name or the path of a scenario file", "g2-withholding")
    .option("--set <path=value>", "change one number or word of the scenario (may be repeated)", several)
    .option("--seed <text>", "the seed phrase (default: the scenario's own)")
    .addOption(wholeOption("--shoppers <n>", "simulated shoppers", { ...bounds.shoppers, otherwise: 10_000 }))
    .addOption(wholeOption("--days <d>", "days to simulate", { ...bounds.days, otherwise: 14 }))
    .addOption(
      wholeOption("--replication <r>", "which people and luck, the same for every pair", {
        from: 0,
        to: 9_999,
        otherwise: 0,
      }),
    )
    .option("--json", "print one JSON object, costs in CNY")
    .option("--quiet", "no progress on standard error")
    .addHelpText(
      "after",
      "\nEach issuer pays at once, when it has been paid, or late in the day: nine runs of the same people and luck.\n" +
        "Example: deno task hutong experiment withholding g2-withholding-tariff --shoppers 4000 --days 8",
    )
    .action((scenario: string, { replication, json, quiet, ...choice }: Options) => {
      const { supposed } = chosen(scenario, { ...choice, replication });
      const bar = progress({ quiet }), onNote = (note: string) => quiet || console.error(note);
      try {
        const openingBook = cachedOpeningBook(supposed, replication, { engine: engineHash(), onNote });
        const found = withholdingGame(supposed, replication, {
          openingBook,
          onRun: (done, of) => bar.tell(done / of, `${supposed.name}: ${done} of ${of} runs`),
        });
        console.log(
          json
            ? JSON.stringify({ scenario: supposed.name, choices: withholdingChoices, ...found })
            : inWords(supposed.name, found),
        );
      } finally {
        bar.end();
      }
    });
}

const titleOf = (choice: number) => withholdingPolicies[withholdingChoices[choice]].title;
const pairWords = ([jd, ant]: readonly [number, number]) => `JD ${titleOf(jd)} and Ant ${titleOf(ant)}`;

/** The game for people. */
export function inWords(
  scenario: string,
  { costs, delayMinutes, equilibria, fromPrompt }: WithholdingGame,
): string {
  const rows = costs.flatMap((row, jd) =>
    row.map(([first, second], ant) => [
      ...[titleOf(jd), titleOf(ant), money(first), money(second), money(first + second)],
      `${inUnit(delayMinutes[jd][ant], "minutes")} min`,
    ])
  );
  return [
    `${scenario}: what clearing costs the two issuers, by when each pays over the bridge`,
    "",
    ...grid([["JD", "Ant", "costs JD", "costs Ant", "both", "payments wait"], ...rows]),
    "",
    equilibria.length === 0
      ? "No pair of choices is one that neither leaves."
      : `Neither leaves: ${equilibria.map(pairWords).join("; or ")}.`,
    fromPrompt === null
      ? "From both paying at once, best answers go round and end nowhere."
      : `From both paying at once, best answers end where ${pairWords(fromPrompt)}.`,
  ].join("\n");
}
