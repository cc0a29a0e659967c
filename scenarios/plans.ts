// Reading a financing plan: its file over what it extends, checked as strictly as a scenario, turned into the terms of model/.

import { readdirSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Plan } from "#/model/project/terms.ts";
import { listed, meant, refuse, ScenarioError, shown } from "#/scenarios/complain.ts";
import { explain } from "#/scenarios/explain.ts";
import { parse } from "#/scenarios/parse.ts";
import { type PlanFile, planSchema } from "#/scenarios/plan_schema.ts";
import { planOf, type Stop } from "#/scenarios/plan_terms.ts";
import { readText } from "#/scenarios/read.ts";
import type { Shape } from "#/scenarios/shape.ts";
import { type Group, merge, originOf, placeOf, plain, without } from "#/scenarios/tree.ts";

const plansFolder = fileURLToPath(new URL("./plans/", import.meta.url));
const mostAncestors = 8;

/** A plan, ready to be evaluated, with the tree that says where each of its terms stands. */
export interface LoadedPlan {
  plan: Plan;
  /** The plan's own file as shown to people. */
  file: string;
  /** `file:line` of a dotted path of the plan's file. */
  placeOf: (path: string) => string;
}

/** The names of the plans that ship, sorted. */
export function shippedPlans(): string[] {
  return readdirSync(plansFolder).filter((name) => name.endsWith(".yaml")).map((name) =>
    basename(name, ".yaml")
  )
    .sort();
}

/**
 * Reads a plan by its shipped name or by a path (which has a slash or ends in `.yaml`).
 *
 * Shapes: a plan may say `extends`: a shipped name, or a path from its own folder. Groups merge, lists replace.
 * Errors: {@link ScenarioError} with file and line for what the schema refuses, parts that do not sum to 10000, terms that do
 * not go together, and milestones, uses or names that are not there.
 *
 * @example
 * ```ts
 * import { loadPlan } from "#/scenarios/plans.ts";
 * import assert from "node:assert/strict";
 * assert.equal(loadPlan("all-equity").plan.sources.some(({ kind }) => kind === "projectBonds"), false);
 * assert.throws(() => loadPlan("all-equty"), /no such plan; shipped are .*did you mean "all-equity"\?/);
 * ```
 */
export function loadPlan(nameOrPath: string): LoadedPlan {
  const opened = openPlan(nameOrPath, { asker: nameOrPath });
  const tree = without(assembled(opened, []), "extends");
  const parsed = planSchema.safeParse(plain(tree));
  if (!parsed.success) throw new ScenarioError(explain(parsed.error.issues, tree, planShape()));
  const at = (path: string) => placeOf(originOf(tree, path.split(".").filter(Boolean)));
  const stop: Stop = (path, text) => refuse(at(path), path, text);
  check(parsed.data, stop);
  const plan = planOf(parsed.data, { name: basename(nameOrPath).replace(/\.ya?ml$/, ""), stop });
  return { plan, file: opened.file, placeOf: at };
}

interface Opened {
  file: string;
  path: string;
  tree: Group;
}

const isPath = (text: string) => /[/\\]|\.ya?ml$/.test(text);

function openPlan(nameOrPath: string, { asker, from }: { asker: string; from?: string }): Opened {
  const shipped = shippedPlans();
  if (!isPath(nameOrPath) && !shipped.includes(nameOrPath)) {
    refuse(
      asker,
      from === undefined ? "" : "extends",
      `found ${shown(nameOrPath)}, no such plan; shipped are ${listed(shipped)}${meant(nameOrPath, shipped)}`,
    );
  }
  const path = !isPath(nameOrPath)
    ? join(plansFolder, `${nameOrPath}.yaml`)
    : from === undefined
    ? nameOrPath
    : join(dirname(from), nameOrPath);
  const file = isPath(nameOrPath) ? relative("", path) || path : `scenarios/plans/${nameOrPath}.yaml`;
  const read = readText(path);
  if ("fault" in read) refuse(read.line > 0 ? `${file}:${read.line}` : file, "", read.fault);
  return { file, path, tree: parse(read.text, file) };
}

