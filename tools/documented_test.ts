import assert from "node:assert/strict";
import plugin from "./layers.ts";
import { root } from "./folders.ts";

function found(path: string, source: string): string[] {
  return Deno.lint.runPlugin(plugin, new URL(path, root).pathname, source).map((one) => one.message);
}

const bare = {
  "export function f() {}": "f",
  "export async function g(a: number): Promise<void> {}": "g",
  "export const a = 1;": "a",
  "export const b: number = 1;": "b",
  "export const { c } = d;": "{ c }",
  "export class E {}": "E",
  "export interface F { a: number }": "F",
  "export type G = number;": "G",
  "export enum H { a }": "H",
  "// only a line\nexport function i() {}": "i",
  "/* no doc */\nexport function j() {}": "j",
  "/** About the import. */\nimport 'zod';\nexport function k() {}": "k",
  "export default function () {}": "the default export",
};
for (const [source, name] of Object.entries(bare)) {
  Deno.test(`an export without a doc comment is refused: ${JSON.stringify(source)}`, () => {
    for (const path of ["model/a.ts", "server/pages/a.tsx", "commands/run.ts", "mod.ts"]) {
      assert.deepEqual(found(path, source), [`${name} is exported without a doc comment`], path);
    }
    for (const path of ["model/a_test.ts", "sim/day_bench.ts", "notebooks/cells.ts"]) {
      assert.deepEqual(found(path, source), [], path);
    }
  });
}

Deno.test("with a doc comment, as a second overload, by name or unexported, a symbol passes", () => {
  const source = `
    /** One. */
    export function f(a: number): void;
    export function f(a: string): void;
    export function f(): void {}
    /**
     * Two.
     */
    // and a note
    const hidden = 1;
    function alone() {}
    export { hidden };
    export * from "./b.ts";
    export default alone;
    /** Three. */
    export type { T } from "./c.ts";
  `;
  assert.deepEqual(found("model/a.ts", source), []);
});
