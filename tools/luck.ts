// Where luck, clocks and the machine's own arithmetic may not enter: model/ and sim/, sim/experiments excepted.
//
// Two runs of one scenario must give the same bytes on every processor. So these folders use no function whose last
// bits differ between machines (Math.pow and most others), no source of chance but the streams, no clock, no language
// settings, no network and no host. Tests and benchmarks are excepted. What the rule cannot see: `.sort()` without a
// comparison (it compares as text by code unit, the same everywhere, but rarely what is meant for numbers), and the
// order in which a Map or Set was filled.

import { isGlobal } from "./bindings.ts";
import { address, firstFolder, pathUnderRoot } from "./folders.ts";

const exactMath =
  "abs min max floor ceil round trunc sign sqrt imul clz32 fround E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2"
    .split(" ");

const useInstead = {
  chance: "Take `draw` as an argument; streams live in sim/streams.ts.",
  clock: "Count days from the scenario's start; dates are in model/units/calendar.ts.",
  locale: "Compare text by code unit with <.",
  host:
    "Take what is needed as an argument; files, threads and network belong to sim/experiments or the commands.",
  power:
    "pow is in model/units/elementary.ts; write whole powers of two as 1n << 53n or as the number itself.",
  math: "exp, log and pow with the same bits everywhere are in model/units/elementary.ts.",
};
type Kind = keyof typeof useInstead;

const globals = new Map<string, Kind>();
const refuse = (kind: Kind, names: string) => names.split(" ").forEach((name) => globals.set(name, kind));
refuse("clock", "Date Temporal performance setTimeout setInterval setImmediate clearTimeout clearInterval");
refuse("clock", "clearImmediate WeakRef FinalizationRegistry");
refuse("locale", "Intl");
refuse("host", "Deno process fetch WebSocket WebSocketStream EventSource XMLHttpRequest WebTransport Worker");
refuse(
  "host",
  "BroadcastChannel navigator localStorage sessionStorage caches indexedDB prompt confirm alert",
);
refuse("host", "globalThis window self global require eval Function");

const hostModules =
  "child_process cluster dgram dns fs http http2 https inspector net os perf_hooks process readline repl sqlite timers tls tty v8 vm worker_threads"
    .split(" ");

/** What node:crypto offers that draws luck of its own; a whole-module import could reach all of it. */
const chanceOfCrypto =
  /^(\*|default|random.*|generate.*|getRandomValues|webcrypto|createECDH|create.*DiffieHellman.*)$/;

/** Refuses what would make a run differ from machine to machine or from day to day. */
export const luck: Deno.lint.Rule = {
  create(context) {
    const path = pathUnderRoot(address(context.filename));
    if (path === undefined || !isHeld(path)) return {};
    const report = (node: Deno.lint.Node, what: string, kind: Kind) =>
      context.report({
        node,
        message: `${what} is not allowed in ${firstFolder(path)}/`,
        hint: useInstead[kind],
      });

    const seen = new Set<number>();
    const judgeModule = (node: Deno.lint.Node, source: Deno.lint.Node | null, names: string[]) => {
      if (source?.type !== "Literal" || typeof source.value !== "string") return;
      const [, module] = /^(?:node:)?([^/]*)/.exec(source.value)!;
      if (hostModules.includes(module)) report(node, `"${source.value}"`, "host");
      if (module !== "crypto") return;
      for (const name of names.filter((one) => chanceOfCrypto.test(one))) {
        report(node, `${name} of "${source.value}"`, "chance");
      }
    };

    return {
      BinaryExpression(node) {
        if (node.operator === "**") report(node, "**", "power");
      },
      AssignmentExpression(node) {
        if (node.operator === "**=") report(node, "**=", "power");
      },
      Identifier(node) {
        const { name } = node;
        const kind = globals.get(name);
        if (kind === undefined && name !== "Math" && name !== "crypto") return;
        // `{ Math }` and `export { Math }` show the one word twice.
        if (!isGlobal(node) || seen.has(node.range[0])) return;
        seen.add(node.range[0]);
        if (kind !== undefined) return report(node, name, kind);
        const member = memberOf(node);
        if (name === "crypto" && member !== "subtle") report(node, `crypto.${member ?? "…"}`, "chance");
        if (name === "Math" && (member === undefined || !exactMath.includes(member))) {
          report(
            node,
            member === undefined ? "Math by another name" : `Math.${member}`,
            member === "random" ? "chance" : "math",
          );
        }
      },
      MemberExpression(node) {
        const name = nameOfProperty(node);
        if (name && /^(localeCompare|toLocale\w*)$/.test(name)) report(node, `.${name}`, "locale");
        if (name === "generateKey") report(node, `.${name}`, "chance");
      },
      ImportDeclaration(node) {
        judgeModule(node, node.source, node.specifiers.map(importedName));
      },
      ExportNamedDeclaration: (node) => judgeModule(node, node.source, ["*"]),
      ExportAllDeclaration: (node) => judgeModule(node, node.source, ["*"]),
      ImportExpression: (node) => judgeModule(node, node.source, ["*"]),
    };
  },
};

/** Whether a path is held to this rule. */
function isHeld(path: string): boolean {
  return /^(model|sim)\//.test(path) && !path.startsWith("sim/experiments/") &&
    !/_(test|bench)\.tsx?$/.test(path);
}

/** The name of the member that is read from an object, `Math.abs` giving "abs"; undefined for any other use. */
function memberOf(object: Deno.lint.Identifier): string | undefined {
  const parent = object.parent as Deno.lint.Node;
  if (parent.type !== "MemberExpression" || parent.object.range[0] !== object.range[0]) return undefined;
  return parent.computed ? undefined : nameOfProperty(parent);
}

function nameOfProperty(node: Deno.lint.MemberExpression): string | undefined {
  const { property } = node;
  if (property.type === "Identifier") return node.computed ? undefined : property.name;
  return property.type === "Literal" && typeof property.value === "string" ? property.value : undefined;
}

function importedName(one: Deno.lint.ImportDeclaration["specifiers"][number]): string {
  if (one.type !== "ImportSpecifier") return "*";
  return one.imported.type === "Identifier" ? one.imported.name : String(one.imported.value);
}
