// XML as payment messages use it: elements of one namespace, text, one attribute. No document types, so no entities that grow.

import { parseXml, XmlElement, XmlText } from "@rgrove/parse-xml";

/** An element: its local name, its attributes, and either elements or a text in it. */
export interface Element {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly Element[];
  text: string;
}

/** The longest text that is read: a message of one transfer has some thousand characters. */
export const longestText = 200_000;
/** How deep elements may lie in each other; messages need about ten. */
export const deepest = 40;

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string) => text.replace(/[&<>"]/g, (found) => escapes[found]);

/**
 * Reads a document: its root, and the namespace of the root, which all elements must share.
 *
 * Errors: `SyntaxError` for text that is no well-formed XML, that is longer than {@link longestText} or deeper than
 * {@link deepest}, that declares a document type (so entities cannot be defined), or that mixes namespaces.
 *
 * @example
 * ```ts
 * import { readXml } from "#/model/messages/xml.ts";
 * import assert from "node:assert/strict";
 * const { root, namespace } = readXml('<a xmlns="urn:x"><b>7 &lt; 8</b></a>');
 * assert.deepEqual([namespace, root.children[0].text], ["urn:x", "7 < 8"]);
 * assert.throws(() => readXml('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), /document type/);
 * ```
 */
export function readXml(text: string): { root: Element; namespace: string } {
  if (text.length > longestText) {
    throw new SyntaxError(
      `Cannot read XML of ${text.length} characters: at most ${longestText} are read`,
    );
  }
  if (/<!DOCTYPE/i.test(text)) {
    throw new SyntaxError("Cannot read XML with a document type: payment messages have none");
  }
  let root: XmlElement | null;
  try {
    root = parseXml(text).root;
  } catch (error) {
    throw new SyntaxError(`Cannot read XML: ${(error as Error).message.split("\n")[0]}`);
  }
  if (root === null) throw new SyntaxError("Cannot read XML: it has no element");
  const bound = bind(root, {});
  const namespace = bound[prefixOf(root.name)] ?? "";
  return { root: plain(root, {}, { namespace, depth: 1 }), namespace };
}

/** The prefixes that hold within an element. */
function bind({ attributes }: XmlElement, outer: Record<string, string>): Record<string, string> {
  const bound = { ...outer };
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "xmlns") bound[""] = value;
    else if (name.startsWith("xmlns:")) bound[name.slice(6)] = value;
  }
  return bound;
}

const prefixOf = (name: string) => name.includes(":") ? name.slice(0, name.indexOf(":")) : "";
const localOf = (name: string) => name.slice(name.indexOf(":") + 1);

function plain(
  element: XmlElement,
  outer: Record<string, string>,
  { namespace, depth }: { namespace: string; depth: number },
): Element {
  const name = localOf(element.name);
  if (depth > deepest) {
    throw new SyntaxError(`Cannot read XML: <${name}> lies deeper than ${deepest} elements`);
  }
  const bound = bind(element, outer), own = bound[prefixOf(element.name)] ?? "";
  if (own !== namespace) {
    throw new SyntaxError(
      `Cannot read XML: <${name}> is of namespace "${own}", its document of "${namespace}"`,
    );
  }
  const children = element.children.flatMap((child) =>
    child instanceof XmlElement ? [plain(child, bound, { namespace, depth: depth + 1 })] : []
  );
  const text = element.children.map((child) => child instanceof XmlText ? child.text : "").join("");
  if (children.length > 0 && text.trim() !== "") {
    throw new SyntaxError(
      `Cannot read XML: <${name}> has elements and the text "${text.trim().slice(0, 40)}"`,
    );
  }
  return { name, attributes: element.attributes, children, text: children.length > 0 ? "" : text };
}

/** What an element is to hold: a text, elements in order, or nothing at all (then it is left out). */
export type Content = string | readonly Written[] | undefined;
/** An element to be written: its name, its content, its attributes. */
export type Written = readonly [
  name: string,
  content: Content,
  attributes?: Readonly<Record<string, string>>,
];

/**
 * Writes a document: two spaces a level, elements without content left out.
 *
 * @example
 * ```ts
 * import { writeXml } from "#/model/messages/xml.ts";
 * import assert from "node:assert/strict";
 * const text = writeXml(["a", [["b", "7 < 8", { Ccy: "CNY" }], ["c", undefined]]]);
 * assert.ok(text.endsWith('<a>\n  <b Ccy="CNY">7 &lt; 8</b>\n</a>\n'));
 * ```
 */
export function writeXml(root: Written): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${lines(root, "").join("\n")}\n`;
}

function lines([name, content, attributes = {}]: Written, indent: string): string[] {
  if (content === undefined) return [];
  const said = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`).join("");
  if (typeof content === "string") return [`${indent}<${name}${said}>${escaped(content)}</${name}>`];
  const inside = content.flatMap((child) => lines(child, `${indent}  `));
  return inside.length === 0 ? [] : [`${indent}<${name}${said}>`, ...inside, `${indent}</${name}>`];
}
