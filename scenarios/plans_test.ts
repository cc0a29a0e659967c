// The plans that ship, and how plans that cannot be meant are refused: file, line, what was found, what is allowed.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { evaluatePlan } from "#/model/project/evaluate.ts";
import { readFlows } from "#/scenarios/flows_file.ts";
import { loadPlan, shippedPlans } from "#/scenarios/plans.ts";

const example = readFlows(
  readFileSync(new URL("./flows/example.yaml", import.meta.url), "utf8"),
  "scenarios/flows/example.yaml",
).flows;

const verdicts: Record<string, string> = {
  "abs-carve-out": "fundable",
  "all-equity": "fundable",
  articles: "fundable",
  "articles-as-written": "unlawful",
  "bond-heavy": "fundable",
  "minimal-pilot": "worthless",
  sculpted: "fundable",
  staged: "fundable",
  "strategic-led": "worthless",
};

Deno.test("the plans that ship are the promised mixes, each with a title and a verdict of its own on the example flows", () => {
  assert.deepEqual(shippedPlans(), Object.keys(verdicts).sort());
  const titles = new Set<string>();
  for (const name of shippedPlans()) {
    const { plan } = loadPlan(name), { verdict } = evaluatePlan(plan, example);
    titles.add(plan.title);
    assert.equal(verdict.kind, verdicts[name], `${name}: ${verdict.text}`);
  }
  assert.equal(titles.size, shippedPlans().length);
});

Deno.test("the articles' uses are CNY 300.3 m, and more with what the rail needs", () => {
  const { budget } = evaluatePlan(loadPlan("articles").plan, example);
  assert.equal(budget.itemsFen, 30_030_000_000);
  assert.equal(budget.railFen, 7_500_000_000); // half of 60 m and 40 m, and 25 m
  assert.equal(budget.totalFen, budget.itemsFen + budget.railFen);
});

Deno.test("the staged plan builds its second half only where the first earns enough", () => {
  const { plan } = loadPlan("staged");
  const earning = evaluatePlan(plan, example);
  assert.equal(earning.columns.openShare.at(-1), 10_000);
  const streams = example.streams.map((one) => ({
    ...one,
    monthlyFen: Float64Array.from(one.monthlyFen, (fen) => Math.round(fen / 5)),
  }));
  const poor = evaluatePlan(plan, { ...example, streams });
  assert.equal(poor.columns.openShare.at(-1), 5_000);
  assert.ok(
    poor.findings.some(({ kind, text }) => kind === "milestone" && /proven never comes.*seriesB/.test(text)),
  );
});

function refused(text: string, message: RegExp): void {
  const folder = mkdtempSync(join(tmpdir(), "plan-"));
  try {
    const file = join(folder, "own.yaml");
    writeFileSync(file, `title: A plan of one's own\nextends: articles\n${text}`);
    assert.throws(() => loadPlan(file), (error: Error) => {
      assert.equal(error.name, "ScenarioError");
      assert.match(error.message, message);
      return !error.message.includes("\n");
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

Deno.test("a covenant on a measure that does not exist is refused with those that do", () => {
  refused(
    "covenants:\n  - { measure: dscrr, bound: atLeast, valueBps: 12000, fromMonth: 1 }\n",
    /own\.yaml:4: covenants\.0\.measure: found "dscrr"; allowed is one of dscr, llcr, .*did you mean "dscr"\?/,
  );
  refused(
    "covenants:\n  - { measure: cash, bound: atLeast, valueBps: 12000, fromMonth: 1 }\n",
    /covenants\.0\.valueCny: missing; cash is bounded in valueCny/,
  );
});

const loan = (changes: string) =>
  `sources:\n  - { kind: bankLoan, name: loan, amountCny: 1000, month: 1, rateBps: 500, repayment: amortising, ${changes} }\n`;

Deno.test("negative tenors, graces beyond them and terms that do not go together are refused with their line", () => {
  refused(
    loan("tenorMonths: -12"),
    /own\.yaml:4: sources\.0\.tenorMonths: found -12; allowed is a whole number from 1 to 360/,
  );
  refused(
    loan("tenorMonths: 12, graceMonths: 12"),
    /sources\.0\.graceMonths: found 12; allowed is less than tenorMonths 12/,
  );
  refused(
    loan("tenorMonths: 12, targetDscrBps: 12000"),
    /targetDscrBps: found with the repayment amortising/,
  );
  refused(
    loan("tenorMonths: 12").replace("amortising", "sculpted"),
    /targetDscrBps: missing; allowed is the cover/,
  );
  refused(
    loan("tenorMonths: 12, milestone: built"),
    /sources\.0\.milestone: found besides month; allowed is one/,
  );
  refused(
    loan("tenorMonths: 12").replace("month: 1", "milestone: buil"),
    /found "buil"; allowed are built, prototype; did you mean "built"\?/,
  );
  refused(loan("tenorMonths: 12").replace("month: 1, ", ""), /sources\.0: found neither month nor milestone/);
  refused(loan("tenor: 12"), /unknown key; allowed are kind, name, amountCny/);
});

Deno.test("curves, tranches and openings that do not add up are refused", () => {
  refused(
    "opening:\n  - { month: 1, shareBps: 6000 }\n  - { month: 2, shareBps: 6000 }\n",
    /opening: found shareBps that sum to 12000; allowed is at most 10000/,
  );
  const item = "{ name: research, amountCny: 1, curveBps: [5000, 4000], month: 1, capitalised: true }";
  refused(
    `uses:\n  items:\n    - ${item}\n`,
    /own\.yaml:5: uses\.items\.0\.curveBps: found parts that sum to 9000; allowed is a sum of 10000/,
  );
  refused(
    "milestones:\n  - { when: built, name: built, items: [reserch] }\n",
    /milestones\.0\.items\.0: found "reserch"; allowed are the uses research, .*did you mean "research"\?/,
  );
  refused(
    "contract:\n  - { counterparty: jd }\n  - { counterparty: jd }\n",
    /contract\.1\.counterparty: found "jd" a second time/,
  );
});

Deno.test("a plan that leads back to itself, or extends what is not there, is refused", () => {
  const folder = mkdtempSync(join(tmpdir(), "plan-"));
  try {
    const a = join(folder, "a.yaml");
    writeFileSync(a, "title: One\nextends: ./b.yaml\n");
    writeFileSync(join(folder, "b.yaml"), "title: Two\nextends: ./a.yaml\n");
    assert.throws(() => loadPlan(a), /b\.yaml:2: extends: found "\.\/a\.yaml", which leads back/);
    writeFileSync(a, "title: One\nextends: articls\n");
    assert.throws(
      () => loadPlan(a),
      /a\.yaml:2: extends: found "articls", no such plan; shipped are .*"articles"\?/,
    );
    writeFileSync(a, "title: One\n");
    assert.throws(() => loadPlan(a), /a\.yaml:1: .*missing/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
