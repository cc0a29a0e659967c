import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { main } from "./main.ts";

function call(args: string[]): { code: number; out: string[]; err: string[] } {
  const out: string[] = [], err: string[] = [];
  const code = main(args, { print: (line) => out.push(line), complain: (line) => err.push(line) });
  return { code, out, err };
}

function withFolder(files: Record<string, string>, use: (folder: string) => void): void {
  const folder = Deno.makeTempDirSync();
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder, path, ".."), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const jcs = (output: string) => JSON.stringify({ cases: [{ name: "one", input: "[1.0]", output }] });

Deno.test("conformance ends with 0 when nothing failed, and says what is skipped for want of a layer", () => {
  withFolder(
    {
      "README.md": "",
      "pay/jcs_rfc8785.json": jcs("[1]"),
      "fin/scoring_woe_iv_auc_psi.json": `{"monitoring":{}}`,
    },
    (folder) => {
      const { code, out, err } = call([folder]);
      assert.deepEqual([code, err, out.at(-1)], [0, [], "1 passed, 0 failed, 1 skipped"]);
    },
  );
});

Deno.test("conformance ends with 1 when a case failed, and writes JUnit XML where it is told, folders included", () => {
  withFolder({ "pay/jcs_rfc8785.json": jcs("[1.0]"), "wb/unheard_of.json": "{}" }, (folder) => {
    const junit = join(folder, "out", "deep", "junit.xml");
    const { code, out } = call([folder, "--junit", junit]);
    assert.deepEqual([code, out.at(-1)], [1, "0 passed, 2 failed, 0 skipped"]);
    assert.match(readFileSync(junit, "utf8"), /<testsuites name="conformance" tests="2" failures="2"/);
  });
});

Deno.test("conformance ends with 2 and one message for a wrong call, a missing folder and an empty one", () => {
  for (const args of [[], ["a", "b"], ["--jnuit", "x", "a"], ["a", "--junit"]]) {
    const { code, out, err } = call(args);
    assert.deepEqual([code, out.length, err.length], [2, 0, 1], args.join(" "));
    assert.match(err[0], /Usage: deno task conformance FOLDER/);
  }
  const missing = call(["no/such/folder"]);
  assert.deepEqual([missing.code, missing.err], [2, [
    `Cannot run the conformance cases: there is no folder "no/such/folder"`,
  ]]);
  withFolder({}, (folder) => assert.match(call([folder]).err[0], /holds no files/));
});

Deno.test("conformance --help shows the call and its exit codes", () => {
  const { code, out } = call(["--help"]);
  assert.equal(code, 0);
  assert.match(out[0], /--junit FILE[^]*Exit code/);
});
