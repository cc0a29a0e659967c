// Whatever is mistyped, the answer names the place, what was found and what is allowed.

import assert from "node:assert/strict";
import { Argument, Option } from "commander";
import { Verb, wholeOption } from "./verb.ts";

function refused(...words: string[]): string {
  let text = "";
  const program = new Verb("hutong");
  program.addCommand(
    new Verb("run").argument("<scenario>", "the name of a scenario")
      .addOption(wholeOption("--days <d>", "days to simulate", { from: 1, to: 3_650 }))
      .addOption(wholeOption("--day <d>", "required: which day", { from: 0, to: 9 }).makeOptionMandatory())
      .addOption(new Option("--share <kind>", "which").choices(["split", "quota"]))
      .addArgument(new Argument("[when]", "which episode").choices(["spring2020", "leverage2020"]))
      .action(() => {}),
  );
  const parent = new Verb("scenarios").action(() => {});
  parent.command("check").argument("<file>", "the path of a file").action(() => {});
  program.addCommand(parent);
  const quiet = (command: Verb) => {
    command.exitOverride().configureOutput({ writeErr: (more) => void (text += more) });
    for (const sub of command.commands) quiet(sub as Verb);
  };
  quiet(program);
  assert.throws(() => program.parse(words, { from: "user" }));
  return text;
}

const hint = "\n(add --help for what is allowed)\n";
const cases: [words: string, message: string][] = [
  ["rn", 'hutong: found "rn"; allowed are run, scenarios; did you mean "run"?'],
  [
    "run x --day 1 --dayz 3",
    'run: found the option --dayz; allowed are --days, --day, --share, --help; did you mean "--days"?',
  ],
  ["run --day 1", "run: found no scenario; allowed is the name of a scenario"],
  ["run x y --day 1", "run: found y; allowed are spring2020, leverage2020"],
  [
    "run x spring2021 --day 1",
    'run: found spring2021; allowed are spring2020, leverage2020; did you mean "spring2020"?',
  ],
  ["run x --day 1 --share splt", '--share: found splt; allowed are split, quota; did you mean "split"?'],
  ["run x spring2020 y --day 1", 'run: found "y" besides what it takes; allowed are 2 arguments'],
  ["run x --day 1 --days 3651", "--days: found 3651; allowed is a whole number from 1 to 3,650"],
  ["run x --day 1 --days 1e3", "--days: found 1e3; allowed is a whole number from 1 to 3,650"],
  ["run x --day 1 --days", "--days: found nothing; allowed is --days <d>: days to simulate (1 to 3,650)"],
  ["run x", "--day: found nothing; allowed is --day <d>: required: which day (0 to 9)"],
  ["scenarios chek x", 'scenarios: found "chek"; allowed are check; did you mean "check"?'],
  ["scenarios check", "check: found no file; allowed is the path of a file"],
];
for (const [words, message] of cases) {
  Deno.test(`"${words}" is told with what is allowed, and the way to the help`, () => {
    assert.equal(refused(...words.split(" ")), message + hint);
  });
}
