import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { scorecardCommand } from "#/commands/scorecard.ts";
import { jsonText } from "#/commands/scorecard/as_json.ts";

async function said(...args: string[]): Promise<string> {
  let text = "";
  const command = scorecardCommand((more) => void (text += more));
  for (const one of [command, ...command.commands]) {
    one.exitOverride().configureOutput({ writeErr: () => {} });
  }
  await command.parseAsync(args, { from: "user" });
  return text;
}

/** A folder of its own for one test's files. */
function folder() {
  const path = mkdtempSync(join(Deno.makeTempDirSync(), "card-"));
  return {
    write(name: string, content: string | Uint8Array): string {
      writeFileSync(join(path, name), content);
      return join(path, name);
    },
    at: (name: string) => join(path, name),
    [Symbol.dispose]: () => rmSync(path, { recursive: true }),
  };
}

/** A file of borrowers: an id, names, missing values, levels with commas in quotes, personal columns. */
function borrowers(
  { end = "\n", labels = ["0", "1"] }: { end?: string; labels?: [string, string] } = {},
): string {
  let state = 5;
  const draw = () => (state = Math.imul(state, 1_664_525) + 1_013_904_223 >>> 0) / 4_294_967_296;
  const lines = ["id,name,late,income,purpose,SEX,AGE,branch,outcome"];
  for (let i = 0; i < 400; i++) {
    const late = Math.floor(3 * draw()), income = draw() < 0.15 ? "" : Math.round(1_000 + 9_000 * draw());
    const purpose = draw() < 0.5 ? '"house, ""new"""' : "car", sex = Math.floor(2 * draw());
    const isBad = draw() < 0.1 + 0.2 * late + (purpose === "car" ? 0.15 : 0);
    lines.push(
      `${i + 1},person ${i},${late},${income},${purpose},${sex},${18 + Math.floor(60 * draw())},1,${
        labels[Number(isBad)]
      }`,
    );
  }
  return lines.join(end) + end;
}

// deno-lint-ignore no-explicit-any -- the printed object as a reader sees it
const fitJson = async (...args: string[]): Promise<any> => JSON.parse(await said("fit", "--json", ...args));

