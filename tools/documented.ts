// What a file offers to others says what it is: every exported symbol has a doc comment.
//
// `deno doc --lint` asks for more than helps here: a comment on each field, whose name already carries its unit, and no
// types inferred by zod. So the project asks only for what a reader needs.

import { address, firstFolder, pathUnderRoot } from "./folders.ts";

const held = ["model", "scenarios", "sim", "server", "commands", "tools", "conformance"];

/** Reports an exported function, class, constant or type without a doc comment; tests and benchmarks are excepted. */
export const documented: Deno.lint.Rule = {
  create(context) {
    const path = pathUnderRoot(address(context.filename));
    const folder = path === undefined ? undefined : firstFolder(path) ?? "";
    if (folder === undefined || !(folder === "" || held.includes(folder))) return {};
    if (/_(test|bench)\.tsx?$/.test(path!)) return {};
    // Overloads share the comment of the first.
    const seen = new Set<string>();

    const judge = (node: Deno.lint.Node, name: string) => {
      if (seen.has(name)) return;
      seen.add(name);
      const last = context.sourceCode.getCommentsBefore(node).at(-1);
      const between = last && context.sourceCode.text.slice(last.range[1], node.range[0]);
      if (last?.type === "Block" && last.value.startsWith("*") && between!.trim() === "") return;
      context.report({
        node,
        message: `${name} is exported without a doc comment`,
        hint: "Say above it, in /** … */, what it is, its units, its errors and its source.",
      });
    };

    return {
      ExportNamedDeclaration(node) {
        const { declaration } = node;
        if (!declaration) return;
        if (declaration.type === "VariableDeclaration") {
          judge(node, context.sourceCode.getText(declaration.declarations[0].id).split(":")[0]);
        } else if ("id" in declaration && declaration.id) {
          judge(node, context.sourceCode.getText(declaration.id));
        }
      },
      ExportDefaultDeclaration(node) {
        if (node.declaration.type !== "Identifier") judge(node, "the default export");
      },
    };
  },
};
