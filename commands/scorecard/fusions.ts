// hutong scorecard fusions: what joining the two issuers' knowledge is worth, on people on whom nothing was fitted.

import { type FusionName, fusions } from "#/model/scoring/fusion/registry.ts";
import { refuse } from "#/scenarios/complain.ts";
import { load } from "#/scenarios/load.ts";
import { type FusionGain, type FusionGains, fusionGains } from "#/sim/experiments/fusion_gains.ts";
import { outcomeNames } from "#/sim/outcome_names.ts";
import { filePath, several } from "../options.ts";
import { progress } from "../progress.ts";
import { Verb } from "../verb.ts";
import { grid } from "./summary.ts";

interface Choice {
  set?: string[];
  seed?: string;
  fusion?: string[];
  json?: boolean;
  quiet?: boolean;
}

/** Adds the `fusions` use to the `scorecard` command. */
export function withFusions(command: Verb, write: (text: string) => void): void {
  command.command("fusions")
    .description("measure what each fusion of the issuers' scores is worth, in pairs with each issuer alone")
    .argument("[scenario]", "a built-in name (see `scenarios`) or the path of a scenario file", "interop")
    .option("--set <path=value>", "change one number or word of the scenario (may be repeated)", several)
    .option("--seed <text>", "the seed phrase (default: the scenario's own)")
    .option(
      "--fusion <name>",
      `one of ${Object.keys(fusions).join(", ")}; may be repeated (default: all)`,
      several,
    )
    .option("--json", "print one JSON object on standard output")
    .option("--quiet", "no progress on standard error")
    .addHelpText(
      "after",
      "\nScores are fitted on a training population in the closed world and measured on other people.\n" +
        "Examples:\n  deno task hutong scorecard fusions\n" +
        "  deno task hutong scorecard fusions interop --fusion stacked --set scoring.personalFeatures=true --json",
    )
    .action((scenario: string, { set = [], seed, fusion, json, quiet }: Choice) => {
      const unknown = fusion?.find((name) => !Object.hasOwn(fusions, name));
      if (unknown !== undefined) {
        refuse("--fusion", "", `found ${unknown}; allowed are ${Object.keys(fusions).join(", ")}`);
      }
      const supposed = load(filePath(scenario), { set, seed, outcomes: outcomeNames });
      write(`${told(watched(supposed, { names: fusion as FusionName[], quiet }), json)}\n`);
    });
}

/** Two populations are watched one after the other. */
function watched(
  supposed: ReturnType<typeof load>,
  { names, quiet }: { names?: FusionName[]; quiet?: boolean },
): FusionGains {
  const bar = progress({ quiet });
  let population = 0, last = Infinity;
  try {
    return fusionGains(supposed, {
      names,
      onDay: (day, days) => {
        if (day < last) population++;
        last = day;
        const past = day + days + 1;
        bar.tell(
          (population - 1 + past / days) / 2,
          `population ${population} of 2: ${past} of ${days} days`,
        );
      },
    });
  } catch (error) {
    if (error instanceof RangeError) refuse(supposed.name, "", error.message);
    throw error;
  } finally {
    bar.end();
  }
}

const digits = (value: number, places = 3) => value.toFixed(places);
const points = (value: number) => `${value >= 0 ? "+" : "−"}${Math.abs(value * 100).toFixed(2)}`;
const around = ({ low, high }: { low: number; high: number }) => `[${points(low)}, ${points(high)}]`;

function told(found: FusionGains, json = false): string {
  if (json) return JSON.stringify(found);
  const rows = found.fusions.map((one: FusionGain) => [
    one.product,
    one.fusion,
    `${digits(one.auc.auc)} [${digits(one.auc.low)}, ${digits(one.auc.high)}]`,
    `${points(one.gains.auc.difference)} ${around(one.gains.auc)}`,
    `${points(one.gains.approval.value)} ${around(one.gains.approval)}`,
    `${points(one.gains.badRate.value)} ${around(one.gains.badRate)}`,
    `${points(one.gains.lossShare.value)} ${around(one.gains.lossShare)}`,
    digits(one.ks),
    digits(one.brier, 4),
    digits(one.stability, 4),
  ]);
  const marks = [...new Set(found.fusions.map(({ mark }) => mark).filter((mark) => mark !== ""))];
  return [
    `${found.scenario}: scores fitted on one population, measured on another; gains are in percentage points against the ` +
    `issuer alone, at the ${(found.approvalRate * 100).toFixed(1)} % that it approves, with 95 % intervals`,
    "",
    ...grid([
      [
        "product",
        "fusion",
        "AUC",
        "gain in AUC",
        "approved at its bad rate",
        "bad at its approval",
        "lost debt",
        "KS",
        "Brier",
        "PSI",
      ],
      ...rows,
    ]),
    "",
    "what the score loses in AUC when one owner's data are shuffled:",
    ...found.fusions.map(({ product, fusion, withoutOwner }) =>
      `  ${product} ${fusion}: ${
        withoutOwner.map(({ owner, auc }) => `${owner} ${points(-auc.difference)}`).join(", ")
      }`
    ),
    "",
    "AUC by age and by tier of city:",
    ...found.fusions.map(({ product, fusion, byAge, byTier }) =>
      `  ${product} ${fusion}: ${
        [...byAge, ...byTier].map(({ group, auc }) => `${group} ${auc === null ? "-" : digits(auc)}`).join(
          ", ",
        )
      }`
    ),
    ...found.fusions.flatMap(({ product, fusion, fairness }) =>
      fairness.length === 0 ? [] : [
        "",
        `fairness of ${product} ${fusion}, approval by age: ${
          fairness.map(({ group, approvalRate, ratioToBest, isBelowFourFifths }) =>
            `${group} ${(approvalRate * 100).toFixed(1)} % (${digits(ratioToBest, 2)} of the best${
              isBelowFourFifths ? ", below four fifths" : ""
            })`
          ).join(", ")
        }`,
      ]
    ),
    ...(marks.length > 0 ? ["", "mind the law:", ...marks.map((mark) => `  ${mark}`)] : []),
  ].join("\n");
}
