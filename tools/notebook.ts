// Keeps notebooks fit to be committed: executes them headless, takes away what differs from machine to machine and from
// minute to minute, and tells when outputs are stale.

import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { homedir } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { canonicalJson } from "#/model/units/canonical.ts";

/** Text as notebooks keep it: whole, or in lines. */
type Lines = string | string[];

/** One output of a cell; keys depend on its type. */
export interface Output {
  output_type: string;
  execution_count?: number | null;
  text?: Lines;
  data?: Record<string, unknown>;
  [key: string]: unknown;
}

/** One cell. */
export interface Cell {
  cell_type: string;
  source: Lines;
  metadata: Record<string, unknown>;
  outputs?: Output[];
  execution_count?: number | null;
  [key: string]: unknown;
}

/** A notebook, format 4. */
export interface Notebook {
  cells: Cell[];
  metadata: Record<string, unknown>;
  nbformat: number;
  nbformat_minor: number;
}

const projectRoot = fileURLToPath(new URL("../", import.meta.url));
const joined = (text: Lines): string => Array.isArray(text) ? text.join("") : text;
const inLines = (text: Lines): string[] => joined(text).split(/(?<=\n)/);
const hashOf = (value: unknown) => createHash("sha256").update(canonicalJson(value)).digest("hex");

/** SHA-256 over the sources of all code cells. */
export function sourceHash({ cells }: Notebook): string {
  return hashOf(cells.filter(isCode).map(({ source }) => joined(source)));
}

/** SHA-256 over all outputs of all code cells, tidied: what the notebook found. */
export function outcomeHash(notebook: Notebook, { root = projectRoot }: { root?: string } = {}): string {
  return hashOf(outputsOf(notebook, root));
}

const isCode = ({ cell_type }: Cell) => cell_type === "code";

const outputsOf = (notebook: Notebook, root: string) =>
  tidy(notebook, { root }).cells.filter(isCode).map(({ outputs = [] }) => outputs);

/**
 * A notebook without execution counts, times and places on this machine; cells, ids, tags and outputs stay.
 *
 * Shapes: paths under `root` become paths from it.
 */
export function tidy(notebook: Notebook, { root = projectRoot }: { root?: string } = {}): Notebook {
  const { hutong, kernelspec } = notebook.metadata;
  const clean = (text: Lines) => inLines(joined(text).replaceAll(`file://${root}`, "").replaceAll(root, ""));
  const cleaned = (value: unknown): unknown =>
    typeof value === "string" || Array.isArray(value) && value.every((line) => typeof line === "string")
      ? clean(value as Lines)
      : value;
  return {
    cells: notebook.cells.map(({ outputs, metadata, source, ...cell }) => {
      const kept = {
        ...cell,
        source: inLines(source),
        metadata: metadata.tags ? { tags: metadata.tags } : {},
      };
      if (!isCode(kept)) return kept;
      return {
        ...kept,
        execution_count: null,
        outputs: (outputs ?? []).map((output) => ({
          ...output,
          ...("execution_count" in output ? { execution_count: null } : {}),
          ...(output.text === undefined ? {} : { text: clean(output.text) }),
          ...(output.data === undefined ? {} : {
            data: Object.fromEntries(
              Object.entries(output.data).map(([type, value]) => [type, cleaned(value)]),
            ),
          }),
        })),
      };
    }),
    metadata: {
      ...(hutong ? { hutong } : {}),
      ...(kernelspec ? { kernelspec } : {}),
      language_info: { file_extension: ".ts", mimetype: "text/x.typescript", name: "typescript" },
    },
    nbformat: notebook.nbformat,
    nbformat_minor: notebook.nbformat_minor,
  };
}

/** A tidied notebook with the hashes of its sources and of what they gave. Only for one that was just executed. */
export function stamped(executed: Notebook, options: { root?: string } = {}): Notebook {
  const notebook = tidy(executed, options);
  const hutong = { source: sourceHash(notebook), outcome: outcomeHash(notebook, options) };
  return { ...notebook, metadata: { ...notebook.metadata, hutong } };
}

/**
 * What is wrong with a committed notebook, in sentences; nothing when it is in order.
 *
 * Shapes: `executed` is a copy that was just run; without it only the sources are compared.
 */
export function complaints(
  notebook: Notebook,
  { executed, root = projectRoot }: { executed?: Notebook; root?: string } = {},
): string[] {
  const found: string[] = [];
  const stamp = notebook.metadata.hutong as { source?: string; outcome?: string } | undefined;
  if (stamp?.source !== sourceHash(notebook)) found.push("its cells were changed after they were executed");
  if (stamp?.outcome !== outcomeHash(notebook, { root })) {
    found.push("its outputs are not those of its last execution");
  }
  for (const [at, cell] of notebook.cells.entries()) {
    const outputs = cell.outputs ?? [];
    if ([cell, ...outputs].some(({ execution_count }) => typeof execution_count === "number")) {
      found.push(`cell ${at + 1} has an execution count`);
    }
    if ("execution" in cell.metadata) found.push(`cell ${at + 1} has times of execution`);
    if (outputs.some(({ output_type }) => output_type === "error")) {
      found.push(`cell ${at + 1} ended in an error`);
    }
    const text = JSON.stringify(outputs);
    const place = [root, "file:///", `${homedir()}/`].find((place) => text.includes(place));
    if (place) found.push(`cell ${at + 1} shows a place on one machine: ${place}`);
  }
  if (!executed) return found;
  const [then, now] = [notebook, executed].map((it) => outputsOf(it, root));
  const numbers = notebook.cells.flatMap((cell, at) => isCode(cell) ? [at + 1] : []);
  const moved = numbers.filter((_, i) => canonicalJson(then[i] ?? null) !== canonicalJson(now[i] ?? null));
  if (moved.length > 0) {
    found.push(
      `executed now it shows something else in ${moved.length > 1 ? "cells" : "cell"} ${moved.join(", ")}`,
    );
  }
  return found;
}

