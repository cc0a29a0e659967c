// What a calibration found, in words: which target identifies which parameter, and why a target is missed.

import { networks, products } from "#/model/names.ts";
import type { Scenario } from "#/scenarios/schema.ts";
import type { Calibration, FoundParameter } from "#/sim/experiments/calibrate_result.ts";
import type { ErrorRow } from "#/sim/experiments/calibrate_table.ts";

/** The cells of the acceptance table that are open beyond the native ones: `baitiao at alipay`. */
export function openCells({ acceptance }: Pick<Scenario, "acceptance">): string[] {
  return products.flatMap((product) =>
    networks.filter((network) => acceptance[product][network].mode === "bridged").map((network) =>
      `${product} at ${network}`
    )
  );
}

const shortened = (path: string) => path.split(".").at(-1)!;
const among = (names: readonly string[]) =>
  names.length <= 1 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

type Told = Pick<Calibration, "parameters" | "identification" | "slopes" | "halfWidths" | "after">;

/** One sentence a parameter: what it is identified by, how far it may go, and what it is mixed up with. */
export function identifiedInWords(found: Told): { path: string; verdict: string; text: string }[] {
  const searched = found.after.filter((row) => row.searched);
  return found.parameters.map((parameter, j) => {
    const { verdict, by, with: mixed } = found.identification.parameters[j];
    const names = by.map((i) => searched[i].title);
    const other = mixed && found.parameters[mixed.parameter];
    const mix = mixed && Math.abs(mixed.correlation) >= 0.8
      ? ` It is hard to tell from ${shortened(other!.path)} (correlation ${mixed.correlation.toFixed(2)}).`
      : "";
    const span = `${parameter.from} to ${parameter.to} ${parameter.unit}`;
    const text = verdict === "alone"
      ? `identified by ${among(names)}: one tolerance lets it go from ${span}.${mix}`
      : verdict === "jointly"
      ? `identified only together with others: ${among(names)} ${
        names.length > 1 ? "move with it, but so they do" : "moves with it, but so it does"
      } with ${other ? shortened(other.path) : "others"}.${mix}`
      : names.length === 0
      ? "not identified: no searched target moves with it by more than its interval."
      : `not identified: even ${names[0]}, which moves most with it, allows its whole range.`;
    return { path: parameter.path, verdict, text };
  });
}

/** Why each target that is not met is not met, as far as the slopes tell. */
export function missedInWords(found: Told): { name: string; text: string }[] {
  return found.after.flatMap((row, i) => {
    if (row.inside === true) return [];
    return [{
      name: row.name,
      text: `${row.title}: ${row.inside === null ? unreached(row) : why(found, row, i)}`,
    }];
  });
}

const unreached = ({ when }: ErrorRow) => `not reached: the run's days do not come to ${when}.`;

function why(found: Told, row: ErrorRow, i: number): string {
  const above = row.mean! > row.high, wanted = above ? -1 : 1;
  const off = `lies ${above ? "above" : "below"} its range.`;
  const movers = found.parameters.map((parameter, j) => ({
    parameter,
    j,
    slope: Math.abs(found.slopes[i][j]) > found.halfWidths[i][j] ? found.slopes[i][j] : 0,
  })).filter(({ slope }) => Math.abs(slope) >= 0.5).sort((a, b) => Math.abs(b.slope) - Math.abs(a.slope));
  if (movers.length === 0) {
    return `${off} No free parameter moves it by half a tolerance over its whole range: what would is not among them.`;
  }
  if (!row.searched) {
    return `${off} It is compared only; ${among(movers.map(({ parameter }) => shortened(parameter.path)))} ${
      movers.length > 1 ? "move" : "moves"
    } it, and ` +
      "the searched targets settle them.";
  }
  const reasons = movers.slice(0, 2).map(({ parameter, j, slope }) =>
    reasonOf(found, { parameter, j, slope, wanted, i })
  );
  return `${off} ${reasons.join(" ")}`;
}

function reasonOf(
  found: Told,
  { parameter, j, slope, wanted, i }: {
    parameter: FoundParameter;
    j: number;
    slope: number;
    wanted: number;
    i: number;
  },
): string {
  const up = slope * wanted > 0, name = shortened(parameter.path);
  if (parameter.atBound === (up ? "high" : "low")) {
    return `${name} stands at the ${parameter.atBound} end of its range, ${parameter.proposed} ${parameter.unit}.`;
  }
  const worse = found.after.map((other, k) => ({ other, k, slope: found.slopes[k][j] }))
    .filter(({ other, k, slope }) => {
      if (k === i || !other.searched || other.mean === null) return false;
      if (Math.abs(slope) <= found.halfWidths[k][j] || Math.abs(slope) < 0.5) return false;
      // Moving for this target takes the other one further from its value.
      return (other.mean - other.value) * slope * (up ? 1 : -1) > 0;
    }).sort((a, b) => Math.abs(b.slope) - Math.abs(a.slope)).slice(0, 2).map(({ other }) => other.title);
  const move = `${up ? "More" : "Less"} ${name} would bring it nearer`;
  return worse.length > 0
    ? `${move}, but takes ${among(worse)} further away.`
    : `${move} only in steps too small to pay.`;
}

/** The proposal as a fragment of assumptions.yaml: each changed parameter with its old value beside it. */
export function proposalYaml({ world, parameters, replications, shoppers, seed, hash }: Calibration): string {
  const changed = parameters.filter(({ proposed, value }) => proposed !== value);
  return [
    `# Proposed by a calibration of ${world}: ${replications} replications of ${shoppers} shoppers, seed ${seed}.`,
    `# Result ${hash}. To be accepted by hand: nothing changes until a scenario or the assumptions say so.`,
    ...(changed.length === 0 ? ["# No parameter moves: the world as it is fits best."] : []),
    ...changed.flatMap(({ path, unit, value, proposed, range, source }) => [
      `${path}:`,
      `  unit: ${unit}`,
      `  base: ${proposed} # was ${value}`,
      `  range: [${range.join(", ")}]`,
      `  source: ${JSON.stringify(`${source}; calibrated against dated targets, ${value} before`)}`,
    ]),
    "",
  ].join("\n");
}

/** A scenario file that extends the world (by `extended`, its name or a path from the file) and says the proposed values,
 * for its history too. */
export function overlayYaml(
  { world, parameters, hash }: Calibration,
  { extended = world }: { extended?: string } = {},
): string {
  const changed = parameters.filter(({ proposed, value }) => proposed !== value);
  const tree: Tree = new Map<string, Tree | number>();
  for (const { path, proposed } of changed) {
    const steps = path.split(".");
    let here = tree;
    for (const step of steps.slice(0, -1)) {
      if (!here.has(step)) here.set(step, new Map<string, Tree | number>());
      here = here.get(step) as Tree;
    }
    here.set(steps.at(-1)!, proposed);
  }
  const history = changed.map(({ path, proposed }) => `      ${path}: ${proposed}`);
  return [
    `# A calibration's proposal, accepted: result ${hash}.`,
    `title: ${JSON.stringify(`${world}, with a calibration's proposal accepted`.slice(0, 160))}`,
    `extends: ${extended}`,
    ...written(tree, ""),
    ...(history.length === 0 ? [] : ["world:", "  history:", "    set:", ...history]),
    "",
  ].join("\n");
}

type Tree = Map<string, Tree | number>;

const written = (tree: Tree, indent: string): string[] =>
  [...tree].flatMap(([key, value]) =>
    typeof value === "number"
      ? [`${indent}${key}: ${value}`]
      : [`${indent}${key}:`, ...written(value, `${indent}  `)]
  );
