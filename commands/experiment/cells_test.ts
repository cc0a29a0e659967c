import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fixtureCells } from "#/server/testing/fixture_cells.ts";
import { smallWorld, typed as typedTo } from "#/commands/testing/typed.ts";
import { cellsVerb, inWords } from "./cells.ts";

const typed = async (...words: string[]) => (await typedTo(cellsVerb(), words)).out;

Deno.test("openings are told with values, costs, sets and the best order, and drawn orders with their error", () => {
  const text = inWords("interop", fixtureCells());
  assert.match(text, /opening +Shapley value +as the first +as the last +costs to others/);
  assert.match(text, /Co-branded card +CNY 4\.00 bn \(CNY 3\.60 bn to CNY 4\.40 bn\)/);
  assert.match(text, /best order, 90 days apart: Co-branded card, then Baitiao on Alipay \(CNY 5\.50 bn\)/);
  assert.match(text, /all orders counted, 3 replications; intervals are 95 %$/);
  const drawn = inWords("interop", { ...fixtureCells(), isCounted: false, replications: 1 });
  assert.match(drawn, /± CNY 0 for drawn orders/);
  assert.match(drawn, /2 orders drawn, 1 replication; no intervals from fewer than 3$/);
});

Deno.test("openings of a small world are run, kept in the store and written as a page", async () => {
  const folder = Deno.makeTempDirSync(), out = join(folder, "cells.html");
  const text = await typed(
    ...["interop", "--shoppers", "200", "--years", "1", "--opens-month", "2", "--workers", "1", "--quiet"],
    ...["--gain-of", "jd", "--gain-of", "ant", "--store", join(folder, "runs.sqlite"), "--json"],
    ...["--out", out, ...smallWorld],
  );
  const found = JSON.parse(text);
  assert.deepEqual(found.parties, ["jd", "ant"]);
  const [first, second] = found.cells.map((cell: { shapley: { mean: number } }) => cell.shapley.mean);
  assert.ok(Math.abs(first + second - found.allOpen.mean) < 1);
  assert.ok(existsSync(out) && readFileSync(out, "utf8").includes("--opens-month 2"));
});

Deno.test("a party, an odd number of orders or a scenario without openings is refused in one line", async () => {
  await assert.rejects(typed("interop", "--gain-of", "jdd"), /--gain-of: found jdd; .*did you mean "jd"\?/);
  await assert.rejects(typed("interop", "--orders", "7"), /--orders: found 7; allowed is an even number/);
  await assert.rejects(typed("baseline", "--quiet"), /found no bridged cell/);
});
