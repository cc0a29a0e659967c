import assert from "node:assert/strict";
import { openBrowser, portNumber, serveCommand } from "./serve.ts";

Deno.test("the serve command names its options and their defaults", () => {
  const help = serveCommand().helpInformation();
  assert.match(help, /--port <n>.*8787/s);
  assert.match(help, /--folder <path>.*\.hutong/s);
  assert.match(help, /--open/);
});

Deno.test("a port is a whole number that exists", () => {
  assert.equal(portNumber("8787"), 8787);
  for (const text of ["0", "65536", "-1", "87.5", "http", "", "1e3"]) {
    assert.throws(() => portNumber(text), /whole number from 1 to 65535/, text);
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
