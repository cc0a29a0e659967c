// hutong trace SCENARIO --shopper I --day D: one shopper's purchases of a day, through every layer, with reasons.

import { Command } from "commander";
import { refuse } from "#/scenarios/complain.ts";
import { traceDays, type TracedDay, type TracedPurchase } from "#/sim/experiments/trace.ts";
import { factsInWords } from "#/sim/experiments/trace_words.ts";
import { whole } from "./options.ts";
import { chosen, type RunChoice, withRunOptions } from "./run.ts";

/** How many days ahead a day with a want is looked for, and the most days that a scenario may have. */
const ahead = 30, mostDays = 3_650;

/** The `trace` command. */
export function traceVerb(): Command {
  const command = new Command("trace")
    .description("follow one shopper's purchases of one day through every layer")
    .argument("<scenario>", "a built-in name or the path of a scenario file")
    .requiredOption("--shopper <i>", "which shopper, from 0", whole(0, 49_999_999))
    .requiredOption(
      "--day <d>",
      `which day, from 0; without a want on it the next day with one is named (up to ${ahead} days ahead)`,
      whole(0, mostDays - 1),
    )
    .option("--json", "print one JSON object")
    .addHelpText("after", "\nExample: deno task hutong trace interop --shopper 42 --day 10 --shoppers 20000");
  return withRunOptions(command).action(
    (scenario: string, options: RunChoice & { shopper: number; day: number; json?: boolean }) => {
      const { shopper, day, replication } = options;
      const days = options.days ?? Math.min(mostDays, day + ahead + 1);
      const { supposed } = chosen(scenario, { ...options, days });
      const { world } = supposed.scenario;
      if (shopper >= world.shoppers) {
        refuse("--shopper", "", `found ${shopper}; allowed are 0 to ${world.shoppers - 1}`);
      }
      if (day >= world.days) {
        refuse("--day", "", `found ${day}; allowed are 0 to ${world.days - 1}`);
      }
      const to = Math.min(world.days - 1, day + ahead);
      const [traced, ...later] = traceDays(supposed, replication, { shopper, from: day, to });
      const next = later.find(({ purchases }) => purchases.length > 0)?.day ?? null;
      if (options.json) console.log(JSON.stringify({ scenario: supposed.name, ...traced, nextDay: next }));
      else console.log(inWords(supposed.name, traced, { next, last: to }));
    },
  );
}

/** A followed day for people. `next`: the next day with a want; `last`: the last one looked at. */
export function inWords(
  scenario: string,
  { shopper, day, date, person, purchases, lines }: TracedDay,
  { next, last }: { next: number | null; last: number },
): string {
  const text = [`Shopper ${shopper} in ${scenario}, day ${day} (${date})`];
  for (const [name, value] of Object.entries(person)) text.push(`  ${name.padEnd(24)} ${value}`);
  if (purchases.length === 0) {
    text.push(
      "",
      "No wants on this day." +
        (next !== null
          ? ` The next is on day ${next}.`
          : last > day
          ? ` There is none up to day ${last} either.`
          : ""),
    );
    return text.join("\n");
  }
  for (const purchase of purchases) text.push("", ...wantInWords(purchase));
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
  return text.join("\n");
}

const cny = (fen: number) => (fen / 100).toFixed(2);
const two = (n: number) => String(n).padStart(2, "0");

function wantInWords(it: TracedPurchase): string[] {
  const clock = `${two(Math.floor(it.minute / 60))}:${two(it.minute % 60)}`;
  const whose = it.isStolen ? " (a thief's)" : it.isReturned ? " (put off before)" : "";
  const text = [
    `Want ${it.want}${whose}, ${clock}: CNY ${cny(it.amountFen)} at shop ${it.shop} ` +
    `(${it.category}; takes ${it.takes.join(", ")})`,
  ];
  for (const { layer, saw, verdict, shopperText } of it.steps) {
    text.push(`  ${layer.padEnd(9)} ${verdict.padEnd(20)} ${factsInWords(saw)}`);
    if (shopperText) text.push(`  ${"".padEnd(9)} the shopper reads: "${shopperText}"`);
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
