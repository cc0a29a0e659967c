import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import plugin from "./layers.ts";
import { address, firstFolder, pathUnderRoot, root } from "./folders.ts";

/** The ids of what the plugin finds in a file of the project, doc comments apart. */
function found(path: string, source: string): string[] {
  return Deno.lint.runPlugin(plugin, new URL(path, root).pathname, source)
    .map((one) => one.id).filter((id) => id !== "hutong/documented");
}

const allowed: [string, string][] = [
  ["model/credit/a.ts", `import { b } from "./b.ts";`],
  ["model/credit/a.ts", `import { split } from "../units/units.ts";`],
  ["model/credit/a.ts", `import { split } from "#/model/units/units.ts";`],
  ["model/credit/a.ts", `import { z } from "zod";`],
  ["model/credit/a.ts", `import assert from "node:assert/strict";`],
  ["model/credit/a.ts", `import { render } from "react-dom/server";`],
  ["model/credit/a.ts", `export { a }; const a = 1;`],
  ["model/credit/a.ts", `type T = import("zod").ZodType;`],
  ["scenarios/schema.ts", `import { rails } from "#/model/clearing/rails/registry.ts";`],
  ["scenarios/schema.ts", `import text from "./schema.json" with { type: "json" };`],
  ["sim/run.ts", `import type { Scenario } from "#/scenarios/schema.ts";`],
  ["sim/run.ts", `export * from "#/model/names.ts";`],
  ["server/app.ts", `import { run } from "#/sim/run.ts";`],
  ["server/model/x.ts", `import { run } from "#/sim/run.ts";`], // its first folder is server
  ["notebooks/cells.ts", `import { run } from "#/mod.ts"; import "#/server/app.ts"; import "#/sim/run.ts";`],
  ["main.ts", `import "./server/app.ts"; import "./commands/run.ts"; import "./tools/count.ts";`],
  ["commands/run.ts", `await import(name);`], // commands lie in no layer
  ["sim/experiments/worker.ts", `await import(runner);`], // it loads the runner that it is told
  ["tools/x.ts", `import "#/sim/run.ts";`],
];

const refused: [string, string][] = [
  ["model/credit/a.ts", `import { run } from "#/sim/run.ts";`],
  ["model/credit/a.ts", `import type { Scenario } from "#/scenarios/schema.ts";`],
  ["model/credit/a.ts", `import { run } from "../../sim/run.ts";`],
  ["model/credit/a_test.ts", `import { run } from "../../sim/run.ts";`],
  ["model/credit/a_bench.ts", `import { run } from "../../sim/run.ts";`],
  ["model/credit/a.ts", `import "../../main.ts";`],
  ["model/a.ts", `import "../server.ts";`],
  ["model/a.ts", `import "#/mod.ts";`],
  ["model/a.ts", `import "#/tools/count.ts";`],
  ["model/a.ts", `import "#/notebooks/cells.ts";`],
  ["model/a.ts", `import "../../elsewhere/a.ts";`],
  ["model/a.ts", `import "#/../elsewhere/a.ts";`],
  ["model/a.ts", `import "/etc/a.ts";`],
  ["model/a.ts", `import "file:///etc/a.ts";`],
  ["model/a.ts", `import "${root}sim/run.ts";`],
  ["model/a.ts", `export * from "#/sim/run.ts";`],
  ["model/a.ts", `export { run } from "#/sim/run.ts";`],
  ["model/a.ts", `const late = await import("#/sim/run.ts");`],
  ["model/a.ts", "const late = await import(`#/sim/run.ts`);"],
  ["model/a.ts", `const late = await import(name);`],
  ["model/a.ts", "const late = await import(`./${name}.ts`);"],
  ["model/a.ts", `type T = import("#/sim/run.ts").T;`],
  ["model/a.ts", `import run = require("../sim/run.ts");`],
  ["model/a.ts", `function f() { return import("./../sim/run.ts"); }`],
  ["sim/run.ts", `await import(runner);`],
  ["sim/experiments/worker.ts", `await import("#/server/app.ts");`],
  ["scenarios/schema.ts", `import "#/sim/run.ts";`],
  ["scenarios/schema.ts", `import "#/server/app.ts";`],
  ["sim/experiments/sweep.ts", `import "#/server/app.ts";`],
  ["sim/model/x.ts", `import "#/server/app.ts";`], // its first folder is sim
  ["server/app.ts", `import "#/main.ts";`],
  ["server/app.ts", `import "#/commands/run.ts";`],
  ["main.ts", `import "./notebooks/cells.ts";`], // nothing imports notebooks
];

