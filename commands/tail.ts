// hutong experiment tail [SCENARIO]: the agents' own yearly losses over replications, beside the formulas of portfolio loss.

import { join } from "node:path";
import { refuse } from "#/scenarios/complain.ts";
import { load } from "#/scenarios/load.ts";
import { draw } from "#/server/charts/draw.ts";
import { tailCurves } from "#/server/charts/experiments/tail.ts";
import { inFull, share } from "#/server/format.ts";
import { engineHash } from "#/sim/experiments/engine.ts";
import { cachedOpeningBook } from "#/sim/experiments/opening_cache.ts";
import { type LossYear, lossYear, severityOf, type Tail, tailFrom } from "#/sim/experiments/tail.ts";
import { outcomeNames } from "#/sim/outcome_names.ts";
import { run } from "#/sim/run.ts";
import { lineCount, principalFen } from "#/sim/tables/lines.ts";
import type { World } from "#/sim/world.ts";
import { filePath, namedPath, several, writableFolder } from "./options.ts";
import { writeFile } from "./page_file.ts";
import { progress } from "./progress.ts";
import { bounds, Verb, wholeOption } from "./verb.ts";

interface Options {
  replications: number;
  shoppers: number;
  days: number;
  spread: number;
  seed?: string;
  set?: string[];
  out?: string;
  json?: boolean;
  quiet?: boolean;
}

const issuers = ["jd", "ant"] as const;

/** The `experiment tail` command. */
export function tailVerb(): Verb {
  return new Verb("tail")
    .description(
      "the agents' own yearly losses over replications beside Vasicek, CreditRisk+ and a finite pool",
    )
    .argument("[scenario]", "a built-in name or the path of a scenario file", "baseline")
    .addOption(
      wholeOption("--replications <r>", "simulated years, each with other people and luck", {
        from: 3,
        to: 10_000,
        otherwise: 50,
      }),
    )
    .addOption(wholeOption("--shoppers <n>", "simulated shoppers", { ...bounds.shoppers, otherwise: 5_000 }))
    .addOption(wholeOption("--days <d>", "days of each simulated year", { ...bounds.days, otherwise: 365 }))
    .addOption(
      wholeOption(
        "--spread <bps>",
        "how hard times are differs between years: one standard deviation of macro.severityBps",
        {
          from: 0,
          to: 50_000,
          otherwise: 10_000,
        },
      ),
    )
    .option("--seed <text>", "the seed phrase (default: the scenario's own)")
    .option("--set <path=value>", "change one number or word of the scenario (may be repeated)", several)
    .option("--out <dir>", "also write tail.json and a picture of each lender into a folder")
    .option("--json", "print one JSON object")
    .option("--quiet", "no progress on standard error")
    .addHelpText(
      "after",
      "\nExample: deno task hutong experiment tail baseline --replications 20 --shoppers 2000 --out out/",
    )
    .action((scenario: string, options: Options) => {
      const folder = options.out === undefined
        ? undefined
        : writableFolder("--out", namedPath("--out", options.out, "the path of a folder"));
      const tails = simulate(scenario, options);
      console.log(options.json ? JSON.stringify({ scenario, tails }) : tails.map(inWords).join("\n\n"));
      if (folder) {
        writeFile("--out", join(folder, "tail.json"), JSON.stringify({ scenario, tails }));
        for (const tail of tails) {
          const drawn = draw(tailCurves(tail), { id: `tail-${tail.issuer}` });
          if ("svg" in drawn) writeFile("--out", join(folder, `tail-${tail.issuer}.svg`), drawn.svg);
        }
      }
    });
}

/** Runs the years, each with times of its own, and reads both lenders. */
function simulate(
  scenario: string,
  { replications, shoppers, days, spread, seed, set = [], quiet }: Options,
): Tail[] {
  const bar = progress({ quiet }), engine = engineHash();
  const years: LossYear[][] = issuers.map(() => []);
  const asked = { shoppers, days, seed, outcomes: outcomeNames };
  const { scenario: { macro } } = load(filePath(scenario), { ...asked, set });
  for (let r = 0; r < replications; r++) {
    const tell = (share: number) =>
      bar.tell((r + share) / replications, `${scenario}: ${r + 1} of ${replications} years`);
    tell(0);
    const severityBps = severityOf(r, { baseBps: macro.severityBps, spreadBps: spread });
    const { name, scenario: resolved, history } = load(filePath(scenario), {
      ...asked,
      set: [...set, `macro.severityBps=${severityBps}`],
    });
    const supposed = { name, scenario: resolved, history };
    let shares: Float64Array[] = [];
    const result = run(supposed, r, {
      engine,
      openingBook: cachedOpeningBook(supposed, r, { engine }),
      onDay: (day, all) => tell((day + 1) / all),
      inspect: (world, day) => {
        if (day === 0) shares = issuers.map((_, k) => sharesOf(world, k));
      },
    });
    for (const [k, issuer] of issuers.entries()) years[k].push(lossYear(result, issuer, shares[k]));
  }
  bar.end();
  return issuers.map((issuer, k) => {
    try {
      return tailFrom(issuer, years[k]);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      refuse(
        "experiment tail",
        "",
        `${issuer}: ${error.message}; more shoppers, days or replications show more losses`,
      );
    }
  });
}

/** Each borrower's part of a lender's balance. */
function sharesOf({ lines }: World, product: number): Float64Array {
  const owed: number[] = [];
  for (let line = product; line < lines.count; line += lineCount) {
    const fen = principalFen(lines, line);
    if (fen > 0) owed.push(fen);
  }
  const sum = owed.reduce((all, fen) => all + fen, 0);
  return Float64Array.from(owed, (fen) => fen / sum);
}

/** The result for people. */
export function inWords({ issuer, years, expectedLoss, fitted, rows, shortfall }: Tail): string {
  const cell = (value: number) => share(value).padStart(12);
  return [
    `${issuer}: ${inFull(years)} years; lost a year ${
      share(expectedLoss)
    } of the balance, standard deviation ${share(fitted.lossStd)}, of which chance ${
      share(fitted.chanceStd)
    }.`,
    `Fitted: pd ${share(fitted.pd)}, lgd ${share(fitted.lgd)}, correlation ${
      fitted.correlation.toFixed(4)
    }, as spread as ${inFull(Math.round(fitted.borrowers))} equal borrowers.`,
    `${"not exceeded with".padEnd(20)}${
      ["agents", "Vasicek", "CreditRisk+", "finite pool"].map((it) => it.padStart(12)).join("")
    }`,
    ...rows.map((row) =>
      `${`${+(100 * row.probability).toFixed(1)} %`.padEnd(20)}${cell(row.agents)}${cell(row.asrf)}${
        cell(row.creditRiskPlus)
      }${cell(row.finitePool)}${row.isObserved ? "" : "  (agents: the worst year there is)"}`
    ),
    `Mean of the worst 5 %: agents ${share(shortfall.agents)}, finite pool ${share(shortfall.finitePool)}.`,
  ].join("\n");
}
