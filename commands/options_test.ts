import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { filePath, readableFolder, writableFolder } from "./options.ts";

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

// What is the whole process's, its folder and its environment, is another process's here: tests run side by side.
Deno.test("start refuses a folder that it cannot write before anything is simulated", () =>
  inFolder(async (folder) => {
    writeFileSync(join(folder, ".hutong"), "a file where the folder should be");
    const root = new URL("../", import.meta.url).pathname;
    const args = ["run", "-A", "--no-check", "--config", join(root, "deno.json"), join(root, "main.ts")];
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [...args, "start", "--no-serve", "--shoppers", "200", "--days", "2"],
      cwd: folder,
      stdout: "null",
      stderr: "piped",
    }).output();
    assert.equal(code, 2);
    assert.match(
      new TextDecoder().decode(stderr),
      /start: found \.hutong\/reports, a part of whose path is a file; allowed is a folder/,
    );
  }));

Deno.test("a file is meant from where the command was given, a name is left as it is", () =>
  inFolder((folder) => {
    writeFileSync(join(folder, "my.yaml"), "");
    assert.equal(filePath("my.yaml", folder), join(folder, "my.yaml"));
    assert.equal(filePath("./my.yaml", folder), join(folder, "my.yaml"));
    assert.equal(filePath("interop", folder), "interop");
    assert.equal(filePath("scenarios/interop.yaml", folder), "scenarios/interop.yaml");
  }));
