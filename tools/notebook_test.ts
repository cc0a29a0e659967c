import assert from "node:assert/strict";
import { homedir } from "node:os";
import {
  asked,
  complaints,
  type Notebook,
  notebookText,
  outcomeHash,
  sourceHash,
  stamped,
  tidy,
  usage,
} from "./notebook.ts";

const root = "/somewhere/hutong/";

/** What Jupyter hands back after a run. */
function executed(text = "1\n"): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: "deno", display_name: "Deno", language: "typescript" },
      language_info: { name: "typescript", version: "6.0.3" },
    },
    cells: [
      { cell_type: "markdown", id: "a", metadata: {}, source: "# Title" },
      {
        cell_type: "code",
        id: "b",
        metadata: { execution: { "iopub.execute_input": "2026-01-01T00:00:00Z" }, tags: ["kept"] },
        execution_count: 3,
        source: "console.log(1);\n2",
        outputs: [
          { output_type: "stream", name: "stdout", text: [text] },
          {
            output_type: "execute_result",
            execution_count: 3,
            metadata: {},
            data: {
              "text/plain": `at file://${root}mod.ts and ${root}main.ts`,
              "application/json": { a: [1] },
            },
          },
        ],
      },
    ],
  };
}

Deno.test("a tidied notebook has no counts, times, versions or places, and keeps cells, tags and outputs", () => {
  const { cells: [, cell], metadata } = tidy(executed(), { root });
  assert.deepEqual(cell.metadata, { tags: ["kept"] });
  assert.equal(cell.execution_count, null);
  assert.deepEqual(cell.outputs, [
    { output_type: "stream", name: "stdout", text: ["1\n"] },
    {
      output_type: "execute_result",
      execution_count: null,
      metadata: {},
      data: { "text/plain": ["at mod.ts and main.ts"], "application/json": { a: [1] } },
    },
  ]);
  assert.deepEqual(cell.source, ["console.log(1);\n", "2"]);
  assert.ok(!JSON.stringify(metadata).includes("6.0.3"));
});

Deno.test("two executions that found the same give the same bytes, however their lines are kept", () => {
  const one = executed(), two = executed();
  two.cells[1].execution_count = 9;
  two.cells[1].outputs![0].text = "1\n";
  two.cells[1].source = ["console.log(1);\n", "2"];
  assert.equal(notebookText(stamped(one, { root })), notebookText(stamped(two, { root })));
  assert.notEqual(outcomeHash(executed("2\n")), outcomeHash(one));
  assert.equal(sourceHash(executed("2\n")), sourceHash(one));
});

Deno.test("a stamped notebook is in order until a cell, an output or what an execution gives is another", () => {
  const good = stamped(executed(), { root });
  assert.deepEqual(complaints(good, { executed: executed(), root }), []);
  assert.deepEqual(complaints(JSON.parse(notebookText(good)), { root }), []);
  assert.deepEqual(complaints(good, { executed: executed("2\n"), root }), [
    "executed now it shows something else in cell 2",
  ]);

  const changed = structuredClone(good);
  changed.cells[1].source = "console.log(3)";
  assert.deepEqual(complaints(changed, { root }), ["its cells were changed after they were executed"]);
  const touched = structuredClone(good);
  touched.cells[1].outputs = [];
  assert.deepEqual(complaints(touched, { root }), ["its outputs are not those of its last execution"]);
  const worded = structuredClone(good);
  worded.cells[0].source = "# Another title";
  assert.deepEqual(complaints(worded, { root }), []);
});

Deno.test("counts, times, errors and places that slipped in are named with their cell", () => {
  const raw = { ...executed(), metadata: stamped(executed(), { root }).metadata };
  const about = (found: string[], words: string) => found.some((text) => text.includes(words));
  const found = complaints(raw, { root });
  assert.ok(about(found, "cell 2 has an execution count"));
  assert.ok(about(found, "cell 2 has times of execution"));
  assert.ok(about(found, `cell 2 shows a place on one machine: ${root}`));
  const home = stamped(executed(`${homedir()}/notes`), { root });
  assert.deepEqual(complaints(home, { root }), [`cell 2 shows a place on one machine: ${homedir()}/`]);
  const failing = executed();
  failing.cells[1].outputs = [{ output_type: "error", ename: "Error", evalue: "", traceback: [] }];
  assert.ok(about(complaints(stamped(failing, { root }), { root }), "cell 2 ended in an error"));
});

Deno.test("the notebooks of this project are committed as they were executed", () => {
  const folder = new URL("../notebooks/", import.meta.url);
  const files = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) =>
    name.endsWith(".ipynb")
  );
  assert.ok(files.length > 0);
  for (const file of files) {
    const text = Deno.readTextFileSync(new URL(file, folder));
    assert.deepEqual(complaints(JSON.parse(text)), [], file);
    assert.equal(text, notebookText(JSON.parse(text)), `${file} is not written as the tool writes it`);
  }
});

Deno.test("the command line says how it is used: help, no file, a file that is not there, an unknown option", () => {
  const here = import.meta.filename!;
  assert.deepEqual(asked(["--execute", here]), {
    ...{ files: [here], check: false, execute: true, against: undefined, help: false },
  });
  assert.equal(asked(["--help"]).help, true);
  assert.match(usage, /^Usage: deno task notebook \[options\] <notebook\.ipynb>\.\.\./);
  for (const option of ["--execute", "--check", "--against", "--help"]) assert.ok(usage.includes(option));
  assert.throws(() => asked([]), /^RangeError: found no file; allowed are the paths of notebooks$/);
  assert.throws(
    () => asked(["none.ipynb"]),
    /^RangeError: none\.ipynb: no such file; allowed is the path of/,
  );
  assert.throws(
    () => asked(["--check", here, "--against", "/none"]),
    /\/none\/notebook_test\.ts: no such file; allowed is the path of its copy/,
  );
  assert.throws(() => asked(["--exec"]), TypeError);
});

Deno.test("the tool ends with 0 after its help and with 2, usage and no stack after bad input", () => {
  const ended = (...args: string[]) => {
    const tool = new URL("./notebook.ts", import.meta.url).pathname;
    const { code, stdout, stderr } = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", tool, ...args],
    }).outputSync();
    return { code, out: new TextDecoder().decode(stdout), err: new TextDecoder().decode(stderr) };
  };
  const help = ended("--help");
  assert.deepEqual([help.code, help.out], [0, `${usage}\n`]);
  for (const args of [[], ["none.ipynb"], ["--exec"], [import.meta.filename!]]) {
    const { code, err } = ended(...args);
    assert.equal(code, 2, args.join(" "));
    assert.match(err, /^notebook: .*\n\nUsage: /);
    assert.doesNotMatch(err, /\n {4}at /);
  }
});
