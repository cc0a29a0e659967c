// No stray semicolons: Deno's linter (seen in 2.9.6) shows a plugin nothing that follows an empty statement in a list
// of statements, so one extra ";" would hide the rest of the file from the other rules.

import { address, pathUnderRoot } from "./folders.ts";

/** Reports an empty statement among others; an empty loop body (`while (next());`) hides nothing and passes. */
export const blindSpots: Deno.lint.Rule = {
  create(context) {
    if (pathUnderRoot(address(context.filename)) === undefined) return {};
    const text = context.sourceCode.text;

    // The hidden statements have no nodes; what remains of the list's text after the last visible one shows them.
    const judge = (start: number, statements: readonly Deno.lint.Node[], end: number) => {
      const from = statements.length === 0 ? start : statements[statements.length - 1].range[1];
      const gap = /^(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/.exec(text.slice(from, end))![0];
      const at = from + gap.length;
      if (at < end && text[at] === ";") {
        context.report({
          range: [at, at + 1],
          message: "a stray semicolon hides everything after it from this project's lint rules",
          hint: "Delete it; `deno fmt` does so too.",
        });
      }
    };

    return {
      Program: (node) => judge(0, node.body, text.length),
      BlockStatement: (node) => judge(node.range[0] + 1, node.body, node.range[1]),
      TSModuleBlock: (node) => judge(node.range[0] + 1, node.body, node.range[1]),
      SwitchCase: (node) => {
        const head = node.test ? node.test.range[1] : node.range[0];
        judge(text.indexOf(":", head) + 1, node.consequent, node.range[1]);
      },
    };
  },
};
