// A scenario, ready to run: its file over what it extends, over the assumptions, with settings and its history on top.

import { products } from "#/model/names.ts";
import { type Assumption, type Assumptions, parseAssumptions } from "#/scenarios/assumptions.ts";
import { chainOf, type Library, library, namesIn, openFile, type ScenarioFile } from "#/scenarios/chain.ts";
import { faults } from "#/scenarios/checks.ts";
import { refuse, ScenarioError, shown as said } from "#/scenarios/complain.ts";
import { expectationFaults } from "#/scenarios/expectations.ts";
import { explain } from "#/scenarios/explain.ts";
import { type FileText, readText } from "#/scenarios/read.ts";
import { type Scenario, scenarioSchema, type Supposition } from "#/scenarios/schema.ts";
import { applySettings, applyToHistory, historySetPath } from "#/scenarios/settings.ts";
import { settleChoices } from "#/scenarios/choices.ts";
import {
  type Group,
  group,
  leaves,
  merge,
  type Origin,
  originOf,
  type Path,
  placeOf,
  plain,
  put,
  replace,
  spoken,
  treeAt,
  without,
} from "#/scenarios/tree.ts";

/** What the command line may add to a scenario. */
export interface LoadOptions {
  /** Settings, `path=value`; see `applySettings`. They never reach the history, but for `world.history.set.…`. */
  set?: readonly string[];
  /** In place of the scenario's seed; the history takes it too. */
  seed?: string;
  /** In place of `world.shoppers`; the number of people stays. */
  shoppers?: number;
  /** In place of `world.days`. */
  days?: number;
  /** Another folder of named scenarios, with its own assumptions.yaml. */
  folder?: string;
  /** The outcomes that `expected` may name; where they are not said any name passes. */
  outcomes?: readonly string[];
}

/** A supposition, and where each of its numbers comes from. */
export interface Loaded extends Supposition {
  /** For every dotted path of the scenario: `scenarios/interop.yaml:12`, `--set`, or the assumption with its range. */
  provenance: Record<string, string>;
  /** The files that were read, each with the SHA-256 of its bytes. */
  files: string[];
  /** The assumptions whose base the scenario uses, by dotted path. */
  assumptions: Record<string, Assumption>;
}

const unsaid = { file: "default", line: 0 };

/**
 * Loads a scenario by name or path.
 *
 * Shapes: a name of the folder, or a path (with a slash, or ending in .yaml or .yml). Layers, from below: what lists and
 * settings are when nobody says (empty), the bases of assumptions.yaml, the files from root to leaf, settings, options.
 * `expected` belongs to its own file and is not inherited.
 * Errors: {@link ScenarioError}, one line with the file, line, path, what was found and what is allowed.
 *
 * @example
 * ```ts
 * import { load } from "#/scenarios/load.ts";
 * import assert from "node:assert/strict";
 * const { scenario, provenance } = load("baseline", { days: 30, set: ["demand.waitDays=3"] });
 * assert.equal(scenario.world.days, 30);
 * assert.equal(provenance["demand.waitDays"], "--set");
 * ```
 */
export function load(nameOrPath: string, options: LoadOptions = {}): Loaded {
  const from = library(options.folder);
  const read = openAssumptions(from);
  const chain = chainOf(nameOrPath, from);
  const files = [...chain];

  const written = assembled(chain, read.assumptions), late = rank(chain, read.assumptions);
  let tree = applySettings(written, options.set ?? []);
  if (options.seed !== undefined) tree = told(tree, ["seed"], options.seed, "--seed");
  if (options.shoppers !== undefined) {
    tree = told(tree, ["world", "shoppers"], options.shoppers, "--shoppers");
  }
  if (options.days !== undefined) tree = told(tree, ["world", "days"], options.days, "--days");
  tree = settleChoices(tree, late) as Group;
  const scenario = validated(tree);
  // An option may replace what the files say, never hide that it is wrong.
  validateWhatIsThere(settleChoices(written, late) as Group);
  const strange = expectationFaults(tree, { chain, from, outcomes: options.outcomes });
  if (strange.length > 0) throw new ScenarioError(strange);

  const named = originOf(tree, ["world", "history", "scenario"]);
  const asker = {
    place: placeOf(named),
    path: "world.history.scenario",
    file: chain.find((file) => file.shown === named.file),
  };
  const historyChain = chainOf(scenario.world.history.scenario, from, asker);
  files.push(...historyChain);
  const history = validated(historyTree(tree, historyChain, read.assumptions));
  for (const product of products) {
    const now = scenario.credit[product].schedule, then = history.credit[product].schedule;
    if (now === then) continue;
    const path = `credit.${product}.schedule`, at = originOf(tree, path.split("."));
    refuse(
      placeOf(at),
      path,
      `found ${now} while the history has ${then}; allowed together with world.history.set.${path}=${now}`,
    );
  }

  const provenance: Record<string, string> = {}, used: Record<string, Assumption> = {};
  for (const [path, { at }] of leaves(tree)) {
    const dotted = path.join(".");
    provenance[dotted] = at.says ?? placeOf(at);
    if (at.says !== undefined) used[dotted] = read.assumptions.byPath.get(dotted)!;
  }
  const hashed = new Map([...files, read].map(({ shown, sha256 }) => [shown, `${shown} sha256:${sha256}`]));
  return { name: nameOrPath, scenario, history, provenance, files: [...hashed.values()], assumptions: used };
}