for (const [path, source] of allowed) {
  Deno.test(`the arrow lets ${path} say ${source}`, () => assert.deepEqual(found(path, source), []));
}

for (const [path, source] of refused) {
  Deno.test(`the arrow refuses ${path} to say ${source}`, () => {
    assert.deepEqual(found(path, source), ["hutong/layers"]);
  });
}

Deno.test("the arrow says who may not import what, in words", () => {
  const [one] = Deno.lint.runPlugin(plugin, new URL("model/a.ts", root).pathname, `import "#/sim/run.ts";`);
  assert.equal(one.message, `model/ may not import sim/, which stands to its right: "#/sim/run.ts"`);
});

Deno.test("a file is placed by absolute path, file address or path from the root alike", () => {
  const target = new URL("sim/run.ts", root);
  for (const name of [target.pathname, target.href, "sim/run.ts"]) {
    assert.equal(pathUnderRoot(address(name)), "sim/run.ts");
  }
  assert.equal(pathUnderRoot(pathToFileURL("/somewhere/else/model/a.ts")), undefined);
  assert.equal(firstFolder("sim/tables/loans.ts"), "sim");
  assert.equal(firstFolder("main.ts"), undefined);
});

Deno.test("a file outside the project is left alone", () => {
  assert.deepEqual(
    Deno.lint.runPlugin(plugin, "/elsewhere/model/a.ts", `import "../sim/run.ts"; Math.exp(1)`),
    [],
  );
});

const hidden = [
  `import "zod";; import "#/sim/run.ts";`,
  `;import "#/sim/run.ts";`,
  `// first\n/* second */ ; Math.random();`,
  `export class A {}; Math.random();`,
  `function f() { return 1;; } `,
  `class A { static { f();; g(); } }`,
  `namespace N { const a = 1;; }`,
  `switch (a) { case f(":"): b();; c(); }`,
];
for (const source of hidden) {
  Deno.test(`a stray semicolon is refused since it hides what follows: ${JSON.stringify(source)}`, () => {
    assert.deepEqual(found("model/a.ts", source), ["hutong/blind-spots"]);
  });
}

Deno.test("an empty loop body, a for head and a comment with a semicolon hide nothing", () => {
  const source =
    `for (;;);\nwhile (next());\nf(); // a; b;\n/* c; */\nclass A {; x = 1; }\n{ g(); /* ; */ }\n`;
  assert.deepEqual(found("model/a.ts", source), []);
  assert.deepEqual(found("model/a.ts", source + "Math.random();"), ["hutong/luck"]);
});

Deno.test("no file of the project switches these rules off", () => {
  // Written in two parts, or this test would find itself.
  const comment = new RegExp("deno-lint-" + "ignore(-file)?(?<names>[^\\n]*)", "g");
  const offenders: string[] = [];
  let read = 0;
  for (const path of sources(new URL(root))) {
    read += 1;
    for (const match of readFileSync(new URL(path, root), "utf8").matchAll(comment)) {
      const names = match.groups!.names.split("--")[0].trim();
      if (names === "" || names.includes("hutong/")) offenders.push(`${path}: ${match[0]}`);
    }
  }
  assert.ok(read > 20, `only ${read} files were read`);
  assert.deepEqual(offenders, []);
});

/** Every source file under a folder, by its path from the root. */
function sources(folder: URL): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (/^\.|^(node_modules|out|coverage)$/.test(entry.name)) return [];
    const url = new URL(entry.name + (entry.isDirectory() ? "/" : ""), folder);
    if (entry.isDirectory()) return sources(url);
    return /\.[cm]?[jt]sx?$/.test(entry.name) ? [decodeURI(pathUnderRoot(url)!)] : [];
  });
}
