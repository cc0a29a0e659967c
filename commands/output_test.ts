import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Store } from "#/sim/experiments/store.ts";
import { writeWhole } from "./output.ts";

const root = new URL("..", import.meta.url).pathname;
const hutong = `"${Deno.execPath()}" run --no-check --allow-read --allow-write --allow-env ` +
  `--allow-net=127.0.0.1 --allow-sys "${root}main.ts"`;

/** A line of a shell in which $H is the program: its last output, standard error, exit codes of the pipe's parts. */
async function shell(line: string, folder: string): Promise<{ out: string; err: string; codes: number[] }> {
  const command = new Deno.Command("bash", {
    args: ["-c", `H() { ${hutong} "$@"; }; ${line}; echo "\${PIPESTATUS[@]}" > codes`],
    cwd: folder,
    env: { INIT_CWD: folder },
  });
  const { stdout, stderr } = await command.output(), decoder = new TextDecoder();
  const codes = readFileSync(join(folder, "codes"), "utf8").trim().split(" ").map(Number);
  return { out: decoder.decode(stdout), err: decoder.decode(stderr), codes };
}

function place(): Disposable & { path: string } {
  const path = mkdtempSync(join(tmpdir(), "hutong-pipes-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

const sweepFile = `title: four runs
base: [./tiny.yaml]
seed: pipes
shoppers: 100
days: 2
replications: 2
levers:
  - { name: severity, title: severity of a downturn, path: macro.severityBps, values: [0, 10000] }
outcomes: [netLoss, gmv]
`;
const tiny = `title: a tiny world
extends: baseline
world:
  history: { shoppers: 100, days: 30, set: { scoring.card: expert } }
scoring: { card: expert }
`;
const small = "--shoppers 100 --days 2 --set world.history.shoppers=100 --set world.history.days=30 " +
  "--set scoring.card=expert --set world.history.set.scoring.card=expert";

Deno.test("bytes are written whole: in parts, past a pipe that makes wait, and not at all once it is closed", () => {
  let taken = "", calls = 0;
  const slow = {
    writeSync(bytes: Uint8Array) {
      if (++calls % 2 === 0) throw new Deno.errors.WouldBlock("later");
      taken += new TextDecoder().decode(bytes.subarray(0, 3));
      return Math.min(3, bytes.length);
    },
  };
  assert.equal(writeWhole(slow, "eleven long"), true);
  assert.equal(taken, "eleven long");
  const closed = () => {
    throw new Deno.errors.BrokenPipe("gone");
  };
  assert.equal(writeWhole({ writeSync: closed }, "text"), false);
  const full = () => {
    throw Object.assign(new Error("full"), { code: "ENOSPC" });
  };
  assert.throws(() => writeWhole({ writeSync: full }, "text"), /full/);
});

Deno.test("who stops reading ends a verb quietly, and its exit code stays its own", async () => {
  using at = place();
  writeFileSync(join(at.path, "tiny.yaml"), tiny);
  writeFileSync(
    join(at.path, "mine.yaml"),
    "title: mine\nshoppers: 100\ndays: 2\nreplications: 1\noutcomes: { gmv: { relative: 0 } }\n" +
      "cases: [{ name: a, scenario: ./tiny.yaml }]\n",
  );
  for (
    const [line, code] of [
      ["H --help | true", 0],
      ["H scenarios | head -1", 0],
      ["H sweep --list | head -1", 0],
      [`H run baseline ${small} --quiet --json | true`, 0],
      ["H run nowhere 2>&1 | true", 2],
      // There is no golden yet, which is told by the exit code, too.
      ["H replay ./mine.yaml --store r.sqlite --workers 1 --quiet | true", 1],
    ] as const
  ) {
    const { err, codes } = await shell(line, at.path);
    assert.equal(err, "", line);
    assert.equal(codes[0], code, line);
  }
});

Deno.test("a sweep whose output nobody reads does all of its runs, and its table can be read in part", async () => {
  using at = place();
  writeFileSync(join(at.path, "tiny.yaml"), tiny);
  writeFileSync(join(at.path, "four.yaml"), sweepFile);
  const { err, codes, out } = await shell(
    "H sweep ./four.yaml --store s.sqlite --workers 1 2>&1 | head -1",
    at.path,
  );
  assert.deepEqual([err, codes[0]], ["", 0]);
  assert.match(out, /4 runs/);
  {
    using store = new Store(join(at.path, "s.sqlite"), { readOnly: true });
    assert.equal(store.count(), 4);
  }
  for (const format of ["csv", "arrow", "parquet"]) {
    const part = await shell(
      `H sweep export four --store s.sqlite --format ${format} --out - | head -c 5`,
      at.path,
    );
    assert.deepEqual([part.err, part.codes[0]], ["", 0], format);
    assert.equal(part.out, { csv: "id,sc", arrow: "ARROW", parquet: "PAR1\x15" }[format]);
  }
});

Deno.test("standard output on a full disk is told in one line, and files are written all the same", async () => {
  if (Deno.build.os !== "linux") return;
  using at = place();
  const { err, codes } = await shell(`H run baseline ${small} --quiet --out out > /dev/full`, at.path);
  assert.match(
    err,
    /^standard output: cannot be written, where there is no space left; [^\n]*\nWritten: [^\n]*result\.json\n$/,
  );
  assert.equal(codes[0], 1);
  assert.ok(existsSync(join(at.path, "out", "result.json")));
});

Deno.test("where files may not grow, each verb says in one line which one, and what is finished is printed or kept", async () => {
  using at = place();
  writeFileSync(join(at.path, "tiny.yaml"), tiny);
  writeFileSync(join(at.path, "four.yaml"), sweepFile);
  // A limit on the size of files, ignoring its signal, is a disk that is full after so many KiB.
  const limited = (kib: number, line: string) => `(trap '' XFSZ; ulimit -f ${kib}; ${line})`;
  const run = await shell(limited(2, `H run baseline ${small} --quiet --json --out out`), at.path);
  assert.equal(JSON.parse(run.out).scenario, "baseline");
  assert.match(run.err, /^--out: found [^\n]*out\/result\.json, which would be larger[^\n]*\n$/);
  assert.deepEqual([run.codes[0], readdirSync(join(at.path, "out"))], [2, []]);

  const sweep = await shell(limited(8, "H sweep ./four.yaml --store s.sqlite --workers 1 --json"), at.path);
  assert.match(sweep.err, /s\.sqlite: cannot be (written|used)/);
  assert.doesNotMatch(sweep.err, /\n\s+at /);
  const again = await shell("H sweep ./four.yaml --store s.sqlite --workers 1 --json", at.path);
  assert.equal(JSON.parse(again.out).rows, 4);
  // More than the memory that readers of a store share in a file, less than the table.
  const exported = await shell(
    limited(34, "H sweep export four --store s.sqlite --format arrow --out t.arrow"),
    at.path,
  );
  assert.match(exported.err, /^--out: found [^\n]*t\.arrow, which would be larger[^\n]*\n$/);
  assert.ok(!existsSync(join(at.path, "t.arrow")) && !existsSync(join(at.path, "t.arrow.part")));
});

Deno.test("a page that does not fit is told before anything is worked out, or after what was worked out", async () => {
  using at = place();
  const limited = (kib: number) =>
    `(trap '' XFSZ; ulimit -f ${kib}; H finance articles --flows example --draws 2 --json --out page.html)`;
  // A page is tried with 64 KiB: an empty file can be made on a disk that is full.
  const full = await shell(limited(16), at.path);
  assert.match(full.err, /^--out: found [^\n]*page\.html, which would be larger[^\n]*\n$/);
  assert.deepEqual([full.out, full.codes[0]], ["", 2]);
  const nearly = await shell(limited(66), at.path);
  assert.match(nearly.err, /^--out: found [^\n]*page\.html, which would be larger[^\n]*\n$/);
  assert.equal(JSON.parse(nearly.out).plans.length, 1);
  assert.deepEqual([nearly.codes[0], readdirSync(at.path)], [2, ["codes"]]);
});
