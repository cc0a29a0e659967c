// hutong trace SCENARIO --shopper I --day D: one shopper's purchases of a day, through every layer, with reasons.

import { typologies, type TypologyName } from "#/model/fraud/typologies/registry.ts";
import { factorsInWords } from "#/model/scoring/factors.ts";
import { thousands } from "#/model/units/thousands.ts";
import { refuse } from "#/scenarios/complain.ts";
import { word } from "#/sim/experiments/replay.ts";
import { messagesOfDay } from "#/sim/experiments/settlement_messages.ts";
import { traceDays, type TracedDay, type TracedPurchase } from "#/sim/experiments/trace.ts";
import { abroadInWords } from "#/sim/experiments/trace_abroad.ts";
import { factsInWords } from "#/sim/experiments/trace_words.ts";
import { writeMessages } from "./messages.ts";
import { namedPath, writableFolder } from "./options.ts";
import { chosen, type RunChoice, withRunOptions } from "./run.ts";
import { bounds, Verb, wholeOption } from "./verb.ts";

/** How many days ahead a day with a want is looked for. */
const ahead = 30;

/** Which day of whom, in which run. */
type Choice = RunChoice & { shopper: number; day: number };

/** A day on which somebody buys over the bridge, for the help; a test holds it. */
export const example: Choice & { scenario: string } = {
  ...{ scenario: "interop", shopper: 179, day: 10, shoppers: 20_000, replication: 0 },
};

/** The `trace` command. Errors: `ScenarioError` for a shopper or a day that the run has not. */
export function traceVerb(): Verb {
  const command = new Verb("trace")
    .description("follow one shopper's purchases of one day through every layer")
    .argument("<scenario>", "a built-in name or the path of a scenario file")
    .addOption(
      wholeOption("--shopper <i>", "required: which shopper", { from: 0, to: bounds.shoppers.to - 1 })
        .makeOptionMandatory(),
    )
    .addOption(
      wholeOption(
        "--day <d>",
        `required: which day; without a want on it the next day with one is named, up to ${ahead} days ahead`,
        { from: 0, to: bounds.days.to - 1 },
      ).makeOptionMandatory(),
    )
    .option("--json", "print one JSON object")
    .option(
      "--iso20022 <folder>",
      "also write the day's settlements, refusals and returns as ISO 20022 messages",
    )
    .addHelpText("after", `\nExample: ${traceCommand(example.scenario, example)}`);
  return withRunOptions(command).action(
    (scenario: string, options: Choice & { json?: boolean; iso20022?: string }) => {
      const { shopper, day, replication } = options;
      const { world } = chosen(scenario, options).supposed.scenario;
      if (shopper >= world.shoppers) {
        refuse("--shopper", "", `found ${shopper}; allowed are 0 to ${world.shoppers - 1}`);
      }
      if (day >= world.days) {
        const longer = day < bounds.days.to ? `, or more with --days ${day + 1}` : "";
        refuse("--day", "", `found ${day}; allowed are 0 to ${world.days - 1}${longer}`);
      }
      const folder = options.iso20022 === undefined
        ? undefined
        : writableFolder("--iso20022", namedPath("--iso20022", options.iso20022, "the path of a folder"));
      // The run need not be longer than what is looked at.
      const last = Math.min(world.days - 1, day + ahead);
      const { supposed } = chosen(scenario, { ...options, days: last + 1 });
      const [traced, ...later] = traceDays(supposed, replication, { shopper, from: day, to: last });
      const next = later.find(({ purchases }) => purchases.length > 0)?.day ?? null;
      if (options.json) console.log(JSON.stringify({ scenario: supposed.name, ...traced, nextDay: next }));
      else {
        const command = next === null ? null : traceCommand(scenario, { ...options, day: next });
        console.log(inWords(supposed.name, traced, { next, last, command }));
      }
      if (folder !== undefined) {
        const { windowMinutes } = supposed.scenario.clearing;
        const messages = messagesOfDay(traced, { scenario: supposed.name, replication, windowMinutes });
        writeMessages(messages, folder);
        console.error(`Written: ${thousands(messages.length)} messages into ${folder}`);
      }
    },
  );
}

