// From the schema's complaints to ours: the file and line that said it, what was found, what is allowed.

import { type Complaint, listed, meant, shown } from "#/scenarios/complain.ts";
import {
  allowedKeys,
  allPaths,
  described,
  discriminator,
  followed,
  scenarioShape,
  type Shape,
  shapeAt,
} from "#/scenarios/shape.ts";
import { type Origin, originOf, type Path, placeOf, plain, type Tree, treeAt } from "#/scenarios/tree.ts";
import { inUnit, sameInOtherUnit, unitOf } from "#/scenarios/units.ts";

/** What zod complains of, as far as it is read here: where, and for unknown keys, which. */
export interface SchemaIssue {
  code?: string;
  path: readonly PropertyKey[];
  keys?: readonly string[];
}

/**
 * The complaints about a tree, the most telling first: unknown keys, wrong values, then what is missing, each by line.
 *
 * Shapes: the schema's issues about `plain(tree)`; `tree` with the origins; `root` is the JSON Schema that says what is allowed.
 */
export function explain(
  issues: readonly SchemaIssue[],
  tree: Tree,
  root: Shape = scenarioShape(),
): Complaint[] {
  const found: { rank: number; at: Origin; path: string; text: string }[] = [];
  for (const issue of issues) {
    const path = issue.path.map(String);
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys ?? []) {
        const at = originOf(tree, [...path, key]);
        const also = path.length === 0 && root === scenarioShape() ? ["extends"] : [];
        const text = unknownKey(key, path, tree, { root, also });
        found.push({ rank: 0, at, path: [...path, key].join("."), text });
      }
    } else {
      const here = treeAt(tree, path), missing = here === undefined;
      const near = originOf(tree, path), unwritten = missing && (near.line === 0 || near.says !== undefined);
      const at = unwritten ? tree.at : near;
      found.push({
        rank: missing ? 2 : 1,
        at,
        path: path.join("."),
        text: wrongValue(here, path, tree, root),
      });
    }
  }
  found.sort((a, b) => a.rank - b.rank || a.at.line - b.at.line);
  return found.map(({ at, path, text }) => ({ place: placeOf(at), path: at.path ?? path, text }));
}

/**
 * Why a key may not stand under a path: another unit, another choice, or unknown, with the allowed names and the nearest.
 *
 * Shapes: `under` is a path of the schema, `tree` what has been said; `also` are names that only a file may say.
 */
export function unknownKey(
  key: string,
  under: Path,
  tree: Tree,
  { root = scenarioShape(), also = [] }: { root?: Shape; also?: string[] } = {},
): string {
  const shape = shapeAt(under, tree, root);
  const allowed = [...shape ? allowedKeys(shape, treeAt(tree, under)) : [], ...also];
  if (allowed.length === 0) return `unknown key; nothing stands below "${under.join(".")}"`;
  const text = `unknown key; allowed are ${listed(allowed)}`;
  const other = sameInOtherUnit(key, allowed);
  if (other !== undefined) return `${text}; wrong unit, the schema has "${other}" (${unitOf(other)})`;
  const choices = shape ? choicesWith(shape, key) : "";
  if (choices) return `${text}; "${key}" goes with ${choices}`;
  const elsewhere = allPaths(root).find((path) => path.split(".").includes(key));
  return text + (meant(key, allowed) ||
    (elsewhere === undefined ? "" : `; "${key}" belongs at "${upTo(elsewhere, key)}"`));
}

/** `event: unemployment-jump or spread-jump`: the options of a choice that have a key. */
function choicesWith(shape: Shape, key: string): string {
  const choice = discriminator(followed(shape));
  const options = (followed(shape).oneOf ?? []).filter(({ properties }) => Object.hasOwn(properties!, key));
  return options.length === 0
    ? ""
    : `${choice}: ${options.map(({ properties }) => properties![choice!].const).join(" or ")}`;
}

const upTo = (path: string, key: string) => {
  const parts = path.split(".");
  return parts.slice(0, parts.indexOf(key) + 1).join(".");
};

function wrongValue(here: Tree | undefined, path: Path, tree: Tree, root: Shape): string {
  const shape = shapeAt(path, tree, root);
  const allowed = shape ? described(shape, path) : "what the schema allows";
  if (here === undefined) return `missing; allowed is ${allowed}`;
  const value = plain(here);
  return `found ${shown(value)}; allowed is ${allowed}${hinted(here, shape, path)}`;
}

function hinted(here: Tree, shape: ReturnType<typeof shapeAt>, path: Path): string {
  if (here.kind !== "value" || shape === undefined) return "";
  if (typeof here.value === "string" && shape.type === "integer") {
    const value = inUnit(here.value, unitOf(path.join(".")));
    if (value !== undefined) return `; write ${value}`;
  }
  if (typeof here.value === "string" && shape.enum) return meant(here.value, shape.enum);
  if (typeof here.value === "number" && shape.type === "string") return `; write "${here.text}" in quotes`;
  if (typeof here.value === "string" && shape.type === "boolean" && /^(yes|on|no|off)$/i.test(here.value)) {
    return `; write ${/^(yes|on)$/i.test(here.value)}`;
  }
  return "";
}
