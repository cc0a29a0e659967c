// hutong trace SCENARIO --shopper I --day D: one shopper's purchases of a day, through every layer, with reasons.

import { Command } from "commander";
import { refuse } from "#/scenarios/complain.ts";
import { traceDay } from "#/sim/experiments/trace.ts";
import { epochDay, isoDate } from "#/model/units/calendar.ts";
import { whole } from "./options.ts";
import { chosen, type RunChoice, withRunOptions } from "./run.ts";

/** The `trace` command. */
export function traceVerb(): Command {
  const command = new Command("trace")
    .description("follow one shopper's purchases of one day through every layer")
    .argument("<scenario>", "a built-in name or the path of a scenario file")
    .requiredOption("--shopper <i>", "which shopper, from 0", whole(0, 50_000_000))
    .requiredOption(
      "--day <d>",
      "which day, from 0; without a purchase the next day with one is named",
      whole(0, 3_649),
    )
    .option("--json", "print one JSON object")
    .addHelpText("after", "\nExample: deno task hutong trace interop --shopper 42 --day 10 --shoppers 20000");
  return withRunOptions(command).action(
    (scenario: string, options: RunChoice & { shopper: number; day: number; json?: boolean }) => {
      const { shopper, day } = options;
      const { supposed } = chosen(scenario, { ...options, days: options.days ?? day + 2 });
      const { world } = supposed.scenario;
      if (shopper >= world.shoppers) {
        refuse("--shopper", "", `found ${shopper}; allowed are 0 to ${world.shoppers - 1}`);
      }
      if (day >= world.days) {
        refuse("--day", "", `found ${day}; allowed are 0 to ${world.days - 1}`);
      }
      const { person, purchases } = traceDay(supposed, options.replication, { shopper, day });
      if (options.json) {
        console.log(JSON.stringify({ scenario: supposed.name, shopper, day, person, purchases }));
        return;
      }
      const date = isoDate(epochDay(world.startDate) + day);
      console.log(`Shopper ${shopper} in ${supposed.name}, day ${day} (${date})`);
      for (const [name, value] of Object.entries(person)) console.log(`  ${name.padEnd(24)} ${value}`);
      if (purchases.length === 0) console.log("\nNo wants on this day. Try another day.");
      for (const { want, minute, amountFen, shop, steps, end } of purchases) {
        const clock = `${String(Math.floor(minute / 60)).padStart(2, "0")}:${
          String(minute % 60).padStart(2, "0")
        }`;
        console.log(`\nWant ${want}, ${clock}: CNY ${(amountFen / 100).toFixed(2)} at ${shop}`);
        for (const { layer, saw, verdict, shopperText } of steps) {
          const facts = Object.entries(saw).map(([name, value]) => `${name} ${value}`).join(", ");
          console.log(`  ${layer.padEnd(9)} ${verdict.padEnd(20)} ${facts}`);
          if (shopperText) console.log(`  ${"".padEnd(9)} the shopper reads: "${shopperText}"`);
        }
        console.log(`  => ${end}`);
      }
    },
  );
}