Deno.test("scorecard fit --json prints what its readers were promised", async () => {
  using files = folder();
  const found = await fitJson("--data", files.write("a.csv", borrowers()), "--target", "outcome");
  assert.equal(found.rows, 400);
  assert.ok(found.badRate > 0.2 && found.badRate < 0.6 && found.badRate === found.bads / 400);
  const { train, crossValidated, interval } = found.auc;
  assert.ok(interval.low < crossValidated && crossValidated < interval.high && train > 0.6);
  for (const name of ["ks", "gini", "brier", "seconds"]) assert.equal(typeof found[name], "number", name);
  assert.equal(found.calibration.method, "logistic");
  assert.ok(found.convergence.isConverged && found.convergence.iterations > 0);
  assert.equal(found.woe.convention, "goodOverBad");
  assert.match(found.woe.formula, /^ln\(\(goods of bin/);
  for (const { name, iv, auc, bins } of found.variables) {
    assert.ok(typeof name === "string" && iv >= 0 && auc >= 0.5 && bins.length >= 1);
  }
  const names = found.variables.map(({ name }: { name: string }) => name).sort();
  assert.deepEqual(names, ["income", "late", "purpose"]);
  const reasons = found.excluded.map(({ name, reason }: { name: string; reason: string }) =>
    `${name} ${reason}`
  );
  assert.deepEqual(reasons, [
    "id identifier",
    "name freeText",
    "SEX personal",
    "AGE personal",
    "branch constant",
  ]);
  const purpose = found.variables.find(({ name }: { name: string }) => name === "purpose");
  assert.ok(purpose.bins.some(({ label }: { label: string }) => label === 'house, "new"'));
  const income = found.variables.find(({ name }: { name: string }) => name === "income");
  assert.ok(income.bins.some(({ label }: { label: string }) => label === "missing"));
  assert.deepEqual(found.groups.map(({ by }: { by: string }) => by), ["SEX", "AGE"]);
});

Deno.test("line ends, delimiters, a byte order mark, blank lines and the order of labels move no figure", async () => {
  using files = folder();
  const figures = async (name: string, content: string, ...more: string[]) => {
    const { file: _file, seconds: _seconds, target: _target, ...rest } = await fitJson(
      "--data",
      files.write(name, content),
      "--target",
      "outcome",
      ...more,
    );
    return rest;
  };
  const plain = await figures("a.csv", borrowers());
  assert.deepEqual(await figures("crlf.csv", borrowers({ end: "\r\n" })), plain);
  assert.deepEqual(await figures("bom.csv", `\ufeff\n${borrowers()}\n\n`), plain);
  const tabs = borrowers().replace(/"[^\n]*?"""|,/g, (found) => found === "," ? "\t" : found);
  assert.deepEqual(await figures("tabs.tsv", tabs), plain);
  assert.deepEqual(await figures("words.csv", borrowers({ labels: ["paid", "default"] })), plain);
  assert.deepEqual(await figures("said.csv", borrowers({ labels: ["x", "a"] }), "--bad", "a"), plain);
  assert.deepEqual(await figures("one.csv", borrowers({ labels: ["1", "2"] })), plain);
});

Deno.test("--folds, --seed, --exclude, --personal and --approve each move what they say", async () => {
  using files = folder();
  const data = files.write("a.csv", borrowers());
  const fit = (...more: string[]) => fitJson("--data", data, "--target", "outcome", ...more);
  const plain = await fit();
  assert.equal((await fit("--folds", "3")).auc.byFold.length, 3);
  assert.notEqual((await fit("--seed", "2")).auc.crossValidated, plain.auc.crossValidated);
  const without = await fit("--exclude", "late", "--exclude", "income");
  assert.deepEqual((await fit("--exclude", "late,income")).variables, without.variables);
  assert.deepEqual(without.variables.map(({ name }: { name: string }) => name), ["purpose"]);
  assert.ok(
    without.excluded.some(({ name, reason }: { name: string; reason: string }) =>
      name === "late" && reason === "asked"
    ),
  );
  const personal = await fit("--personal");
  assert.ok(personal.variables.some(({ name }: { name: string }) => name === "AGE"));
  assert.deepEqual(personal.groups.length, 2);
  assert.ok(
    (await fit("--approve", "30")).groups[0].approvals[0].approvalRate <
      plain.groups[0].approvals[0].approvalRate,
  );
});

Deno.test("which label is bad is said, and how that is known", async () => {
  using files = folder();
  const target = async (labels: [string, string], ...more: string[]) => {
    const data = files.write("a.csv", borrowers({ labels }));
    const { target, badRate } = await fitJson("--data", data, "--target", "OUTCOME", ...more);
    return [target.column, target.bad, target.good, target.because, badRate < 0.5];
  };
  assert.deepEqual(await target(["0", "1"]), ["outcome", "1", "0", "the greater number is bad", true]);
  assert.deepEqual(await target(["No", "Yes"]), ["outcome", "Yes", "No", "its name says so", true]);
  assert.deepEqual(await target(["z", "q"]), [
    "outcome",
    "q",
    "z",
    "the rarer label is taken for bad; --bad says otherwise",
    true,
  ]);
  assert.deepEqual(await target(["z", "q"], "--bad", "z"), ["outcome", "z", "q", "--bad says so", false]);
});

Deno.test("what cannot serve is refused in one line with its place and what is allowed", async () => {
  using files = folder();
  const refused = async (content: string | Uint8Array, pattern: RegExp, ...more: string[]) => {
    const data = files.write("x.csv", content);
    await assert.rejects(said("fit", "--data", data, "--target", "y", ...more), (error: Error) => {
      assert.equal(error.name, "ScenarioError", String(error));
      assert.match(error.message, pattern);
      assert.ok(!error.message.includes("\n"));
      return true;
    });
  };
  const rows = (label: (i: number) => unknown, n = 60) =>
    ["x,y", ...Array.from({ length: n }, (_, i) => `${i % 7},${label(i)}`)].join("\n");
  await refused("", /x\.csv: found an empty file; allowed is a text table with a header line/);
  await refused("x,y\n", /x\.csv: found a header and no rows; allowed are at least 20 rows/);
  await refused("x,y\n1,0\n", /x\.csv: found 1 row; allowed are at least 20/);
  await refused(
    rows((i) => i % 2).replace("x,y\n", ""),
    /x\.csv:1: found a first line of numbers only \(0, 0\); allowed is a header/,
  );
  await refused(
    rows(() => 1),
    /x\.csv: y: found only "1" in all 60 rows; allowed is a target with two labels/,
  );
  await refused(
    rows((i) => i % 3),
    /y: found 3 different values \("0", "1", "2"\); allowed is a target with two/,
  );
  await refused(
    rows((i) => i === 4 ? "NaN" : i % 2),
    /x\.csv:6: y: found "NaN"; allowed is one of two labels in every row/,
  );
  await refused(
    rows((i) => i === 4 ? "" : i % 2),
    /x\.csv:6: y: found nothing; allowed is one of two labels/,
  );
  await refused(rows((i) => i < 3 ? 1 : 0), /y: found 3 bads for 5 folds; allowed are at least two a fold/);
  await refused(rows((i) => i < 6 ? 1 : 0), /found 6 bads for 5 folds; .* \(--folds 3\)$/);
  await refused(
    rows((i) => i % 2).replace("x,y", "x,z"),
    /--target: found no column "y" in .*x\.csv; allowed are x, z/,
  );
  await refused(rows((i) => i % 2).replace("x,y", "y,y"), /x\.csv:1: found two columns named "y"/);
  await refused(
    rows((i) => i % 2).replace("3,1", "3"),
    /x\.csv:5: found 1 field; allowed are 2, as in the header/,
  );
  await refused(
    rows((i) => i % 2).replace("3,1", "3,1,4"),
    /x\.csv:5: found more than 2 fields; allowed are 2/,
  );
  await refused(
    rows((i) => i % 2) + '\n"1,0\n3,1',
    /found a quote that is never closed; allowed are quotes in pairs/,
  );
  await refused(
    rows((i) => i % 2).replaceAll(/^\d/gm, "4"),
    /found no column to fit on: left out are x \(constant\)/,
  );
  await refused(rows((i) => i % 2), /--bad: found "7"; allowed are the labels of y: 0, 1/, "--bad", "7");
  await refused(
    rows((i) => i % 2),
    /--exclude: found no column "w" in .*; allowed are x, y/,
    "--exclude",
    "w",
  );
  await refused('{"rows": []}', /x\.csv:1: found ".*"; allowed is a text table/);
  await refused("all\nin\none\n", /x\.csv:1: found one column, "all"; allowed is a text table/);
  await refused(
    new Uint8Array([80, 75, 3, 4, 0, 0, 1]),
    /x\.csv: found bytes that are no text; allowed is a text table/,
  );
  await refused(new Uint8Array([255, 254, 120, 0]), /found text in UTF-16; allowed is .*, in UTF-8/);
  await assert.rejects(
    said("fit", "--data", files.at("none.csv"), "--target", "y"),
    /--data: found .*none\.csv, which is not there/,
  );
  await assert.rejects(said("fit", "--target", "y"), /--data: found nothing; allowed is --data <file>: /);
  await assert.rejects(
    said("fit", "--data", "x.csv"),
    /--target: found nothing; allowed is --target <column>: /,
  );
  await assert.rejects(
    said("fit", "--folds", "1"),
    /--folds: found 1; allowed is a whole number from 2 to 20/,
  );
});

Deno.test("a column that is the outcome itself is fitted, and the note asks about it; noise says nothing, without a NaN", async () => {
  using files = folder();
  const leak = ["x,y", ...Array.from({ length: 200 }, (_, i) => `${i % 10},${i % 10 > 6 ? 1 : 0}`)].join(
    "\n",
  );
  const { auc, notes } = await fitJson("--data", files.write("leak.csv", leak), "--target", "y");
  assert.ok(auc.crossValidated > 0.99);
  assert.match(
    notes[0],
    /^x alone tells good from bad almost perfectly .*: is it known before the outcome\?$/,
  );
  const noise = ["x,y", ...Array.from({ length: 200 }, (_, i) => `${i % 10},${Math.floor(i / 10) % 2}`)].join(
    "\n",
  );
  const nothing = await fitJson("--data", files.write("noise.csv", noise), "--target", "y");
  assert.deepEqual(nothing.card.variables, []);
  assert.match(nothing.notes[0], /no column tells good from bad/);
  assert.match(
    await said("fit", "--data", files.at("noise.csv"), "--target", "y"),
    /every row gets the same score/,
  );
  assert.throws(
    () => jsonText({ ks: NaN }),
    /^RangeError: Cannot write ks: found NaN; allowed are finite numbers/,
  );
});

Deno.test("numbers are read with percent and currency signs, thousands, decimal commas and infinity; odd texts are noted", async () => {
  using files = folder();
  const lines = Array.from({ length: 200 }, (_, i) => {
    const bad = i % 4 === 0 || i % 7 === 0 ? 1 : 0;
    return `${10 + bad * 5 + i % 3},5 %;$ ${i % 9},000.50;${i % 20 === 0 ? "inf" : i % 6};${
      i % 50 === 0 ? "n/a" : i % 100 === 1 ? "odd" : i % 5
    };${bad}`;
  });
  const data = files.write("a.csv", ["rate;amount;use;few;y", ...lines].join("\n"));
  const { variables, notes } = await fitJson("--data", data, "--target", "y");
  assert.deepEqual(variables.map(({ kind }: { kind: string }) => kind), [
    "numeric",
    "numeric",
    "numeric",
    "numeric",
  ]);
  assert.equal(variables[0].name, "rate");
  assert.deepEqual(notes.filter((note: string) => note.startsWith("few")), [
    'few: texts among numbers count as missing: "odd" 2 times',
  ]);
  assert.equal(variables.find(({ name }: { name: string }) => name === "few").missing, 6);
});

Deno.test("numbers of account are names, not amounts", async () => {
  using files = folder();
  const lines = Array.from(
    { length: 90 },
    (_, i) => `${9_007_199_254_740_000n + BigInt(i)},${i % 5},${i % 3 === 0 ? 1 : 0}`,
  );
  const { excluded } = await fitJson(
    "--data",
    files.write("a.csv", ["account,x,y", ...lines].join("\n")),
    "--target",
    "y",
  );
  assert.deepEqual(excluded.map(({ name, reason }: { name: string; reason: string }) => [name, reason]), [[
    "account",
    "freeText",
  ]]);
});

Deno.test("Chinese and western files that are not in UTF-8 are read", async () => {
  using files = folder();
  const lines = Array.from({ length: 120 }, (_, i) => `${i % 5},@,${i % 3 === 0 ? 1 : 0}`);
  const encoded = (name: string, bytes: number[]) => {
    const text = ["x,town,y", ...lines].join("\n");
    const parts = text.split("@").flatMap((
      part,
      i,
    ) => [...(i ? bytes : []), ...new TextEncoder().encode(part)]);
    return files.write(name, new Uint8Array(parts));
  };
  const label = async (data: string) => (await fitJson("--data", data, "--target", "y")).excluded[0].words;
  assert.match(await label(encoded("gbk.csv", [0xb1, 0xb1, 0xbe, 0xa9])), /: 北京$/);
  assert.match(await label(encoded("latin.csv", [0x4b, 0xf6, 0x6c, 0x6e])), /: Köln$/);
});

Deno.test("scorecard report writes one page that needs nothing else, and refuses a place that cannot be written", async () => {
  using files = folder();
  const data = files.write("a.csv", borrowers()), out = files.at("card.html");
  assert.equal(await said("report", "--data", data, "--target", "outcome", "--out", out), `${out}\n`);
  const page = readFileSync(out, "utf8");
  assert.ok(page.startsWith("<!doctype html>") && !/<script|https?:\/\/(?!www\.w3\.org)/.test(page));
  for (
    const id of [
      "figure-roc",
      "figure-calibration",
      "figure-distribution",
      "figure-weights-1",
      "figure-fairness-2",
    ]
  ) {
    assert.ok(page.includes(`id="${id}"`), id);
  }
  await assert.rejects(
    said("report", "--data", data, "--target", "outcome", "--out", files.at("no/where.html")),
    /--out: found .*where\.html, which is not there; allowed is a file that can be written/,
  );
});

Deno.test("the summary names figures, points, what was left out and who is approved", async () => {
  using files = folder();
  const text = await said("fit", "--data", files.write("a.csv", borrowers()), "--target", "outcome");
  assert.match(text, /: 400 rows, \d+ bad \(\d+\.\d %\)\ntarget outcome: 1 is bad, 0 is good/);
  assert.match(text, /\nAUC {2}0\.\d{3} \[0\.\d{3}, 0\.\d{3}\] over 5 folds \(seed 1\)/);
  assert.match(text, /Newton's steps: converged after \d+/);
  assert.match(text, /\nleft out:\n {2}id: numbers the rows/);
  assert.match(text, /\nSEX +rows +approved +bad +bad of approved +approval against best\n0 /);
});

Deno.test("each level has its help with an example, bounds and defaults", () => {
  const command = scorecardCommand();
  const help = (name: string) =>
    command.commands.find((one) => one.name() === name)!.helpInformation().replace(/\s+/g, " ");
  for (const name of ["fit", "report"]) {
    assert.match(help(name), /--data <file> a table with a header line/);
    assert.match(help(name), /--folds <n> parts of the cross-validation \(2 to 20\) \(default: 5\)/);
    assert.match(help(name), /--personal also fit on columns about the person/);
    assert.match(help(name), /--approve <percent> [^(]*\(1 to 99\) \(default: 80\)/);
  }
  assert.match(help("report"), /--out <file> where to write the page \(default: "scorecard\.html"\)/);
});

Deno.test("scorecard fusions measures each fusion in pairs with the issuer alone, and marks what is not lawful", async () => {
  const fit = ["scoring.training.observationDays=120", "scoring.training.performanceDays=150"];
  const trouble = "behaviour.hardshipPerYearBps=2500";
  const set = [
    "world.history.shoppers=2500",
    ...[trouble, ...fit].flatMap((one) => [one, `world.history.set.${one}`]),
  ]
    .flatMap((one) => ["--set", one]);
  const asked = ["fusions", "interop", "--fusion", "alone", "--fusion", "pooled", "--quiet", ...set];
  const text = await said(...asked);
  assert.match(text, /^product +fusion +AUC +gain in AUC/m);
  assert.match(text, /^baitiao +pooled +0\.\d{3} \[/m);
  assert.match(text, /mind the law:\n {2}all raw data in one place: unlawful on 2019-07-01/);
  const found = JSON.parse(await said(...asked, "--json"));
  assert.deepEqual(
    found.fusions.map(({ product, fusion }: { product: string; fusion: string }) => `${product} ${fusion}`),
    ["baitiao alone", "huabei alone", "baitiao pooled", "huabei pooled"],
  );
  assert.equal(found.fusions[0].gains.auc.difference, 0);
  assert.ok(found.fusions[3].variables.length > found.fusions[1].variables.length);
});

Deno.test("scorecard fusions refuses an unknown fusion, and a population that shows too few defaults", async () => {
  await assert.rejects(
    said("fusions", "interop", "--fusion", "pool"),
    /--fusion: found pool; allowed are alone, bureau/,
  );
  await assert.rejects(
    said("fusions", "interop", "--quiet", "--set", "world.history.shoppers=200"),
    /interop: Cannot measure fusions: defaults seen are baitiao \d+, huabei \d+; allowed are at least 40 each/,
  );
});
