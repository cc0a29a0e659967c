import assert from "node:assert/strict";
import type { Evaluate, Values } from "#/sim/experiments/evaluate.ts";
import { gainWord, sharingCases, sharingExperiment, sharingSettings } from "#/sim/experiments/sharing.ts";
import { sharingRules } from "#/model/sharing/rules/registry.ts";
import { runSmall, small } from "#/sim/testing/worlds.ts";

const names = [
  ...["approvalRateAcross", "jointCredit", "jointLoss", "lossBy", "resultOf", "unlawfulEnhancement"].flatMap((
    name,
  ) => [`${name}.jd`, `${name}.ant`]),
];

/** A world in which a careless issuer earns 10 and loses 8, of which the quota's partner bears half. */
const known: Evaluate = (cases) =>
  Promise.resolve(cases.map((set) =>
    [0, 1, 2].map((replication) => {
      const text = set.join(" "), luck = 100 * replication;
      const values: Values = Object.fromEntries(names.map((name) => [name, luck]));
      values["jointCredit.jd"] = values["jointCredit.ant"] = 1_000;
      const borne = text.includes("quotaShare") ? 0.5 : 1;
      for (const [issuer, partner] of [["jd", "ant"], ["ant", "jd"]]) {
        if (!text.includes(`cutoffStep.${issuer}.acrossPoints=-30`)) continue;
        values[`resultOf.${issuer}`] += 6 - 8 * borne + replication / 10;
        values[`resultOf.${partner}`] -= 8 * (1 - borne);
        values[`jointLoss.${issuer}`] += 8;
      }
      return values;
    })
  ));

Deno.test("sharing: who bears half of its losses gains by carelessness that costs it when it bears all", async () => {
  const { rules, replications } = await sharingExperiment(known, { stepPoints: 30 });
  assert.equal(replications, 3);
  const of = (rule: string) => rules.find((it) => it.rule === rule)!.effects[0].careless;
  assert.equal(gainWord(of("originator").own), "loses");
  assert.equal(gainWord(of("quotaShare").own), "gains");
  assert.ok(Math.abs(of("quotaShare").beyondReference!.mean - 4) < 1e-9);
  assert.equal(of("originator").beyondReference, null);
  assert.ok(Math.abs(of("quotaShare").partner.mean + 4) < 1e-9);
  assert.equal(of("layered").jointLoss.mean, 8);
});

Deno.test("sharing: two replications say nothing, and a step that is none is refused", async () => {
  assert.equal(gainWord({ mean: 5, low: null, high: null, n: 2 }), "open");
  assert.equal(gainWord({ mean: 5, low: -1, high: 11, n: 5 }), "open");
  await assert.rejects(sharingExperiment(known, { stepPoints: 0 }), /Cannot lower a cut-off by 0 points/);
});

Deno.test("sharing: every registered rule is compared, today's first", () => {
  assert.deepEqual(sharingCases.map(({ rule }) => rule), Object.keys(sharingRules));
  assert.equal(sharingCases[0].rule, "originator");
});

Deno.test("sharing: in a small world who bears less approves more, and its partner bears more", async () => {
  const evaluate: Evaluate = (cases) =>
    Promise.resolve(cases.map((set) =>
      [0, 1, 2].map((replication) => {
        const under = [
          ...sharingSettings,
          "credit.huabei.chargeOffDpd=60",
          "credit.baitiao.chargeOffDpd=60",
          "scoring.cutoffPoints=560",
          "fraud.perYearPpm.stolenAccount=400000",
        ];
        const supposed = small("s0-huabei-on-jd", { shoppers: 400, days: 40, set: [...under, ...set] });
        const { outcomes } = runSmall(supposed, { replication }).result;
        return Object.fromEntries(Object.entries(outcomes).map(([name, { value }]) => [name, value]));
      })
    ));
  const { rules } = await sharingExperiment(evaluate, { stepPoints: 60, everywhere: true });
  const quota = rules.find(({ rule }) => rule === "quotaShare")!, [jd, ant] = quota.effects;
  assert.ok(ant.approvalChange!.mean > 0);
  assert.ok(jd.lossChange!.mean > 0);
  // JD lends nothing across in this world: its care changes no joint loss.
  assert.equal(jd.careless.jointLoss.mean, 0);
  assert.ok(ant.careless.jointLoss.mean >= 0);
});
