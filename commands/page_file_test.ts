import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { typed } from "#/commands/testing/typed.ts";
import type { Verb } from "#/commands/verb.ts";
import { calibrateVerb } from "./calibrate.ts";
import { cellsVerb } from "./experiment/cells.ts";
import { sharingVerb } from "./experiment/sharing.ts";
import { financeVerb } from "./finance.ts";
import { pageFile } from "./page_file.ts";
import { replayVerb } from "./replay.ts";
import { runVerb } from "./run.ts";
import { traceVerb } from "./trace.ts";

function place(): Disposable & { path: string } {
  const path = mkdtempSync(join(tmpdir(), "hutong-pages-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** A world that is run in no time. */
const tiny = [
  ...["world.merchants=100", "world.history.shoppers=100", "world.history.days=30"],
  ...["scoring.card=expert", "world.history.set.scoring.card=expert"],
].flatMap((one) => ["--set", one]);

/**
 * Runs a verb whose disk is gone as soon as it has said its result, and gives back what it said.
 *
 * The folder of its page becomes a file then; a page that is written before the result would be there.
 */
async function saidWithoutDisk(
  verb: (write: (text: string) => void) => Verb,
  { words, folder, place = "--out" }: { words: readonly string[]; folder: string; place?: string },
): Promise<string> {
  const before = console.log;
  let said = "";
  const say = (text: string) => {
    said += text;
    rmSync(folder, { recursive: true });
    writeFileSync(folder, "");
  };
  console.log = say;
  try {
    await assert.rejects(
      verb(say).exitOverride().configureOutput({ writeErr: () => {} }).parseAsync(words, { from: "user" }),
      ({ name, message }: Error) =>
        name === "ScenarioError" && message.startsWith(`${place}: found `) && !message.includes("\n"),
      words.join(" "),
    );
  } finally {
    console.log = before;
    rmSync(folder, { force: true });
  }
  return said;
}

Deno.test("what was computed is said before its page is written: a disk that is full by then loses none of it", async () => {
  using at = place();
  const folder = join(at.path, "pages"), out = join(folder, "page.html"), store = join(at.path, "s.sqlite");
  const many = [
    ...["--shoppers", "100", "--replications", "1", "--workers", "1", "--quiet", "--store", store],
    ...["--out", out, "--json", ...tiny],
  ];
  const sharing = ["interop", "--days", "2", ...many], cells = ["interop", "--years", "1", ...many];
  for (
    const [verb, words, key] of [
      [sharingVerb, sharing, "rules"],
      [cellsVerb, cells, "cells"],
      [
        financeVerb,
        ["articles", "--flows", "example", "--draws", "2", "--out", out, "--json"],
        "plans",
      ],
      [financeVerb, ["claim", "--flows", "example", "--out", out, "--json"], "finding"],
    ] as const
  ) {
    const said = await saidWithoutDisk(verb, { words, folder });
    assert.ok(key in JSON.parse(said), `${words[0]} ${key}`);
  }
});

Deno.test("what a calibration, a followed day and a run came to is said before their files are written", async () => {
  using at = place();
  const folder = join(at.path, "files");
  const check = ["baseline", "--check", "--shoppers", "100", "--days", "2", "--replications", "1"];
  const checked = await saidWithoutDisk(calibrateVerb, {
    words: [
      ...check,
      "--workers",
      "1",
      "--store",
      join(at.path, "c.sqlite"),
      "--out",
      folder,
      "--json",
      ...tiny,
    ],
    folder,
  });
  assert.equal(JSON.parse(checked).kind, "check");

  const day = ["interop", "--shopper", "7", "--day", "6", "--shoppers", "300", ...tiny];
  const followed = await saidWithoutDisk(traceVerb, {
    ...{ words: [...day, "--iso20022", folder, "--json"], folder, place: "--iso20022" },
  });
  assert.equal(JSON.parse(followed).shopper, 7);
});

Deno.test("messages that no disk takes any more end neither a run nor what is said of it", async () => {
  using at = place();
  const folder = join(at.path, "messages"), before = console.log, told: string[] = [];
  const words = (...more: string[]) => [
    ...["interop", "--shoppers", "300", "--days", "9", "--sample", "1000000", "--quiet", "--json"],
    ...["--iso20022", folder, ...tiny, ...more],
  ];
  await typed(runVerb(), words());
  const written = readdirSync(folder).sort();
  assert.ok(written.length > 100, `${written.length} messages`);
  // Where the tenth message is to be written stands a folder.
  for (const name of written) rmSync(join(folder, name));
  mkdirSync(join(folder, written[9], "in the way"), { recursive: true });
  console.log = (text: string) => void told.push(text);
  try {
    const verb = runVerb().exitOverride().configureOutput({ writeErr: () => {} });
    await assert.rejects(
      verb.parseAsync(words(), { from: "user" }),
      /^ScenarioError: --iso20022: found [^\n]*, which is a folder; allowed is a file that can be written$/,
    );
  } finally {
    console.log = before;
  }
  assert.equal(JSON.parse(told[0]).scenario, "interop");
  assert.deepEqual(readdirSync(folder).sort(), written.slice(0, 10));
});

Deno.test("an accepted golden and an accepted world are tried before anything is run", async () => {
  using at = place();
  writeFileSync(join(at.path, "goldens"), "");
  writeFileSync(
    join(at.path, "mine.yaml"),
    "title: mine\nshoppers: 100\ndays: 2\nreplications: 1\noutcomes: { gmv: { relative: 0 } }\n" +
      "cases: [{ name: a, scenario: baseline }]\n",
  );
  const blocked = join(at.path, "goldens", "world.yaml");
  const accepted = typed(
    calibrateVerb(() => assert.fail("run")),
    ["baseline", "--accept", blocked, "--workers", "1", "--store", join(at.path, "c.sqlite")],
  );
  await assert.rejects(
    accepted,
    /--accept: found [^\n]*world\.yaml, a part of whose path is a file; allowed is /,
  );
  const replayed = typed(replayVerb(), [
    ...[join(at.path, "mine.yaml"), "--accept", "--reason", "a reason of its own", "--workers", "1"],
    ...["--quiet", "--store", join(at.path, "c.sqlite")],
  ]);
  await assert.rejects(
    replayed,
    /^ScenarioError: [^\n]*goldens.mine\.json: cannot be kept, a part of whose path is a file; allowed is a file that [^\n]*$/,
  );
  assert.ok(!existsSync(join(at.path, "c.sqlite")));
});

Deno.test("a page that is asked for leaves what stood there until it is written, and makes its folder", () => {
  using at = place();
  assert.equal(pageFile(undefined), undefined);
  const file = join(at.path, "new", "page.html");
  assert.equal(pageFile(file), file);
  assert.deepEqual(readdirSync(join(at.path, "new")), []);
  writeFileSync(file, "before");
  pageFile(file);
  assert.equal(readFileSync(file, "utf8"), "before");
});
