import assert from "node:assert/strict";
import plugin from "./layers.ts";
import { root } from "./folders.ts";

function found(path: string, source: string): string[] {
  return Deno.lint.runPlugin(plugin, new URL(path, root).pathname, source)
    .filter((one) => one.id === "hutong/luck").map((one) => one.message);
}

const exact = [
  "abs",
  "min",
  "max",
  "floor",
  "ceil",
  "round",
  "trunc",
  "sign",
  "sqrt",
  "imul",
  "clz32",
  "fround",
];

Deno.test("every member of Math but the exact ones is refused, also one that a later engine adds", () => {
  const functions = Object.getOwnPropertyNames(Math).filter((name) =>
    typeof Math[name as keyof Math] === "function"
  );
  assert.ok(functions.length > 35);
  for (const name of [...functions, "sumPrecise", "someday"]) {
    const expected = exact.includes(name) ? [] : [`Math.${name} is not allowed in model/`];
    assert.deepEqual(found("model/a.ts", `export const f = (x: number) => Math.${name}(x);`), expected);
    assert.deepEqual(found("model/a.ts", `const f = Math?.${name};`), expected);
  }
  for (const name of ["E", "LN10", "LN2", "LOG10E", "LOG2E", "PI", "SQRT1_2", "SQRT2"]) {
    assert.deepEqual(found("sim/a.ts", `const c = Math.${name};`), []);
  }
});

const refused = [
  `const a = x ** 2;`,
  `x **= 2;`,
  `const a = Math["exp"](1);`,
  `const a = Math[name](1);`,
  `const { exp } = Math;`,
  `const M = Math;`,
  `f(Math);`,
  `const o = { Math };`,
  `const f = (draw = Math.random) => draw();`,
  `Reflect.get(Math, "random");`,
  "const a = `${Math.random()}`;",
  `const now = Date.now();`,
  `const now = new Date();`,
  `const D = Date;`,
  `export { Date };`,
  `export default Date;`,
  `const f = (a = performance.now()) => a;`,
  `Temporal.Now.instant();`,
  `crypto.getRandomValues(new Uint8Array(4));`,
  `crypto.randomUUID();`,
  `crypto["randomUUID"]();`,
  `const { randomUUID } = crypto;`,
  `crypto.subtle.generateKey("Ed25519", true, []);`,
  `new Intl.NumberFormat("zh");`,
  `names.sort((a, b) => a.localeCompare(b));`,
  `a["localeCompare"](b);`,
  `(1.5).toLocaleString();`,
  `a.toLocaleUpperCase();`,
  `Deno.readTextFileSync("a");`,
  `setTimeout(f, 1);`,
  `setInterval(f, 1);`,
  `queue.push(setImmediate);`,
  `await fetch("a");`,
  `new WebSocket("a");`,
  `process.hrtime();`,
  `globalThis.Date.now();`,
  `globalThis["Da" + "te"];`,
  `self.performance;`,
  `eval("1");`,
  `new Function("return 1");`,
  `new WeakRef(a);`,
  `navigator.hardwareConcurrency;`,
  `declare function fetch(): void; function f(a = Math.PI) { return a > 1 ? Date.now() : 0; }`,
  `interface Date { a: 1 } new Date();`,
  `function f(performance: number) { return performance; } performance.now();`,
  `{ const process = 1; } process.exit();`,
  `import process from "node:process";`,
  `import { setTimeout as wait } from "node:timers/promises";`,
  `import { performance } from "node:perf_hooks";`,
  `import { readFileSync } from "fs";`,
  `export * from "node:os";`,
  `export { cpus } from "node:os";`,
  `const a = await import("node:worker_threads");`,
  `import { randomBytes } from "node:crypto";`,
  `import { createHash, generateKeyPairSync } from "node:crypto";`,
  `import * as c from "node:crypto";`,
  `import c from "node:crypto";`,
  `export * from "node:crypto";`,
];
for (const source of refused) {
  Deno.test(`luck is refused in model and sim: ${source}`, () => {
    for (const path of ["model/a.ts", "sim/phases/a.ts", "sim/testing/a.ts", "sim/experiments.ts"]) {
      const messages = found(path, source);
      assert.equal(messages.length, 1, `${path}: ${messages.join("; ")}`);
      assert.match(messages[0], / is not allowed in (model|sim)\/$/);
    }
    for (
      const path of [
        "model/a_test.ts",
        "sim/day_bench.ts",
        "sim/experiments/store.ts",
        "server/app.ts",
        "scenarios/read.ts",
        "commands/run.ts",
        "modelling.ts",
      ]
    ) {
      assert.deepEqual(found(path, source), [], path);
    }
  });
}

Deno.test("a declared global stays a global", () => {
  assert.deepEqual(found("model/a.ts", `declare const Date: { now(): number };\nDate.now();`), [
    "Date is not allowed in model/",
    "Date is not allowed in model/",
  ]);
});

const allowed = [
  `const a = x * x; a *= 2;`,
  `const due = { Date: 1, fetch: 2, process: 3 }; due.Date; due.fetch; due?.process;`,
  `const { Date: day, process: p } = due; f(day, p);`,
  `export const draw = (process: number, entity: number) => process + entity;`,
  `function f({ fetch = 1, ...process }, [Math]: number[]) { return fetch + process.a + Math; }`,
  `const g = function performance(n: number): number { return performance(n - 1); };`,
  `for (const process of processes) f(process);`,
  `for (let self = 0; self < 3; self++) f(self);`,
  `for (const window in windows) f(window);`,
  `try { f(); } catch (process) { g(process); }`,
  `import { process } from "./chain.ts"; process();`,
  `import { Date as Day } from "./calendar.ts"; Day();`,
  `export { day as Date } from "./calendar.ts";`,
  `switch (a) { case 1: { break; } default: const process = 1; f(process); }`,
  `class Window { Date = 1; fetch() { return this.Date; } constructor(private process: number) { f(process); } }`,
  `const self = class navigator { a = navigator; };`,
  `Date: for (;;) break Date;`,
  `type T = { Date: Date }; interface I { fetch(process: number): Date; } let d: Date;`,
  `type F = (process: number) => void;`,
  `enum Kind { Date = 1 }`,
  `const f = (self: number) => ({ self });`,
  `import { createHash, createHmac, sign, verify } from "node:crypto";`,
  `await crypto.subtle.digest("SHA-256", bytes);`,
  `import assert from "node:assert/strict"; import { Buffer } from "node:buffer";`,
  `import { window } from "./window.ts"; window.closes;`,
  `ids.sort(); ids.sort((a, b) => a - b);`,
];
for (const source of allowed) {
  Deno.test(`what only looks like luck passes: ${source}`, () => {
    assert.deepEqual(found("model/a.ts", source), []);
    assert.deepEqual(found("sim/phases/a.ts", source), []);
  });
}