function assembled({ file, path, tree }: Opened, before: readonly string[]): Group {
  const parent = tree.entries.get("extends");
  if (parent === undefined) return tree;
  const name = plain(parent);
  if (typeof name !== "string") {
    refuse(placeOf(parent.at), "extends", `found ${shown(name)}; allowed is the name or path of a plan`);
  }
  const chain = [...before, path];
  if (chain.length > mostAncestors) {
    refuse(
      placeOf(parent.at),
      "extends",
      `found more than ${mostAncestors} plans on top of each other; allowed are ${mostAncestors}`,
    );
  }
  const under = openPlan(name, { asker: placeOf(parent.at), from: path });
  if (chain.includes(under.path)) {
    refuse(
      placeOf(parent.at),
      "extends",
      `found ${shown(name)}, which leads back to ${file}; allowed is a plan that does not`,
    );
  }
  // Each file has its own title.
  return merge(without(assembled(under, chain), "title"), tree) as Group;
}

let shape: Shape | undefined;
const planShape = (): Shape => shape ??= z.toJSONSchema(planSchema, { io: "input" }) as Shape;

/** What no single key can say: sums, order, and terms that go together. */
function check(file: PlanFile, stop: Stop): void {
  const sums = (parts: readonly number[], path: string, what: string) => {
    const sum = parts.reduce((total, part) => total + part, 0);
    if (sum !== 10_000) stop(path, `found ${what} that sum to ${sum}; allowed is a sum of 10000`);
  };
  for (const [i, { curveBps }] of file.uses.items.entries()) {
    sums(curveBps, `uses.items.${i}.curveBps`, "parts");
  }
  const opened = file.opening.reduce((sum, { shareBps }) => sum + shareBps, 0);
  if (opened > 10_000) stop("opening", `found shareBps that sum to ${opened}; allowed is at most 10000`);
  for (const [i, source] of file.sources.entries()) {
    const at = `sources.${i}`;
    if ("tranches" in source) {
      sums(source.tranches.map(({ shareBps }) => shareBps), `${at}.tranches`, "shareBps");
    }
    if ("targetDscrBps" in source && source.repayment !== "sculpted") {
      stop(`${at}.targetDscrBps`, `found with the repayment ${source.repayment}; allowed with sculpted only`);
    }
    if ("graceMonths" in source && source.graceMonths! >= source.tenorMonths) {
      stop(
        `${at}.graceMonths`,
        `found ${source.graceMonths}; allowed is less than tenorMonths ${source.tenorMonths}`,
      );
    }
    if ("repayment" in source && source.repayment === "sculpted" && source.targetDscrBps === undefined) {
      stop(
        `${at}.targetDscrBps`,
        "missing; allowed is the cover that the repayment is sculpted to, from 10000 (bps)",
      );
    }
    if (source.kind === "drawnLoan" && source.availableMonths > source.tenorMonths) {
      stop(
        `${at}.availableMonths`,
        `found ${source.availableMonths}; allowed is at most tenorMonths ${source.tenorMonths}`,
      );
    }
  }
  const sculpted = file.sources.flatMap((source, i) =>
    "repayment" in source && source.repayment === "sculpted" ? [i] : []
  );
  if (sculpted.length > 1) {
    stop(
      `sources.${sculpted[1]}.repayment`,
      "found a second sculpted debt; allowed is one, as each would follow the other's service",
    );
  }
  for (const [i, { measure, valueBps, valueCny }] of file.covenants.entries()) {
    const [key, other] = measure === "cash" ? ["valueCny", "valueBps"] : ["valueBps", "valueCny"];
    if ((measure === "cash" ? valueCny : valueBps) === undefined) {
      stop(`covenants.${i}.${key}`, `missing; ${measure} is bounded in ${key}`);
    }
    if ((measure === "cash" ? valueBps : valueCny) !== undefined) {
      stop(`covenants.${i}.${other}`, `found with ${measure}; allowed is ${key}`);
    }
  }
}
