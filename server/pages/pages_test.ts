import assert from "node:assert/strict";
import { parseHTML } from "linkedom";
import { typologies } from "#/model/fraud/typologies/registry.ts";
import { reasons } from "#/model/reasons.ts";
import { comparisonPage } from "#/server/pages/comparison.tsx";
import { homePage } from "#/server/pages/home.tsx";
import { sweepPage } from "#/server/pages/sweep.tsx";
import { renderReport } from "#/server/report/static.ts";
import { fixtureComparison } from "#/server/testing/fixture.ts";
import { forgetIdentity } from "#/server/testing/fixture_identity.ts";
import { fixtureSweep } from "#/server/testing/fixture_sweep.ts";

/** What these tests use of an element; the browser's own types are not loaded here. */
interface Element {
  id: string;
  textContent: string;
  getAttribute(name: string): string | null;
  querySelector(selector: string): Element | null;
  querySelectorAll(selector: string): Iterable<Element>;
}

const dom = (html: string) => (parseHTML(html) as unknown as { document: Element }).document;
const all = (root: Element, selector: string) => [...root.querySelectorAll(selector)];
const report = fixtureComparison({ days: 14 });

Deno.test("the report's sections stand in the order of reading, each under a heading that is no bare topic", () => {
  const page = dom(renderReport(report));
  assert.deepEqual(all(page, "main section").map(({ id }) => id), [
    ...[
      "overview",
      "purchases",
      "identity",
      "users",
      "lateness",
      "servicing",
      "flows",
      "faults",
      "liquidity",
      "abroad",
      "results",
      "project",
    ],
    ...["calibration", "expected", "assumptions", "replay"],
  ]);
  for (const section of all(page, "main section")) {
    const topic = section.querySelector(".topic")!.textContent,
      heading = section.querySelector("h2")!.textContent;
    assert.notEqual(heading, topic);
    assert.ok(section.id === "replay" || /\d/.test(heading), `"${heading}" holds no number`);
  }
});

Deno.test("a report of runs without a shop abroad has no section of purchases abroad", () => {
  const home = structuredClone(report);
  for (const name of Object.keys(home.b.outcomes)) {
    if (name.startsWith("foreign")) delete home.b.outcomes[name];
  }
  assert.ok(!all(dom(renderReport(home)), "main section").some(({ id }) => id === "abroad"));
});

Deno.test("the contents lead to sections that are there, and no id stands twice", () => {
  const page = dom(renderReport(report));
  const ids = all(page, "[id]").map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const link of all(page, "a[href^='#']")) assert.ok(ids.includes(link.getAttribute("href")!.slice(1)));
});

Deno.test("every figure names both runs and gives the commands that replay them", () => {
  const page = dom(renderReport(report));
  const figures = all(page, "figure");
  assert.ok(figures.length >= 20);
  for (const figure of figures) {
    const text = figure.querySelector(".provenance")!.textContent;
    for (const { hash, replay } of [report.a, report.b]) {
      assert.ok(text.includes(hash.slice(0, 7)) && text.includes(replay), figure.id);
    }
    assert.match(text, /calibration 2 of 3/);
  }
});

Deno.test("every table of figures names its runs too, has a caption and heads with a scope", () => {
  const page = dom(renderReport(report));
  for (const block of all(page, ".block")) {
    const isRuns = block.querySelector("caption")!.textContent === "The two runs";
    assert.ok(isRuns || block.querySelector(".provenance"), block.querySelector("caption")!.textContent);
  }
  for (const table of all(page, "table")) {
    assert.ok(table.querySelector("caption"));
    for (const head of all(table, "th")) {
      assert.match(head.getAttribute("scope") ?? "", /^(col|row|rowgroup)$/);
    }
  }
});

Deno.test("every chart is an image with a name, and every figure has a caption", () => {
  const page = dom(renderReport(report));
  for (const figure of all(page, "figure")) {
    assert.ok(figure.querySelector("figcaption h3")!.textContent.length > 5);
    const svg = figure.querySelector(".drawing svg");
    assert.equal(svg?.getAttribute("role"), "img", figure.id);
    assert.ok((svg?.getAttribute("aria-label") ?? "").length > 5);
  }
});

