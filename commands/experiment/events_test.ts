import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parties, type Party } from "#/model/names.ts";
import type { EventEffect } from "#/sim/experiments/project_events.ts";
import { smallWorld, typed as typedTo } from "#/commands/testing/typed.ts";
import { eventsVerb, inWords } from "./events.ts";

const typed = async (...words: string[]) => (await typedTo(eventsVerb(), words)).out;
const about = (mean: number) => ({ mean, low: null, high: null, n: 1 });

Deno.test("events are told with what they take from whom, and what an audit saves", () => {
  const effect: EventEffect = {
    ...{ event: "outage", title: "An outage", withAudit: true },
    ...{ bridged: about(-2e10), reconciliation: about(0), signers: about(-3e9) },
    gains: Object.fromEntries(parties.map((party) => [party, about(-1e9)])) as
      & EventEffect["gains"]
      & Record<Party, ReturnType<typeof about>>,
    plans: [{ plan: "articles", npvFen: -7e8 }],
  };
  const text = inWords("interop", { effects: [effect], audits: [{ event: "outage", savedFen: about(5e9) }] });
  assert.match(text, /event +crosses the bridge +JD +Ant +operator +project +all who sign +NPV of articles/);
  assert.match(text, /outage, found by an audit +−CNY 200 m +−CNY 10\.0 m .* −CNY 30\.0 m +−CNY 7\.00 m/);
  assert.match(text, /\n {2}outage: CNY 50\.0 m$/);
});

Deno.test("an event of one's own is run on a small world, and what is not there is refused", async () => {
  const folder = Deno.makeTempDirSync(), file = join(folder, "own.yaml");
  writeFileSync(
    file,
    "title: One's own\nevents:\n  - { name: down, title: Down, source: a try, afterOpeningDays: 5, lastsDays: 60, " +
      "shocks: [{ event: rail-outage, rail: rtgs }] }\n",
  );
  const text = await typed(
    ...["interop", "--events", file, "--shoppers", "200", "--years", "1", "--opens-month", "1", "--quiet"],
    ...["--workers", "1", "--store", join(folder, "runs.sqlite"), "--json", ...smallWorld],
  );
  const { effects, audits } = JSON.parse(text);
  assert.ok(effects[0].bridged.mean < 0);
  assert.deepEqual(audits, []);
  await assert.rejects(
    typed("interop", "--event", "cost-cup"),
    /--event: found cost-cup; .*did you mean "cost-cap"\?/,
  );
  await assert.rejects(typed("interop", "--events", join(folder, "none.yaml")), /which is not there/);
});
