// Files that are no scenario files: each is refused in one line, nothing else happens.

import assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import { load } from "#/scenarios/load.ts";
import { mostBytes } from "#/scenarios/read.ts";
import { refusal, withFolder } from "#/scenarios/testing/fixture.ts";

const message = (
  files: Record<string, string | Uint8Array>,
  name: string,
  prepare?: (folder: string) => void,
) => {
  let text = "";
  withFolder(files, (folder) => {
    prepare?.(folder);
    text = refusal(folder, () => load(name.replace("F/", `${folder}/`), { folder }));
  });
  return text;
};

Deno.test("a file that is not there is refused by its path", () => {
  assert.equal(
    message({}, "F/none.yaml"),
    "F/none.yaml: no such file; allowed is the path of a file that is there",
  );
});

Deno.test("a folder is refused", () => {
  const text = message({}, "F/sub.yaml", (folder) => mkdirSync(`${folder}/sub.yaml`));
  assert.equal(text, "F/sub.yaml: a directory; allowed is a file");
});

Deno.test("a loop of symbolic links is refused", () => {
  const text = message(
    {},
    "F/loop.yaml",
    (folder) => symlinkSync(`${folder}/loop.yaml`, `${folder}/loop.yaml`),
  );
  assert.equal(text, "F/loop.yaml: a loop of symbolic links; allowed is a file");
});

Deno.test("a file above 1 MiB is refused before it is read", () => {
  const text = message({ "big.yaml": `title: Big\n#${"x".repeat(mostBytes)}` }, "F/big.yaml");
  assert.equal(text, `F/big.yaml: found ${mostBytes + 12} bytes; allowed are 1048576 (1 MiB)`);
});

Deno.test("a file of 1 MiB is read", () => {
  const head = "title: Big\nextends: base\n#";
  withFolder({ "big.yaml": head + "x".repeat(mostBytes - head.length) }, (folder) => {
    assert.equal(load("big", { folder }).scenario.title, "Big");
  });
});

Deno.test("bytes that are no UTF-8 are refused with their line", () => {
  const bytes = new Uint8Array([...new TextEncoder().encode("title: A\nseed: caf"), 0xe9, 10]);
  assert.equal(
    message({ "latin.yaml": bytes }, "F/latin.yaml"),
    "F/latin.yaml:2: found bytes that are no UTF-8 text; allowed is UTF-8",
  );
});

Deno.test("UTF-16 is refused", () => {
  const bytes = new Uint8Array([0xff, 0xfe, 0x74, 0, 0x3a, 0]);
  assert.equal(
    message({ "wide.yaml": bytes }, "F/wide.yaml"),
    "F/wide.yaml:1: found bytes that are no UTF-8 text; allowed is UTF-8",
  );
});

Deno.test("a path with a zero byte is refused, not passed on", () => {
  assert.match(message({}, "F/a\0b.yaml"), /^F\/a\\u0000b\.yaml: cannot be read: /);
});

Deno.test("an empty file is refused", () => {
  const text = message({ "empty.yaml": "" }, "F/empty.yaml");
  assert.equal(text, 'F/empty.yaml:1: found nothing; allowed is a group of keys such as "title: …"');
});