Deno.test("the report as one file is the same bytes twice, runs no script and fetches nothing", () => {
  const html = renderReport(report);
  assert.equal(renderReport(structuredClone(report)), html);
  assert.match(html, /^<!doctype html>\n<html lang="en"><head><meta charset="utf-8"/);
  assert.ok(!/<script|<link(?! rel="icon" href="data:)|@import|\bon[a-z]+=/.test(html));
  for (const [, address] of html.matchAll(/(?:src|href)="([^"]*)"/g)) assert.match(address, /^(#|data:)/);
  const elsewhere = [...html.matchAll(/https?:\/\/[^"' )<]+/g)].map(([found]) => found)
    .filter((found) => !found.startsWith("http://www.w3.org/"));
  assert.deepEqual(elsewhere, []);
});

Deno.test("the served page adds the way home and the downloads", () => {
  const page = dom(comparisonPage(report, { served: true }));
  const links = all(page, "a[href^='/']").map((link) => link.getAttribute("href"));
  assert.deepEqual(links, ["/", `/reports/${report.id}.html`, `/reports/${report.id}.json`]);
});

Deno.test("words from a file cannot become markup", () => {
  const hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>";
  const one = fixtureComparison({ days: 3 });
  one.title = hostile;
  one.a.scenario = hostile;
  one.b.replay = hostile;
  one.a.calibration[0].name = hostile;
  one.a.calibration[0].source = hostile;
  one.assumptions[0].path = hostile;
  one.expected[0].why = hostile;
  one.b.outcomes[hostile] = { value: 1, unit: "CNY" };
  one.b.outcomes[`fraudTaken.${hostile}`] = { value: 1, unit: "CNY" };
  one.b.daily.columns[`plotsTried.${hostile}`] = [1, 1, 1];
  one.b.daily.columns[`dataUses.${hostile}`] = [1, 1, 1];
  one.b.purchases.plotsRefused[hostile] = { [hostile]: 3 };
  one.b.purchases.refused[hostile] = { [hostile]: 3 };
  one.b.daily.columns[`prefundLow.${hostile}`] = [1e9, 1e9, 1e9];
  const html = renderReport(one);
  assert.ok(!html.includes("<script") && !html.includes("<img"));
  assert.ok(html.includes("&lt;script&gt;"));
});

Deno.test("an uncalibrated world says so at the top and in its section", () => {
  const one = fixtureComparison({ days: 3 });
  for (const run of [one.a, one.b]) {
    run.world.calibration = "uncalibrated";
    run.calibration = [];
  }
  const page = dom(renderReport(one));
  for (const id of ["overview", "calibration"]) {
    assert.match(page.querySelector(`#${id} .note .loud`)?.textContent ?? "", /Uncalibrated/);
  }
  assert.match(page.querySelector("#calibration h2")!.textContent, /^Uncalibrated/);
  assert.equal(dom(renderReport(report)).querySelector(".note"), null);
});

Deno.test("results that do not balance are shown as such", () => {
  const one = fixtureComparison({ days: 3 });
  one.b.outcomes["resultOf.jd"].value += 7e9;
  const foot = dom(renderReport(one)).querySelector("#results tfoot")!.textContent;
  assert.match(foot, /NOT zero/);
  assert.match(foot, /CNY 7\.00 bn/);
});

Deno.test("a report without any daily columns or outcomes is still a page with all its sections", () => {
  const bare = fixtureComparison({ days: 3 });
  for (const run of [bare.a, bare.b]) {
    Object.assign(run, { outcomes: {}, daily: { columns: {} }, calibration: [] });
  }
  Object.assign(bare, { assumptions: [], expected: [], differences: undefined });
  const page = dom(renderReport(bare));
  assert.equal(all(page, "main section").length, 15);
  assert.ok(all(page, ".empty").length > 15);
  assert.ok(!/NaN|undefined/.test(page.querySelector("main")!.textContent));
});

Deno.test("a report from before identity and fraud were told apart says so in their figures, and shows no empty table", () => {
  const old = fixtureComparison({ days: 14 });
  for (const run of [old.a, old.b]) forgetIdentity(run);
  const section = dom(renderReport(old)).querySelector("#identity")!;
  assert.equal(all(section, "figure").length, 8);
  assert.equal(all(section, "figure .empty").length, 8);
  assert.deepEqual(all(section, "caption").map(({ textContent }) => textContent), [
    "Screening: how much fraud it stops, whom it stops by mistake, who bears the rest",
  ]);
  assert.equal(all(section, "tbody tr").length, 1);
  assert.ok(!/NaN|undefined/.test(section.textContent));
});

Deno.test("the section on identity and fraud names each typology and each rule that stopped one", () => {
  const text = dom(renderReport(report)).querySelector("#identity")!.textContent;
  assert.match(text, /Behind 4,213 sampled tries of the open run and 0\s+of the closed one/);
  for (const { title } of Object.values(typologies)) assert.ok(text.includes(title.slice(1)), title);
  for (const [layer, byReason] of Object.entries(report.b.purchases.plotsRefused)) {
    for (const name of Object.keys(byReason)) {
      const { shopperText } = reasons.find((one) => one.layer === layer && one.name === name)!;
      assert.ok(text.includes(shopperText), name);
    }
  }
});

Deno.test("assumed numbers are marked, and a value that differs from its base stands beside it", () => {
  const section = dom(renderReport(report)).querySelector("#assumptions")!;
  const marks = all(section, ".mark").map(({ textContent }) => textContent);
  assert.deepEqual(marks, ["assumed", "assumed", "published", "assumed"]);
  assert.match(section.textContent, /400,000,000\s*here 250,000,000/);
});

Deno.test("the sweep's page maps differences and levels, lists points, failures and the command of each run", () => {
  const table = fixtureSweep();
  const page = dom(sweepPage(table));
  assert.equal(all(page, "figure").length, 3);
  assert.match(page.querySelector("figure .drawing")!.textContent, /\+\d.* to .*\d/);
  assert.equal(all(page, "#points tbody tr").length, 12);
  const failure = page.querySelector("#failures tbody tr")!.textContent;
  assert.match(failure, /Cannot pay CNY 3 as <jd> holds CNY 2/);
  assert.match(failure, /deno task hutong run interop --replication 3 --json/);
  assert.equal(all(page, "#runs tbody tr").length, 46);
  assert.match(page.querySelector(".note .loud")!.textContent, /Unfinished/);
});

Deno.test("the sweep's map shows another outcome when asked, and its own when asked for one that is not there", () => {
  const table = fixtureSweep();
  const shown = (asked?: string) =>
    dom(sweepPage(table, { asked })).querySelector("#map strong")!.textContent;
  assert.equal(shown("dpd30Share"), "dpd30Share");
  assert.equal(shown("nonsense"), "Sales (GMV)");
});

Deno.test("a sweep's page says when it is asked for an outcome that the sweep has not", () => {
  const notes = (asked?: string) =>
    all(dom(sweepPage(fixtureSweep(), { asked })), ".note").map(({ textContent }) => textContent);
  assert.ok(notes("bogus").some((text) => /no outcome "bogus"; shown is Sales \(GMV\)/.test(text)));
  for (const known of [undefined, "gmv", "dpd30Share"]) {
    assert.ok(!notes(known).some((text) => text.includes("no outcome")), String(known));
  }
});

Deno.test("an unfinished sweep says over which replications its means are taken", () => {
  const table = fixtureSweep();
  assert.deepEqual(table.analysis.replications, [0, 1, 2]);
  assert.match(
    dom(sweepPage(table)).querySelector(".note")!.textContent,
    /All means are taken over replications 0, 1 and 2 of 0 to 3: those that every point shares/,
  );
  const one = { ...table, analysis: { ...table.analysis, replications: [1] } };
  assert.match(dom(sweepPage(one)).querySelector(".note")!.textContent, /over replication 1 of 0 to 3/);
});

Deno.test("where replications are too few for an interval, the map and the points say so", () => {
  const table = fixtureSweep();
  for (const { levels, differences } of table.analysis.points) {
    for (const one of [...Object.values(levels), ...Object.values(differences)]) one.low = one.high = null;
  }
  const page = dom(sweepPage(table));
  assert.equal(
    page.querySelector("#map .drawing")!.textContent.match(/too few replications for/g)!.length,
    6,
  );
  assert.equal(
    all(page, "#points td .raw").filter(({ textContent }) => /too few/.test(textContent)).length,
    18,
  );
});

Deno.test("a scenario on which no axis acts stands once: no map of equal fields, one line among the points", () => {
  const table = fixtureSweep();
  const levers = table.design.levers.map((axis) => ({ ...axis, actsOn: ["interop"] }));
  const id = table.points[0].id;
  const points = table.analysis.points.map((one) => one.scenario === "baseline" ? { ...one, id } : one);
  const page = dom(
    sweepPage({ ...table, design: { ...table.design, levers }, analysis: { ...table.analysis, points } }),
  );
  assert.equal(all(page, "figure").length, 2);
  assert.match(page.querySelector("#map")!.textContent, /baseline is the same in every field.*CNY.1\.60.tn/s);
  const rows = all(page, "#points tbody tr").map(({ textContent }) => textContent);
  assert.equal(rows.length, 7);
  assert.equal(rows.filter((text) => /^baselinenone acts on it/.test(text)).length, 1);
});

Deno.test("a lever whose values are words shows them as words on its axis", () => {
  const table = fixtureSweep();
  const words = ["separate", "recordLinkage", "credentials"], numbers = [1e8, 1e9, 3e9];
  const told = <One extends { settings: Record<string, string | number | boolean> }>(one: One): One => ({
    ...one,
    settings: { ...one.settings, prefunding: words[numbers.indexOf(one.settings.prefunding as number)] },
  });
  const [first, ...rest] = table.design.levers;
  const page = dom(sweepPage({
    ...table,
    design: { ...table.design, levers: [{ ...first, values: words }, ...rest] },
    analysis: { ...table.analysis, points: table.analysis.points.map(told) },
  }));
  for (const drawing of all(page, "#map .drawing")) {
    for (const word of ["separate", "record linkage", "credentials"]) {
      assert.ok(drawing.textContent.includes(word));
    }
    assert.ok(!drawing.textContent.includes("recordLinkage"));
  }
});

Deno.test("a figure that was read on another day than its date says on which", () => {
  const one = fixtureComparison({ days: 3 });
  one.a.calibration[0].readOn = "2019-12-28";
  one.a.calibration[1].readOn = one.a.calibration[1].date;
  const text = dom(renderReport(one)).querySelector("#calibration table")!.textContent;
  assert.deepEqual(text.match(/read on \S{10}/g), ["read on 2019-12-28"]);
});

Deno.test("a run that reaches no published date says that none is reached", () => {
  const one = fixtureComparison({ days: 3 });
  for (const row of one.a.calibration) row.simulated = null;
  const page = dom(renderReport(one));
  assert.match(page.querySelector("#overview")!.textContent, /None of the 4 published figures is reached/);
  assert.match(page.querySelector("figure .provenance")!.textContent, /calibration: none reached/);
  assert.ok(!page.querySelector("main")!.textContent.includes("0 of 0"));
});

Deno.test("the project's table names equity and adds up to the cash below it", () => {
  const rows = all(dom(renderReport(report)), "#project tr").map(({ textContent }) => textContent);
  const place = (words: string) => rows.findIndex((text) => text.startsWith(words));
  assert.ok(place("Equity paid in by investors") >= 0);
  assert.ok(place("Cash of the project company") > place("Equity paid in by investors"));
  assert.match(dom(renderReport(report)).querySelector("#results")!.textContent, /Investors' result is zero/);
});

Deno.test("figures that carry no unit have it beside their outcome's name", () => {
  const text = dom(renderReport(report)).querySelector("#overview table")!.textContent;
  for (const said of ["Settlement delay, minutes", "Users of Baitiao, people", "Sales (GMV) gmv"]) {
    assert.ok(text.includes(said), said);
  }
});

Deno.test("a card of a sweep says how large it is and what it found", () => {
  const { id, name, title, engine, jobs, rows, failed } = fixtureSweep();
  const sweeps = [{
    ...{ id, name, title, engine, jobs, rows, failed },
    ...{ base: ["baseline", "interop"], shoppers: 2_000, days: 40, replications: 3, finding: "Sales rise" },
  }];
  const card = dom(homePage({ reports: [], sweeps })).querySelector("#sweeps li")!.textContent;
  assert.match(card, /Sales rise.*baseline against interop · 2,000 shoppers · 40 days · 3\s+replications/s);
});

Deno.test("a sweep without a map of its own is mapped over its first two axes, or over scenarios", () => {
  const table = fixtureSweep();
  const plain = { ...table, design: { ...table.design, heatmap: null } };
  assert.equal(all(dom(sweepPage(plain)), "figure").length, 3);
  const byScenario = {
    ...table,
    design: { ...table.design, heatmap: { x: "prefunding", y: "scenario", outcome: "gmv" } },
  };
  assert.equal(all(dom(sweepPage(byScenario)), "figure").length, 2);
});

Deno.test("the first page says how to begin where nothing is there, and what it cannot read", () => {
  const empty = dom(homePage({ reports: [], sweeps: [], storeProblem: "no store" }));
  assert.match(empty.querySelector("#comparisons")!.textContent, /deno task start/);
  assert.match(empty.querySelector("#sweeps .note")!.textContent, /no store/);
  const broken = dom(homePage({ reports: [{ id: "x", problem: "a.hash: missing" }], sweeps: [] }));
  assert.match(broken.querySelector("#comparisons li")!.textContent, /cannot be read.*a\.hash: missing/);
});
