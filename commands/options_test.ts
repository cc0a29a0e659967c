import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { filePath, readableFolder, writableFolder } from "./options.ts";
import { startVerb } from "./start.ts";

/** A folder of its own for a test, gone afterwards. */
function inFolder<T>(test: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "hutong-options-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const result = test(folder);
  if (result instanceof Promise) return result.finally(remove) as T;
  remove();
  return result;
}

Deno.test("a folder to write into is made and left empty", () =>
  inFolder((folder) => {
    const made = join(folder, "a/b");
    assert.equal(writableFolder("--out", made), made);
    assert.deepEqual(readdirSync(made), []);
  }));

Deno.test("a folder that cannot be used is refused by its place and path, with the reason and what is allowed", () =>
  inFolder((folder) => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    assert.throws(
      () => writableFolder("--out", file),
      {
        message:
          `--out: found ${file}, which is a file; allowed is a folder that can be read and written, or a new one`,
      },
    );
    assert.throws(() => writableFolder("--out", `${file}/x`), /a part of whose path is a file/);
    assert.throws(
      () => readableFolder("--folder", join(folder, "none")),
      {
        message: `--folder: found ${
          join(folder, "none")
        }, which is not there; allowed is a folder that can be read`,
      },
    );
    // The superuser may write anywhere, so only others can be refused.
    if (Deno.build.os === "windows" || Deno.uid() === 0) return;
    const locked = join(folder, "locked");
    mkdirSync(locked);
    chmodSync(locked, 0o500);
    assert.throws(() => writableFolder("--out", locked), /locked, which this user may not use; allowed is /);
  }));

Deno.test("start refuses a folder that it cannot write before anything is simulated", () =>
  inFolder(async (folder) => {
    const before = Deno.cwd();
    writeFileSync(join(folder, ".hutong"), "a file where the folder should be");
    Deno.chdir(folder);
    try {
      await assert.rejects(
        startVerb().parseAsync(["--no-serve", "--shoppers", "200", "--days", "2"], { from: "user" }),
        /^ScenarioError: start: found \.hutong\/reports, a part of whose path is a file; allowed is a folder/,
      );
    } finally {
      Deno.chdir(before);
    }
  }));

Deno.test("a file is meant from where the command was given, a name is left as it is", () =>
  inFolder((folder) => {
    const before = Deno.env.get("INIT_CWD");
    writeFileSync(join(folder, "my.yaml"), "");
    Deno.env.set("INIT_CWD", folder);
    try {
      assert.equal(filePath("my.yaml"), join(folder, "my.yaml"));
      assert.equal(filePath("./my.yaml"), join(folder, "my.yaml"));
      assert.equal(filePath("interop"), "interop");
      assert.equal(filePath("scenarios/interop.yaml"), "scenarios/interop.yaml");
    } finally {
      if (before === undefined) Deno.env.delete("INIT_CWD");
      else Deno.env.set("INIT_CWD", before);
    }
  }));
