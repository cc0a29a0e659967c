// hutong deal FILE: an ABS deal from its file, run to its end: flows of tranches, rates, lives, triggers, break-even defaults.

import process from "node:process";
import { z } from "zod";
import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { breakEvenDefaultRates, trancheMeasures } from "#/model/funding/deal/measures.ts";
import { readableNames } from "#/model/funding/deal/names.ts";
import { readDeal, type ReadyDeal, runDeal } from "#/model/funding/deal/run.ts";
import { dealSchema, stepSchema } from "#/model/funding/deal/terms.ts";
import { listed, meant, refuse, ScenarioError } from "#/scenarios/complain.ts";
import { explain } from "#/scenarios/explain.ts";
import { parse } from "#/scenarios/parse.ts";
import { readText } from "#/scenarios/read.ts";
import type { Shape } from "#/scenarios/shape.ts";
import { originOf, placeOf, plain, type Tree } from "#/scenarios/tree.ts";
import { dealCsv, dealJson, dealSummary } from "./deal/tell.ts";
import type { FundingTables, RunResult } from "#/sim/result.ts";
import { namedPath, userPath } from "./options.ts";
import { Verb } from "./verb.ts";

/** Where the deals that ship lie. */
export const dealsFolder = join(dirname(fileURLToPath(import.meta.url)), "..", "scenarios", "deals");

/** The names of the deals that ship. */
export const shippedDeals = (): string[] =>
  readdirSync(dealsFolder).filter((name) => name.endsWith(".yaml")).map((name) => basename(name, ".yaml"))
    .sort();

/**
 * The `deal` command.
 *
 * Shapes: `write` takes text for standard output. Errors: its action throws `ScenarioError` (exit code 2, one line) with
 * file, line and place for a file that is no deal, and with the trigger or formula and the date where one cannot be
 * evaluated.
 */
export function dealVerb(write: (text: string) => void = (text) => void process.stdout.write(text)): Verb {
  const command = new Verb("deal")
    .description("run an ABS deal from its file: who is paid what and when, and how many defaults it bears")
    .argument(
      "<file>",
      `the path of a deal file, or the name of one that ships: ${shippedDeals().join(", ")}`,
    )
    .option("--pool <file>", "a run's result.json: the deal gets the flows of the pool of one of its trusts")
    .option("--trust <name>", "which trust of the run (default: its first)")
    .option("--json", "print one JSON object with every flow, amounts in whole fen")
    .option("--csv", "print a line a tranche and payment date, amounts in CNY")
    .addHelpText("after", about());
  return command.action(
    (file: string, options: { json?: boolean; csv?: boolean; pool?: string; trust?: string }) => {
      if (options.json && options.csv) refuse("--csv", "", "found with --json; allowed is one of the two");
      const { place, tree } = dealTree(file);
      if (options.trust !== undefined && options.pool === undefined) {
        refuse("--trust", "", "found without --pool; allowed is with it");
      }
      const stated = plain(tree);
      const dealt = options.pool === undefined ? stated : withFlows(stated, options.pool, options.trust);
      const shaped = dealSchema.safeParse(dealt);
      if (!shaped.success) throw new ScenarioError(explain(shaped.error.issues, tree, dealShape()));
      const ready = telling(place, tree, () => readDeal(dealt));
      const result = telling(place, tree, () => runDeal(ready));
      if (options.csv) return write(dealCsv(result));
      const found = {
        result,
        measures: trancheMeasures(result),
        breakEven: telling(place, tree, () => breakEvenDefaultRates(ready as ReadyDeal)),
      };
      write(options.json ? `${dealJson(found)}\n` : `${dealSummary(found)}\n`);
    },
  );
}

/** What a deal file may say. */
const dealShape = () => z.toJSONSchema(dealSchema, { io: "input" }) as Shape;

/** The deal with the flows that a trust of a run had, in place of its own pool. */
function withFlows(stated: unknown, file: string, name?: string): unknown {
  const path = namedPath("--pool", file, "the path of a run's result.json");
  const read = readText(path);
  if ("fault" in read) refuse("--pool", "", `found ${file}: ${read.fault}`);
  let trusts: FundingTables["trusts"];
  try {
    trusts = (JSON.parse(read.text) as RunResult).funding!.trusts;
  } catch {
    refuse("--pool", "", `found ${file}, which is no result of a run; allowed is a result.json of run --out`);
  }
  const names = trusts.map((trust) => trust.name);
  const trust = name === undefined ? trusts[0] : trusts.find((it) => it.name === name);
  if (trust === undefined || trust.flows.length === 0) {
    refuse(
      name === undefined ? "--pool" : "--trust",
      "",
      names.length === 0
        ? `found ${file}, a run without trusts; allowed is one with notes on its receivables`
        : `found ${name ?? names[0]}; allowed are trusts with flows, of ${listed(names)}`,
    );
  }
  return { ...(stated as object), pool: { flows: trust.flows } };
}

function about(): string {
  const actions = stepSchema.options.map((option) => [...option.shape.do.values][0]);
  return `
A deal file is YAML: closing, maturity, payment dates, a pool (loans with assumptions, or given flows), accounts, tranches,
fees, lines, triggers and a waterfall a phase (revolving, amortising, accelerated, defaulted). Amounts are CNY. Inside
braces a formula with a comma stands in quotes.
Actions of a waterfall: ${actions.join(", ")}; each may have "if".
Formulas: + - * /, comparisons, and, or, not, min, max, abs, if(truth, a, b), steps(date, value, ...), dates, and the names
${wrapped(readableNames())}

Examples:
  deno task hutong deal huabei-revolving
  deno task hutong deal ./my-deal.yaml --json
  deno task hutong deal planned-balances --csv > flows.csv
  deno task hutong deal ./out/trust-jd-1.yaml
  deno task hutong deal ./my-deal.yaml --pool ./out/result.json --trust trust-jd-1`;
}

function wrapped(names: readonly string[]): string {
  const lines = [" "];
  for (const name of names) {
    if (lines.at(-1)!.length + name.length > 116) lines.push(" ");
    lines[lines.length - 1] += ` ${name}`;
  }
  return lines.join("\n");
}

function dealTree(file: string): { place: string; tree: Tree } {
  const isName = !/[/\\]|\.ya?ml$/.test(file), shipped = join(dealsFolder, `${file}.yaml`);
  const path = isName && existsSync(shipped) ? shipped : userPath(file);
  if (isName && path !== shipped && !existsSync(path)) {
    const names = shippedDeals();
    refuse(
      "deal",
      "",
      `found ${file}; allowed are the path of a deal file, ${listed(names)}${meant(file, names)}`,
    );
  }
  const place = path === shipped ? `scenarios/deals/${file}.yaml` : file;
  const read = readText(path);
  if ("fault" in read) refuse(read.line > 0 ? `${place}:${read.line}` : place, "", read.fault);
  return { place, tree: parse(read.text, place) };
}

/** Does a step; what is wrong with the deal is told with the line of the place that the message begins with. */
function telling<T>(place: string, tree: Tree, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
    const path = (/^[\p{L}\p{N}_.[\]-]+/u.exec(error.message)?.[0] ?? "").split(/[.[\]]+/).filter((key) =>
      key
    );
    const at = originOf(tree, path);
    refuse(path.length > 0 && at.line > 0 ? placeOf(at) : place, "", error.message);
  }
}
