import assert from "node:assert/strict";
import { openBrowser, serveCommand, servedFolder } from "./serve.ts";

Deno.test("the serve command names its options and their defaults", () => {
  const help = serveCommand().helpInformation();
  assert.match(help, /--port <n>.*1 to\s+65535.*default: 8787/s);
  assert.match(help, /--folder <path>.*\.hutong/s);
  assert.match(help, /--open/);
});

Deno.test("a port is a whole number that exists", async () => {
  for (const text of ["0", "65536", "-1", "87.5", "http", "", "1e3"]) {
    const command = serveCommand().exitOverride().configureOutput({ writeErr: () => {} });
    await assert.rejects(
      command.parseAsync([`--port=${text}`], { from: "user" }),
      /^CommanderError: --port: found .*; allowed is a whole number from 1 to 65535$/,
      text,
    );
  }
});

Deno.test("a folder that is named must be there and be one; the project's own need not be yet", () => {
  const folder = Deno.makeTempDirSync();
  try {
    const file = `${folder}/a-file`;
    Deno.writeTextFileSync(file, "");
    assert.equal(servedFolder(folder), folder);
    assert.throws(
      () => servedFolder(`${folder}/none`),
      /--folder: found \S+none, which is not there; allowed is a folder that can be read$/,
    );
    assert.throws(
      () => servedFolder(file),
      /--folder: found \S+a-file, which is a file; allowed is a folder/,
    );
    assert.throws(() => servedFolder(""), /--folder: found nothing; allowed is the path of a folder/);
    assert.equal(servedFolder(), ".hutong");
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("where no browser is there it says so, with the address", async () => {
  // The opener of another system is not installed here.
  const other = Deno.build.os === "windows" ? "darwin" : "windows";
  assert.equal(
    await openBrowser("http://127.0.0.1:8787", other),
    "No browser was found; the address is http://127.0.0.1:8787.",
  );
});
