// A scenario as it was written: plain values that remember the file and the line they come from.

/** Where a value comes from. */
export interface Origin {
  /** The file as shown to people, or the option (`--set`), or `default`. */
  file: string;
  /** 1 for the first line; 0 when the origin is no file. */
  line: number;
  /** What to print as provenance in place of file and line. */
  says?: string;
  /** The path to name in a complaint, where it is not the value's own (settings of the history). */
  path?: string;
}

/** A number, a text, a truth value or nothing. `text` is as written; `quoted` says that it stood in quotes. */
export interface Value {
  kind: "value";
  value: number | string | boolean | null;
  text: string;
  quoted: boolean;
  at: Origin;
}
/** Keys with what they hold, in the order written. */
export interface Group {
  kind: "group";
  entries: ReadonlyMap<string, Tree>;
  at: Origin;
}
/** Items in order. */
export interface List {
  kind: "list";
  items: readonly Tree[];
  at: Origin;
}
/** Anything that a scenario file can hold. Trees are never changed in place. */
export type Tree = Value | Group | List;

/** A path of keys and places: `["shocks", "0", "plusBps"]`. */
export type Path = readonly string[];

/** `scenarios/interop.yaml:12`, or the option that said it. */
export const placeOf = (at: Origin): string => at.line > 0 ? `${at.file}:${at.line}` : at.file;

/** A value that no file says. */
export function spoken(value: number | string | boolean | null, at: Origin): Value {
  return { kind: "value", value, text: String(value), quoted: typeof value === "string", at };
}

/** A group that no file says. */
export const group = (entries: Iterable<[string, Tree]>, at: Origin): Group => ({
  kind: "group",
  entries: new Map(entries),
  at,
});

/** What stands at a path, if anything does. */
export function treeAt(tree: Tree, path: Path): Tree | undefined {
  let here: Tree | undefined = tree;
  for (const key of path) {
    if (here?.kind === "group") here = here.entries.get(key);
    else if (here?.kind === "list") here = /^\d+$/.test(key) ? here.items[Number(key)] : undefined;
    else return undefined;
  }
  return here;
}

/** Where a path comes from; for a path that is absent, where its nearest group does. */
export function originOf(tree: Tree, path: Path): Origin {
  for (let length = path.length; length > 0; length--) {
    const found = treeAt(tree, path.slice(0, length));
    if (found) return found.at;
  }
  return tree.at;
}

/**
 * One tree over another: groups merge key by key, lists and values replace.
 *
 * Shapes: two trees, the lower first. The result shares their parts and changes neither.
 */
export function merge(under: Tree | undefined, over: Tree): Tree {
  if (under?.kind !== "group" || over.kind !== "group") return over;
  const entries = new Map(under.entries);
  for (const [key, tree] of over.entries) entries.set(key, merge(entries.get(key), tree));
  return { kind: "group", entries, at: over.at };
}

/**
 * The tree with one path set: merged where both are groups, put in place of what was there otherwise.
 *
 * Shapes: each step but the last must exist or lead through groups. Errors: `RangeError` for a place that a list has not.
 */
export const put = (tree: Tree, path: Path, value: Tree): Tree =>
  replace(tree, path, merge(treeAt(tree, path), value));

/** The tree with one path replaced. Shapes and errors as for {@link put}. */
export function replace(tree: Tree | undefined, path: Path, value: Tree): Tree {
  if (path.length === 0) return value;
  const [key, ...rest] = path;
  if (tree?.kind === "list") {
    const place = Number(key);
    if (!(place in tree.items)) {
      throw new RangeError(`Cannot set item ${key} of a list of ${tree.items.length}`);
    }
    return { ...tree, items: tree.items.with(place, replace(tree.items[place], rest, value)) };
  }
  const entries = new Map(tree?.kind === "group" ? tree.entries : []);
  entries.set(key, replace(entries.get(key), rest, value));
  return { kind: "group", entries, at: tree?.at ?? value.at };
}

/** The tree without some keys at its top. */
export function without(tree: Group, ...keys: string[]): Group {
  return group([...tree.entries].filter(([key]) => !keys.includes(key)), tree.at);
}

/** The plain data of a tree. */
export function plain(tree: Tree): unknown {
  if (tree.kind === "value") return tree.value;
  if (tree.kind === "list") return tree.items.map(plain);
  return Object.fromEntries([...tree.entries].map(([key, value]) => [key, plain(value)]));
}

/** Every value with its path; an empty group or list stands for itself. */
export function* leaves(tree: Tree, path: Path = []): Generator<[Path, Tree]> {
  if (tree.kind === "group" && tree.entries.size > 0) {
    for (const [key, value] of tree.entries) yield* leaves(value, [...path, key]);
  } else if (tree.kind === "list" && tree.items.length > 0) {
    for (const [i, value] of tree.items.entries()) yield* leaves(value, [...path, String(i)]);
  } else yield [path, tree];
}