/** The text of a notebook's file as Jupyter writes it: keys sorted, indented by one. */
export function notebookText(notebook: Notebook): string {
  const sorted = (_: string, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1))
      : value;
  return `${JSON.stringify(notebook, sorted, 1)}\n`;
}

/** Reads a notebook. Errors: `SyntaxError` for a file that is none, with its path. */
function read(file: string): Notebook {
  let notebook: Partial<Notebook> | null;
  try {
    notebook = JSON.parse(Deno.readTextFileSync(file));
  } catch (error) {
    throw new SyntaxError(`${file}: cannot be read (${(error as Error).message}); allowed is a notebook`);
  }
  if (!Array.isArray(notebook?.cells) || !notebook.metadata) {
    throw new SyntaxError(`${file}: found JSON without cells; allowed is a notebook of format 4`);
  }
  return notebook as Notebook;
}

/** A copy of a notebook, run from the first cell to the last in a fresh kernel. Errors: `Error` with what Jupyter said. */
function execute(file: string): Notebook {
  const ran = (command: string, args: string[]) => {
    const { success, stdout, stderr } = new Deno.Command(command, { args, stderr: "piped" }).outputSync();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    if (!success) throw new Error(`Cannot execute ${file}: ${command} said\n${text(stderr)}`);
    return text(stdout);
  };
  ran(Deno.execPath(), ["jupyter", "--install", "--force"]);
  return JSON.parse(
    ran("/usr/bin/jupyter", ["nbconvert", "--to", "notebook", "--execute", "--stdout", file]),
  );
}

/** How the tool is called. */
export const usage = `Usage: deno task notebook [options] <notebook.ipynb>...

Tidies notebooks in place: what differs from machine to machine and from minute to minute goes.

Options:
  --execute        run every cell first, in a fresh kernel, and stamp what came of it
  --check          change nothing; exit code 1 when something is stale
  --against DIR    with --check: a folder of copies that were just executed
  --help           print this

Examples:
  deno task notebook --execute notebooks/*.ipynb
  deno task notebook --check notebooks/*.ipynb`;

/** What was asked for. */
export interface Asked {
  files: string[];
  check: boolean;
  execute: boolean;
  against?: string;
  help: boolean;
}

/** Reads the command line. Errors: `TypeError` for what it does not take, `RangeError` for files that are not there. */
export function asked(args: readonly string[]): Asked {
  const { positionals: files, values: { check = false, execute = false, help = false, against } } = parseArgs(
    {
      args: [...args],
      allowPositionals: true,
      options: {
        check: { type: "boolean" },
        execute: { type: "boolean" },
        help: { type: "boolean", short: "h" },
        against: { type: "string" },
      },
    },
  );
  if (!help) {
    if (files.length === 0) throw new RangeError("found no file; allowed are the paths of notebooks");
    for (const file of files) mustBeThere(file, "a notebook");
    if (against !== undefined) {
      for (const file of files) mustBeThere(join(against, basename(file)), "its copy");
    }
  }
  return { files, check, execute, against, help };
}

function mustBeThere(file: string, what: string): void {
  if (existsSync(file) && statSync(file).isFile()) return;
  throw new RangeError(`${file}: no such file; allowed is the path of ${what}`);
}

function main({ files, check, execute: run, against }: Asked): void {
  let stale = 0;
  for (const file of files) {
    if (!check) {
      Deno.writeTextFileSync(file, notebookText(run ? stamped(execute(file)) : tidy(read(file))));
      console.log(`${file}: ${run ? "executed and tidied" : "tidied"}`);
      continue;
    }
    const executed = against === undefined ? undefined : read(join(against, basename(file)));
    for (const complaint of complaints(read(file), { executed })) {
      stale++;
      console.error(`${file}: ${complaint}`);
    }
  }
  if (stale > 0) {
    console.error(`Mend it with: deno task notebook --execute ${files.join(" ")}`);
    Deno.exit(1);
  }
  if (check) console.log(`${files.length} in order`);
}

/** Ends with how the tool is called where the command line or a file is at fault; anything else is thrown on. */
function orUsage<T>(attempt: () => T, isTheirs: (error: unknown) => boolean): T {
  try {
    return attempt();
  } catch (error) {
    if (!isTheirs(error)) throw error;
    console.error(`notebook: ${(error as Error).message}\n\n${usage}`);
    Deno.exit(2);
  }
}

if (import.meta.main) {
  const args = orUsage(
    () => asked(Deno.args),
    (error) => error instanceof TypeError || error instanceof RangeError,
  );
  if (args.help) console.log(usage);
  else orUsage(() => main(args), (error) => error instanceof SyntaxError);
}
