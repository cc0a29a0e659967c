// YAML as scenarios use it: groups, lists, texts and plain numbers; no anchors, tags, merge keys or second documents.

import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { type Complaint, refuse, ScenarioError } from "#/scenarios/complain.ts";
import { numberFault } from "#/scenarios/numbers.ts";
import type { Group, Path, Tree } from "#/scenarios/tree.ts";

const deepest = 24;

/**
 * The tree of a scenario file's text, each value with its line.
 *
 * Shapes: `text` is the whole file, `file` its name in complaints. The top must be a group of keys.
 * Errors: {@link ScenarioError} with every fault of this file, the first in the message.
 * Source: YAML 1.2 core schema, narrowed (see {@link numberFault}).
 *
 * @example
 * ```ts
 * import { parse } from "#/scenarios/parse.ts";
 * import { plain } from "#/scenarios/tree.ts";
 * import assert from "node:assert/strict";
 * const tree = parse("title: Quiet\nworld:\n  days: 30\n", "quiet.yaml");
 * assert.deepEqual(plain(tree), { title: "Quiet", world: { days: 30 } });
 * assert.throws(() => parse("days: 030", "quiet.yaml"), /^ScenarioError: quiet.yaml:1: days: found 030, /);
 * ```
 */
export function parse(text: string, file: string): Group {
  const tree = parseValue(text, { file, line: 1 }, []);
  if (tree.kind === "group") return tree;
  const found = tree.kind === "list" ? "a list" : tree.value === null ? "nothing" : "a single value";
  refuse(`${file}:1`, "", `found ${found}; allowed is a group of keys such as "title: …"`);
}

/**
 * The tree of any YAML value: a file, or what follows the `=` of a setting.
 *
 * Shapes: `at.line` is the line of the text's first line, 0 when there are no lines; `under` is the path that the value will
 * have. Errors: {@link ScenarioError} with every fault.
 */
export function parseValue(text: string, at: { file: string; line: number }, under: Path): Tree {
  const lines = new LineCounter();
  const lineAt = (offset: number) => at.line === 0 ? 0 : at.line + lines.linePos(offset).line - 1;
  const placeAt = (offset: number) => at.line === 0 ? at.file : `${at.file}:${lineAt(offset)}`;
  const complaints: Complaint[] = [];
  const complain = (offset: number, path: Path, text: string) =>
    void complaints.push({ place: placeAt(offset), path: path.join("."), text });

  const control = text.search(/[^\P{Cc}\t\n\r]/u);
  if (control >= 0) {
    const line = text.slice(0, control).split("\n").length + at.line - 1;
    const code = text.charCodeAt(control).toString(16).padStart(4, "0");
    refuse(
      at.line === 0 ? at.file : `${at.file}:${line}`,
      under.join("."),
      `found control character U+${code}; allowed is printable text`,
    );
  }
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  if (/^(?:[ \t]*(?:#.*)?\r?\n)*%/.test(text)) {
    complain(text.search(/^%/m), under, "found a % directive; none is allowed");
  }
  for (const { code, message, pos } of document.errors) complain(pos[0], under, explainSyntax(code, message));
  if (complaints.length > 0) throw new ScenarioError(complaints);

  const read = (node: Node | null, path: Path, line: number): Tree => {
    const origin = { file: at.file, line };
    const nothing: Tree = { kind: "value", value: null, text: "", quoted: false, at: origin };
    if (!node) return nothing;
    const start = node.range?.[0] ?? 0;
    if (path.length - under.length > deepest) {
      complain(start, path.slice(0, 4), `nested more than ${deepest} levels deep; allowed are ${deepest}`);
      return nothing;
    }
    if (isAlias(node)) {
      complain(start, path, `found alias *${node.source}; aliases are not allowed, write the value`);
      return nothing;
    }
    if (node.anchor !== undefined) {
      complain(
        start,
        path,
        `found anchor &${node.anchor}; anchors are not allowed, write each value where it stands`,
      );
    }
    if (node.tag !== undefined) complain(start, path, `found tag ${node.tag}; tags are not allowed`);
    if (isMap(node)) {
      const entries = new Map<string, Tree>();
      for (const pair of node.items) {
        const key = pair.key as Node | null;
        const offset = key?.range?.[0] ?? start;
        const name = isScalar(key) && typeof key.value === "string" ? key.value : null;
        if (name === null || name === "__proto__" || name === "") {
          const found = isScalar(key) ? key.source || "an empty key" : "a group or list";
          complain(offset, path, `found ${found} as a key; allowed are the names of the schema`);
          continue;
        }
        const here = [...path, name];
        if (name === "<<") {
          complain(offset, here, "merge keys are not allowed, write each key where it stands");
        } else if (entries.has(name)) {
          const first = entries.get(name)!.at.line;
          complain(
            offset,
            here,
            `duplicate key${first > 0 ? `, first said in line ${first}` : ""}; allowed is once`,
          );
        } else entries.set(name, read(pair.value as Node | null, here, lineAt(offset)));
        if (isScalar(key) && (key.anchor !== undefined || key.tag !== undefined)) {
          complain(offset, here, "anchors and tags are not allowed on a key");
        }
      }
      return { kind: "group", entries, at: origin };
    }
    if (isSeq(node)) {
      const items = node.items.map((item, i) => {
        const offset = (item as Node | null)?.range?.[0] ?? start;
        return read(item as Node | null, [...path, String(i)], lineAt(offset));
      });
      return { kind: "list", items, at: origin };
    }
    if (!isScalar(node)) return nothing;
    const source = node.source ?? "", quoted = node.type !== "PLAIN";
    const fault = quoted ? undefined : numberFault(source);
    if (fault) complain(start, path, fault);
    const value = node.value as number | string | boolean | null;
    if (typeof value === "string" && !value.isWellFormed()) {
      complain(start, path, "found half a character; allowed are whole ones");
    }
    return { kind: "value", value, text: source, quoted, at: origin };
  };
  const tree = read(document.contents as Node | null, under, at.line);
  for (const { message, pos } of complaints.length > 0 ? [] : document.warnings) {
    complain(pos[0], under, explainSyntax("", message));
  }
  if (complaints.length > 0) throw new ScenarioError(complaints);
  return tree;
}

function explainSyntax(code: string, message: string): string {
  if (code === "MULTIPLE_DOCS") return "found a second document; one is allowed in a file";
  if (code === "TAB_AS_INDENT") return "found a tab as indentation; use spaces";
  if (message.startsWith("Maximum call stack")) {
    return `nested too deeply to be read; allowed are ${deepest} levels`;
  }
  return `not YAML: ${message.replace(/\s+/g, " ").slice(0, 160)}`;
}