/**
 * The scenarios of a folder: name and title, sorted by name.
 *
 * Errors: {@link ScenarioError} for a file that cannot be read or has no title.
 */
export function list(options: { folder?: string } = {}): { name: string; title: string }[] {
  const from = library(options.folder);
  return namesIn(from).map((name) => ({ name, title: titleOf(openFile(name, from)) }));
}

const parsed = new Map<string, Assumptions>();

function openAssumptions(from: Library): { assumptions: Assumptions; shown: string; sha256: string } {
  const shown = `${from.shown}/assumptions.yaml`;
  const read: FileText = readText(`${from.folder}/assumptions.yaml`);
  if ("fault" in read) refuse(read.line > 0 ? `${shown}:${read.line}` : shown, "", read.fault);
  // Parsing costs ten times the rest of a load, and a sweep loads every design point; trees are never changed in place.
  const key = `${shown}\n${read.sha256}`;
  const assumptions = parsed.get(key) ?? parseAssumptions(read.text, shown);
  parsed.clear();
  parsed.set(key, assumptions);
  return { assumptions, shown, sha256: read.sha256 };
}

/** All files over the assumptions, root first, without what is not inherited. */
function assembled(chain: readonly ScenarioFile[], assumptions: Assumptions): Group {
  let tree: Group = group([["shocks", nobody([])], ["expected", nobody([])]], unsaid);
  tree = put(tree, historySetPath, group([], unsaid)) as Group;
  tree = merge(tree, assumptions.tree) as Group;
  for (const file of chain.toReversed()) {
    titleOf(file);
    const inherited = file === chain[0] ? ["extends"] : ["extends", "expected"];
    tree = merge(tree, without(file.tree, ...inherited)) as Group;
  }
  return tree;
}

const nobody = (items: []) => ({ kind: "list", items, at: unsaid }) as const;

const told = (tree: Group, path: Path, value: string | number, option: string): Group =>
  put(tree, path, spoken(value, { file: option, line: 0 })) as Group;

/** How late an origin speaks: assumptions, then files from the root, then options. */
function rank(chain: readonly ScenarioFile[], assumptions: Assumptions): (at: Origin) => number {
  const order = [unsaid.file, assumptions.file, ...chain.map((file) => file.shown).reverse()];
  return ({ file, path }) => path === undefined && order.includes(file) ? order.indexOf(file) : order.length;
}

/** The world before day 1: its own scenario, with the people, merchants and seed of the one that it leads to. */
function historyTree(tree: Group, chain: readonly ScenarioFile[], assumptions: Assumptions): Group {
  const settings = treeAt(tree, historySetPath) as Group;
  let past = applyToHistory(assembled(chain, assumptions), settings);
  const take = (to: Path, from: Path) => void (past = put(past, to, treeAt(tree, from)!) as Group);
  take(["seed"], ["seed"]);
  take(["world", "startDate"], ["world", "startDate"]);
  take(["world", "calibration"], ["world", "calibration"]);
  take(["world", "people"], ["world", "people"]);
  take(["world", "merchants"], ["world", "merchants"]);
  take(["world", "shoppers"], ["world", "history", "shoppers"]);
  take(["world", "days"], ["world", "history", "days"]);
  past = replace(past, ["world", "history"], treeAt(tree, ["world", "history"])!) as Group;
  past = replace(past, historySetPath, group([], unsaid)) as Group;
  return settleChoices(past, rank(chain, assumptions)) as Group;
}

function titleOf({ tree, shown }: ScenarioFile): string {
  const title = tree.entries.get("title");
  if (title?.kind === "value" && typeof title.value === "string") return title.value;
  const allowed = "allowed is a text of 3 to 160 characters, each file's own";
  if (title) refuse(placeOf(title.at), "title", `found ${said(plain(title))}; ${allowed}`);
  refuse(`${shown}:1`, "title", `missing; ${allowed}`);
}

/** The scenario of a tree. Errors: {@link ScenarioError} with every complaint. */
function validated(tree: Group): Scenario {
  const result = scenarioSchema.safeParse(plain(tree));
  if (!result.success) throw new ScenarioError(explain(result.error.issues, tree));
  refuseFaults(result.data, tree);
  return result.data;
}

/** Refuses what a tree says wrongly; what it does not say yet may come from an option. */
function validateWhatIsThere(tree: Group): void {
  const result = scenarioSchema.safeParse(plain(tree));
  if (result.success) return refuseFaults(result.data, tree);
  const said = result.error.issues.filter(({ code, path }) =>
    code === "unrecognized_keys" || treeAt(tree, path.map(String)) !== undefined
  );
  if (said.length > 0) throw new ScenarioError(explain(said, tree));
}

function refuseFaults(scenario: Scenario, tree: Group): void {
  const found = faults(scenario).map(({ path, text }) => {
    const at = originOf(tree, path.split("."));
    return { place: placeOf(at), path: at.path ?? path, text };
  });
  if (found.length > 0) throw new ScenarioError(found);
}
