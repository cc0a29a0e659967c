// Which files make a scenario: the one that is named, what it extends, and so on to the root.

import { readdirSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { listed, meant, refuse, shown } from "#/scenarios/complain.ts";
import { parse } from "#/scenarios/parse.ts";
import { readText } from "#/scenarios/read.ts";
import { type Group, placeOf, plain } from "#/scenarios/tree.ts";

/** A folder of named scenarios. */
export interface Library {
  /** The folder on disk. */
  folder: string;
  /** The folder as shown to people. */
  shown: string;
}

/** One file of a scenario. */
export interface ScenarioFile {
  /** The file as shown to people. */
  shown: string;
  /** The file on disk. */
  path: string;
  sha256: string;
  tree: Group;
}

/** Who named a file, for complaints about it. */
export interface Asker {
  place: string;
  path: string;
  /** The file whose folder relative paths start from; without it, the working folder. */
  file?: ScenarioFile;
}

/** The folder of built-in scenarios, or another one given by its path. */
export function library(folder?: string): Library {
  return folder === undefined
    ? { folder: fileURLToPath(new URL("./", import.meta.url)), shown: "scenarios" }
    : { folder, shown: folder };
}

/** Files of the folder that suppose no world. */
const notScenarios = ["assumptions.yaml", "targets.yaml", "uncertainties.yaml"];

/** The names of a library's scenarios, sorted by code unit. */
export function namesIn({ folder }: Library): string[] {
  return readdirSync(folder).filter((name) => /^[^.].*\.yaml$/.test(name) && !notScenarios.includes(name))
    .map((name) => name.replace(/\.yaml$/, "")).sort();
}

const isPath = (text: string) => /[/\\]/.test(text) || /\.ya?ml$/i.test(text);

/**
 * Reads the file that a name or path stands for.
 *
 * Shapes: a text with a slash, or that ends in .yaml or .yml, is a path, relative to the asking file; any other is a name of
 * the library. Errors: `ScenarioError` for an unknown name, an unreadable file, text that {@link parse} refuses.
 */
export function openFile(name: string, from: Library, asker?: Asker): ScenarioFile {
  const found = isPath(name) ? pathOf(name, asker?.file) : namedIn(from, name, asker);
  const read = readText(found.path);
  if ("fault" in read) {
    const place = read.line > 0 ? `${found.shown}:${read.line}` : found.shown;
    if (!asker || read.line > 0) refuse(place, "", read.fault);
    refuse(asker.place, asker.path, `found ${shown(name)}, which is ${found.shown}: ${read.fault}`);
  }
  return { ...found, sha256: read.sha256, tree: parsedOnce(found.shown, read) };
}

const parsed = new Map<string, Group>();

/** The tree of a text that may have been parsed before: a sweep reads the same few files for each of its points. */
function parsedOnce(shown: string, { text, sha256 }: { text: string; sha256: string }): Group {
  const key = `${sha256} ${shown}`, tree = parsed.get(key) ?? parse(text, shown);
  if (parsed.size >= 100) parsed.clear();
  parsed.set(key, tree);
  return tree;
}

function pathOf(name: string, file?: ScenarioFile): { shown: string; path: string } {
  if (!file || isAbsolute(name)) return { shown: normalize(name), path: name };
  return { shown: join(dirname(file.shown), name), path: join(dirname(file.path), name) };
}

function namedIn(from: Library, name: string, asker?: Asker): { shown: string; path: string } {
  const names = namesIn(from);
  if (!names.includes(name)) {
    const text = `no scenario of this name; allowed are ${listed(names)}, or a path that ends in .yaml${
      meant(name, names)
    }`;
    refuse(asker?.place ?? shown(name), asker?.path ?? "", asker ? `found ${shown(name)}; ${text}` : text);
  }
  return { shown: join(from.shown, `${name}.yaml`), path: join(from.folder, `${name}.yaml`) };
}

/**
 * The file that a name or path stands for, and those it extends: itself first, the root last.
 *
 * Errors: `ScenarioError` as in {@link openFile}; for `extends` that is no text; for a cycle, naming its files in order.
 */
export function chainOf(name: string, from: Library, asker?: Asker): ScenarioFile[] {
  const files = [openFile(name, from, asker)];
  const seen = [identity(files[0].path)];
  for (;;) {
    const file = files[files.length - 1], said = file.tree.entries.get("extends");
    if (said === undefined) return files;
    const place = placeOf(said.at);
    if (said.kind !== "value" || typeof said.value !== "string" || said.value.trim() === "") {
      const found = shown(plain(said));
      refuse(place, "extends", `found ${found}; allowed is the name of a scenario or the path of a file`);
    }
    const parent = openFile(said.value, from, { place, path: "extends", file });
    const again = seen.indexOf(identity(parent.path));
    if (again >= 0) {
      const cycle = [...files.slice(again).map((file) => file.shown), parent.shown].join(" → ");
      refuse(place, "extends", `a cycle: ${cycle}; a chain must end in a file that extends nothing`);
    }
    files.push(parent);
    seen.push(identity(parent.path));
  }
}

function identity(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return normalize(path);
  }
}
