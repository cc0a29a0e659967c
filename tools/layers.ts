// The lint plugin of Hutong: imports go only to the left, luck and clocks stay outside, exports say what they are.
//
//   model  <-  scenarios  <-  sim  <-  server       notebooks may import everything; nothing imports them

import { address, firstFolder, pathUnderRoot, root } from "./folders.ts";
import { luck } from "./luck.ts";
import { blindSpots } from "./blind_spots.ts";
import { documented } from "./documented.ts";

/** The ranked folders: each may import itself and what stands to its left. */
const order = ["model", "scenarios", "sim", "server"];

/**
 * The arrow between the folders. An import is resolved against its file (or the root, for `#/`), then judged by the
 * first folder under the root. Tests and benchmarks obey the same arrow as the files beside them.
 */
const layers: Deno.lint.Rule = {
  create(context) {
    const file = address(context.filename);
    const path = pathUnderRoot(file);
    if (path === undefined) return {};
    const folder = firstFolder(path);

    const judge = (node: Deno.lint.Node, source: Deno.lint.Node | null | undefined) => {
      if (!source) return;
      const text = literalText(source);
      if (text === undefined) {
        // Workers of an experiment load the runner that they are told.
        if (folder === undefined || !order.includes(folder) || path.startsWith("sim/experiments/")) return;
        context.report({
          node,
          message:
            `${folder}/ imports a name that is worked out while running, so its layer cannot be checked`,
          hint: "Write the path as plain text, or list the choices in a registry.",
        });
        return;
      }
      const target = resolve(text, file);
      const message = target && complaint(folder, target);
      if (message) {
        context.report({
          node,
          message: `${message}: "${text}"`,
          hint:
            "Imports go only to the left: model, scenarios, sim, server. Move the shared part to the left.",
        });
      }
    };

    return {
      ImportDeclaration: (node) => judge(node, node.source),
      ExportAllDeclaration: (node) => judge(node, node.source),
      ExportNamedDeclaration: (node) => judge(node, node.source),
      ImportExpression: (node) => judge(node, node.source),
      TSImportType: (node) => judge(node, literalOfType(node.argument)),
      TSImportEqualsDeclaration: (node) => {
        if (node.moduleReference.type === "TSExternalModuleReference") {
          judge(node, node.moduleReference.expression);
        }
      },
    };
  },
};

/** Why a file of `folder` may not import `target`, or undefined where it may. */
function complaint(folder: string | undefined, target: URL): string | undefined {
  if (folder === "notebooks") return undefined;
  const path = pathUnderRoot(target);
  const into = path === undefined ? undefined : firstFolder(path);
  if (into === "notebooks") return "nothing imports notebooks/";
  const rank = folder === undefined ? -1 : order.indexOf(folder);
  if (rank < 0) return undefined;
  if (path === undefined) return `${folder}/ may not import a file outside the project`;
  const targetRank = into === undefined ? -1 : order.indexOf(into);
  if (targetRank < 0) return `${folder}/ may not import ${path}, which lies in no layer`;
  return targetRank > rank ? `${folder}/ may not import ${into}/, which stands to its right` : undefined;
}

/** The file that an import names, or undefined for a package. */
function resolve(text: string, from: URL): URL | undefined {
  if (text.startsWith("#/")) return new URL(text.slice(2), root);
  return /^(\.{0,2}\/|file:)/.test(text) ? new URL(text, from) : undefined;
}

function literalText(node: Deno.lint.Node): string | undefined {
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  if (node.type === "TemplateLiteral" && node.expressions.length === 0) return node.quasis[0].cooked;
  return undefined;
}

function literalOfType(node: Deno.lint.Node): Deno.lint.Node {
  return node.type === "TSLiteralType" ? node.literal : node;
}

/** The plugin, named in `deno.json` under `lint.plugins`. */
const plugin: Deno.lint.Plugin = {
  name: "hutong",
  rules: { layers, luck, documented, "blind-spots": blindSpots },
};
export default plugin;