/** The command line that follows a shopper on a day. */
export function traceCommand(scenario: string, choice: Choice): string {
  const { set = [], seed, replication, shoppers, days, shopper, day } = choice;
  const said = Object.entries({ seed, replication: replication || undefined, shoppers, days, shopper, day });
  const words = [
    scenario,
    ...set.flatMap((setting) => ["--set", setting]),
    ...said.flatMap(([name, value]) => value === undefined ? [] : [`--${name}`, String(value)]),
  ];
  return ["deno task hutong trace", ...words.map(word)].join(" ");
}

/** A followed day for people. `next`: the next day with a want, `command`: what follows it; `last`: the last one looked at. */
export function inWords(
  scenario: string,
  { shopper, day, date, person, purchases, lines, notices, abroad }: TracedDay,
  { next, last, command = null }: { next: number | null; last: number; command?: string | null },
): string {
  const text = [`Shopper ${shopper} in ${scenario}, day ${day} (${date})`];
  for (const [name, value] of Object.entries(person)) text.push(`  ${name.padEnd(24)} ${value}`);
  if (notices.length > 0) text.push("", "Notices of the day:");
  for (const { kind, product, text: said } of notices) {
    text.push(`  ${product.padEnd(9)} ${kind.padEnd(20)} "${said}"`);
  }
  if (purchases.length === 0) {
    text.push(...told(notices));
    text.push(
      "",
      "No wants on this day." +
        (next !== null
          ? ` The next is on day ${next}${command === null ? "." : `:\n  ${command}`}`
          : last > day
          ? ` There is none up to day ${last} either.`
          : ""),
    );
    return text.join("\n");
  }
  for (const purchase of purchases) text.push("", ...wantInWords(purchase));
  text.push(...told(notices));
  text.push("", "The lines, morning > evening:");
  for (const { product, when, amountsFen } of lines) {
    if (when !== "morning") continue;
    const evening = lines.find((it) => it.product === product && it.when === "evening");
    const amounts = Object.entries(amountsFen).flatMap(([name, fen]) => {
      const then = evening?.amountsFen[name as keyof typeof amountsFen] ?? 0;
      if (fen === 0 && then === 0) return [];
      return [fen === then ? `${name} ${cny(fen)}` : `${name} ${cny(fen)} > ${cny(then)}`];
    });
    text.push(`  ${product.padEnd(9)} ${amounts.join(", ")}`);
  }
  if (abroad) text.push("", ...abroadInWords(abroad));
  return text.join("\n");
}

/** What the shopper was told on the day, a line a notice. */
const told = (notices: TracedDay["notices"]) =>
  notices.length === 0 ? [] : [
    "",
    "Notices of the day:",
    ...notices.map(({ kind, product, text }) => `  ${product} ${kind}: ${text}`),
  ];

const cny = (fen: number) => thousands(fen / 100, 2);
const two = (n: number) => String(n).padStart(2, "0");

function wantInWords(it: TracedPurchase): string[] {
  const clock = `${two(Math.floor(it.minute / 60))}:${two(it.minute % 60)}`;
  const whose = it.plot
    ? ` (${typologies[it.plot as TypologyName].title})`
    : it.isReturned
    ? " (put off before)"
    : "";
  const text = [
    `Want ${it.want}${whose}, ${clock}: CNY ${cny(it.amountFen)} at shop ${it.shop} ` +
    `(${it.category}; takes ${it.takes.join(", ")})`,
  ];
  for (const { layer, saw, verdict, shopperText, factors = [] } of it.steps) {
    text.push(`  ${layer.padEnd(9)} ${verdict.padEnd(20)} ${factsInWords(saw)}`);
    if (shopperText) {
      text.push(
        `  ${"".padEnd(9)} the shopper reads: "${
          [shopperText, factorsInWords(factors)].filter(Boolean).join(" ")
        }"`,
      );
    }
  }
  for (const { steps } of it.protocol) {
    for (const { step, saw, verdict, detail } of steps) {
      const why = detail ? ` (${detail})` : "";
      text.push(`    proof: ${step.padEnd(13)} ${verdict.padEnd(14)} ${factsInWords(saw)}${why}`);
    }
  }
  text.push(`  => ${it.end}`);
  for (const { what, debit, credit, amountFen, dayFen, how } of it.postings) {
    const within = how === "with others" ? `in CNY ${cny(dayFen)} of the day` : how;
    text.push(`     ${what.padEnd(11)} CNY ${cny(amountFen).padStart(9)}  ${credit} > ${debit}  (${within})`);
  }
  return text;
}
