// What may be said where: the scenario schema as a tree of keys that can be walked, listed and put into words.

import { z } from "zod";
import { scenarioSchema } from "#/scenarios/schema.ts";
import { type Path, type Tree, treeAt } from "#/scenarios/tree.ts";
import { unitOf } from "#/scenarios/units.ts";

/** A node of JSON Schema, as far as scenarios use it. */
export interface Shape {
  type?: string | string[];
  properties?: Record<string, Shape>;
  required?: string[];
  additionalProperties?: boolean | Shape;
  propertyNames?: Shape;
  items?: Shape;
  oneOf?: Shape[];
  enum?: string[];
  const?: string;
  $ref?: string;
  $defs?: Record<string, Shape>;
  $schema?: string;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
  title?: string;
  description?: string;
}

let whole: Shape | undefined;

/** The scenario schema as JSON Schema 2020-12, for what may be said (not what results). Do not change the result. */
export const scenarioShape = (): Shape => whole ??= z.toJSONSchema(scenarioSchema, { io: "input" }) as Shape;

/** A node with its reference followed. */
export const followed = (shape: Shape): Shape =>
  shape.$ref ? followed(scenarioShape().$defs![shape.$ref.replace("#/$defs/", "")]) : shape;

/** The key that tells the options of a `oneOf` apart: the one that each holds to a single word. */
export const discriminator = (shape: Shape): string | undefined =>
  Object.entries(shape.oneOf?.[0].properties ?? {}).find(([, value]) => value.const !== undefined)?.[0];

/** The option of a `oneOf` that a tree has chosen; the shape itself where there is no choice; nothing where none is made. */
export function chosen(shape: Shape, tree: Tree | undefined): Shape | undefined {
  const options = followed(shape).oneOf;
  if (!options) return followed(shape);
  const key = discriminator(followed(shape))!;
  const word = tree && treeAt(tree, [key]);
  return options.find(({ properties }) => word?.kind === "value" && properties![key].const === word.value);
}

/** The keys allowed in a shape, given what the tree has chosen; all keys of all options where it has chosen none. */
export function allowedKeys(shape: Shape, tree?: Tree): string[] {
  const options = chosen(shape, tree)?.properties;
  if (options) return Object.keys(options);
  return [...new Set((followed(shape).oneOf ?? []).flatMap(({ properties }) => Object.keys(properties!)))];
}

/** The shape one step down, if that step exists. A place in a list is a whole number; its bound is not checked here. */
export function stepDown(shape: Shape, key: string, tree?: Tree): Shape | undefined {
  const node = followed(shape);
  if (node.oneOf) {
    if (key === discriminator(node)) {
      return { enum: node.oneOf.map(({ properties }) => properties![key].const!) };
    }
    const taken = chosen(node, tree);
    const options = taken ? [taken] : node.oneOf;
    return options.map(({ properties }) => properties!).find((all) => Object.hasOwn(all, key))?.[key];
  }
  if (node.items) return /^(0|[1-9]\d*)$/.test(key) ? node.items : undefined;
  if (node.properties && Object.hasOwn(node.properties, key)) return node.properties[key];
  return typeof node.additionalProperties === "object" ? node.additionalProperties : undefined;
}

/** The shape at a path, if the schema has one. `tree` decides where the schema leaves a choice. */
export function shapeAt(path: Path, tree?: Tree, root: Shape = scenarioShape()): Shape | undefined {
  let shape: Shape | undefined = root;
  for (const [i, key] of path.entries()) {
    shape = shape && stepDown(shape, key, tree && treeAt(tree, path.slice(0, i)));
  }
  return shape;
}

/** All dotted paths of single values that the schema names, lists and options included once (`shocks.0.plusBps`). */
export function allPaths(shape: Shape = scenarioShape(), under = ""): string[] {
  const node = followed(shape), join = (key: string) => under ? `${under}.${key}` : key;
  if (node.oneOf) {
    return [...new Set(node.oneOf.flatMap((option) => allPaths(option, under)))];
  }
  if (node.properties) {
    return Object.entries(node.properties).flatMap(([key, value]) => allPaths(value, join(key)));
  }
  if (node.items) return allPaths(node.items, join("0"));
  return [under];
}

/** `1 to 80`, `at least 1`, `at most 80`, `2`, or nothing where there are no bounds. */
function between(low: number | undefined, high: number | undefined): string {
  const floor = low !== undefined && low > Number.MIN_SAFE_INTEGER,
    top = high !== undefined && high < Number.MAX_SAFE_INTEGER;
  if (floor && top) return low === high ? `${low}` : `${low} to ${high}`;
  return floor ? `at least ${low}` : top ? `at most ${high}` : "";
}

/**
 * What a shape allows, in words: "a whole number from 0 to 10000 (bps)".
 *
 * Shapes: `path` gives the unit of a number by its last key.
 */
export function described(shape: Shape, path: Path): string {
  const node = followed(shape);
  if (node.enum) return node.enum.length === 1 ? node.enum[0] : `one of ${node.enum.join(", ")}`;
  if (node.const !== undefined) return node.const;
  if (node.oneOf) {
    const key = discriminator(node)!;
    return `a group with ${key}: ${node.oneOf.map(({ properties }) => properties![key].const).join(" | ")}`;
  }
  if (Array.isArray(node.type)) return node.type.map((type) => single[type] ?? type).join(" or ");
  if (node.items) {
    return `a list of ${between(node.minItems ?? 0, node.maxItems)}, each ${described(node.items, path)}`;
  }
  if (node.properties) return `a group with the keys ${Object.keys(node.properties).join(", ")}`;
  if (node.type === "object") return "a group of settings";
  if (node.type === "boolean") return single.boolean;
  if (node.type === "string") {
    if (node.pattern?.includes("\\d{4}-\\d{2}")) return "an ISO date such as 2019-07-01";
    if (node.pattern) return `a text like ${node.pattern}`;
    const length = between(node.minLength, node.maxLength);
    return length ? `a text of ${length} characters` : "a text";
  }
  const unit = unitOf(path.join("."));
  const kind = node.type === "integer" ? "a whole number" : "a number";
  const { exclusiveMinimum: above, maximum } = node;
  if (above !== undefined) {
    return `${kind} above ${above}${maximum === undefined ? "" : `, at most ${maximum}`}${
      unit === "count" ? "" : ` (${unit})`
    }`;
  }
  const bounds = between(node.minimum, node.maximum);
  return `${kind}${bounds && ` from ${bounds}`}${unit === "count" ? "" : ` (${unit})`}`.replace(
    "from at",
    "of at",
  );
}

const single: Record<string, string> = { number: "a number", string: "a text", boolean: "true or false" };
