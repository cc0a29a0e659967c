// Settings from the command line: `path=value`, with the value as in a scenario file.

import { nearest, refuse, shown } from "#/scenarios/complain.ts";
import { unknownKey } from "#/scenarios/explain.ts";
import { parseValue } from "#/scenarios/parse.ts";
import { allPaths, followed, scenarioShape, type Shape, stepDown } from "#/scenarios/shape.ts";
import { type Group, type Path, placeOf, put, spoken, type Tree, treeAt } from "#/scenarios/tree.ts";

const historySet = "world.history.set.";

/** Where a setting of the history is kept in a scenario. */
export const historySetPath: Path = ["world", "history", "set"];

const taken = ["seed", "world.people", "world.merchants", "world.shoppers", "world.days"];

/**
 * The tree with each setting applied, the later over the earlier.
 *
 * Shapes: settings such as `demand.waitBps=500`, `macro.unemploymentBps=[600, 900]`, `shocks.0.plusBps=300`. What follows
 * `world.history.set.` is a path of the history and stays one key. Where a text is due, the value is taken as it stands.
 * Errors: {@link ScenarioError} for text without `=`, an unknown path (with the nearest), a value that is no plain YAML.
 */
export function applySettings(tree: Group, settings: readonly string[]): Group {
  const at = { file: "--set", line: 0 };
  let here: Tree = tree;
  for (const setting of settings) {
    const equals = setting.indexOf("=");
    if (equals < 1) {
      refuse(at.file, "", `found ${shown(setting)}; allowed is path=value, such as demand.waitBps=500`);
    }
    const dotted = setting.slice(0, equals).trim(), text = setting.slice(equals + 1).trim();
    const { path, shape } = dotted.startsWith(historySet)
      ? settingOfHistory(dotted.slice(historySet.length), at.file)
      : stepsOf(dotted, here, { place: at.file, named: dotted });
    here = put(
      here,
      path,
      isText(shape) && !/^["']/.test(text) ? asText(text, path) : parseValue(text, at, path),
    );
  }
  return here as Group;

  function asText(text: string, path: Path): Tree {
    if (/[\p{Cc}\p{Cs}]/u.test(text)) {
      refuse(at.file, path.join("."), "found a control character; allowed is printable text");
    }
    return spoken(text === "" ? null : text, at);
  }
}

/**
 * The history with its own settings (`world.history.set`) applied.
 *
 * Shapes: `history` is the tree of the scenario that is the history, `settings` the group of settings by dotted path.
 * Errors: {@link ScenarioError} for a path that the schema has not, or that the history takes from elsewhere.
 */
export function applyToHistory(history: Group, settings: Group): Group {
  let here: Tree = history;
  for (const [dotted, value] of settings.entries) {
    const named = historySet + dotted, at = { ...value.at, path: named };
    checkOfHistory(dotted, placeOf(value.at));
    const { path } = stepsOf(dotted, here, { place: placeOf(value.at), named });
    here = put(here, path, { ...value, at });
  }
  return here as Group;
}

function settingOfHistory(dotted: string, place: string): { path: Path; shape: Shape } {
  checkOfHistory(dotted, place);
  const shape = shapeOfHistory(dotted);
  if (!shape) stepsOf(dotted, undefined, { place, named: historySet + dotted });
  return { path: [...historySetPath, dotted], shape: shape! };
}

function shapeOfHistory(dotted: string): Shape | undefined {
  let shape: Shape | undefined = scenarioShape();
  for (const key of dotted.split(".")) shape = shape && stepDown(shape, key);
  return shape;
}

function checkOfHistory(dotted: string, place: string): void {
  if (taken.includes(dotted) || dotted === "world.history" || dotted.startsWith("world.history.")) {
    const from = dotted === "world.shoppers" || dotted === "world.days"
      ? dotted.replace("world.", "world.history.")
      : dotted;
    refuse(
      place,
      historySet + dotted,
      `the history takes this from the scenario itself; set ${from} instead`,
    );
  }
}

/** The steps of a dotted path, each of which the schema and, in lists, the tree must have. */
function stepsOf(
  dotted: string,
  tree: Tree | undefined,
  { place, named }: { place: string; named: string },
): { path: Path; shape: Shape } {
  const path = dotted.split(".");
  let shape: Shape = scenarioShape();
  for (const [i, key] of path.entries()) {
    const under = path.slice(0, i), here = tree && treeAt(tree, under);
    const next = stepDown(shape, key, here);
    if (followed(shape).items && tree && (!next || here?.kind !== "list" || !(Number(key) in here.items))) {
      const length = here?.kind === "list" ? here.items.length : 0;
      const allowed = length === 0
        ? "the list is empty, allowed is a whole one: [...]"
        : `allowed are places 0 to ${length - 1} of the list`;
      refuse(place, named, `found place ${shown(key)}; ${allowed}`);
    }
    if (!next) refuse(place, named, unknownPath(path, i, tree));
    shape = next;
  }
  return { path, shape };
}

function unknownPath(path: Path, step: number, tree: Tree | undefined): string {
  const whole = nearest(path.join("."), allPaths());
  const text = unknownKey(path[step], path.slice(0, step), tree ?? spoken(null, { file: "", line: 0 }));
  const hinted = /did you mean|wrong unit|belongs at|goes with/.test(text);
  return hinted || whole === undefined ? text : `${text}; did you mean "${whole}"?`;
}

const isText = (shape: Shape) => followed(shape).type === "string" || followed(shape).enum !== undefined;
