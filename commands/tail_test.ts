import assert from "node:assert/strict";
import { draw } from "#/server/charts/draw.ts";
import { tailCurves } from "#/server/charts/experiments/tail.ts";
import { tailFrom } from "#/sim/experiments/tail.ts";
import { experimentCommand } from "./experiment.ts";
import { inWords } from "./tail.ts";

const losses = [0.011, 0.016, 0.018, 0.019, 0.021, 0.022, 0.024, 0.027, 0.033, 0.048];
const tail = tailFrom("ant", losses.map((loss) => ({ loss, lossGivenDefault: 0.6, borrowers: 300 })));

Deno.test("a tail is told with the fit, each probability, and a mark where there are too few years", () => {
  const text = inWords(tail);
  assert.match(text, /^ant: 10 years; lost a year 2\.39 % of the balance/);
  assert.match(
    text,
    /Fitted: pd 3\.98 %, lgd 60\.0 %, correlation 0\.\d{4}, as spread as 300 equal borrowers/,
  );
  assert.match(text, /90 % .*\n95 % .*agents: the worst year there is/);
  assert.match(text, /Mean of the worst 5 %: agents 4\.80 %/);
});

Deno.test("a tail is drawn: a dot a year and a curve a formula, named in the picture", () => {
  const drawn = draw(tailCurves(tail), { id: "tail" });
  assert.ok("svg" in drawn);
  assert.ok(!/NaN|undefined|Infinity/.test(drawn.svg + drawn.title + drawn.caption));
  assert.equal((drawn.svg.match(/<circle/g) ?? []).length, losses.length);
  for (const word of ["Vasicek (ASRF)", "CreditRisk+", "finite pool", "agents, by year"]) {
    assert.ok(drawn.svg.includes(word), word);
  }
});

Deno.test("the tail is one of the experiments", () => {
  assert.ok(experimentCommand().commands.some((command) => command.name() === "tail"));
});
