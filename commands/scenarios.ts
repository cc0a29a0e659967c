// `hutong scenarios`: what can be run, what a scenario says and why, and whether a file is in order.

import process from "node:process";
import { adaptersInWords } from "#/scenarios/adapters.ts";
import { annotated } from "#/scenarios/annotate.ts";
import { ScenarioError } from "#/scenarios/complain.ts";
import { scenarioHash } from "#/scenarios/hash.ts";
import { list, load, type Loaded } from "#/scenarios/load.ts";
import { outcomeNames } from "#/sim/outcome_names.ts";
import { filePath, several } from "./options.ts";
import { Verb } from "./verb.ts";

/**
 * The command with its three uses: list, show, check.
 *
 * Shapes: `write` takes text for standard output. Errors: its actions throw `ScenarioError` (exit code 2, one line).
 */
export function scenariosCommand(
  write: (text: string) => void = (text) => void process.stdout.write(text),
): Verb {
  const json = (value: unknown) => write(`${JSON.stringify(value, null, 2)}\n`);
  const command = new Verb("scenarios")
    .description("list the scenarios with one line each; show one; check a file")
    .option("--json", "print JSON")
    .addHelpText("after", example("scenarios", "scenarios show interop", "scenarios check my/scenario.yaml"))
    .action((_, command: Verb) => {
      const rows = list();
      if (command.optsWithGlobals().json) return json(rows);
      const width = Math.max(0, ...rows.map(({ name }) => name.length));
      write(rows.map(({ name, title }) => `${name.padEnd(width)}  ${title}\n`).join(""));
    });

  command.command("show")
    .description("print a scenario in full: for every number, the file or the assumption that set it")
    .argument("<scenario>", "a name from the list, or the path of a file")
    .option("--set <path=value>", "change one value; may be repeated", several)
    .option("--json", "print JSON, with the history, the assumptions and the hash")
    .addHelpText(
      "after",
      example("scenarios show interop --set demand.waitBps=500", "scenarios show ./my.yaml"),
    )
    .action((name: string, { set }: { set?: string[] }, command: Verb) => {
      const loaded = load(filePath(name), { set });
      if (command.optsWithGlobals().json) json({ ...loaded, hash: scenarioHash(loaded) });
      else write(annotated(loaded));
    });

  command.command("check")
    .description("say whether a scenario file is in order; exit code 2 and one line when it is not")
    .argument("<file>", "the path of a scenario file, or a name from the list")
    .option("--all", "print every complaint, a line each, not only the first")
    .addHelpText(
      "after",
      example("scenarios check my/scenario.yaml", "scenarios check my/scenario.yaml --all"),
    )
    .action((name: string, { all = false }: { all?: boolean }) => {
      try {
        const loaded = load(filePath(name), { outcomes: outcomeNames });
        write(`${verdict(loaded)}\n`);
        for (const line of adaptersInWords(loaded.scenario)) write(`  ${line}\n`);
      } catch (error) {
        if (!(error instanceof ScenarioError)) throw error;
        throw new ScenarioError(error.complaints, { all, hint: "--all prints them" });
      }
    });
  return command;
}

const example = (...lines: string[]) =>
  `\nExamples:\n${lines.map((line) => `  deno task hutong ${line}`).join("\n")}`;

/** One line: how many numbers, and who says them. */
function verdict({ name, provenance, assumptions, files }: Loaded): string {
  const used = Object.values(assumptions), assumed = used.filter(({ assumed }) => assumed).length;
  const own = files[0].replace(/ sha256:.*$/, "");
  const here = Object.values(provenance).filter((origin) => origin.startsWith(`${own}:`)).length;
  return `${name}: ok: ${here} of ${Object.keys(provenance).length} values said here, ` +
    `${used.length} by assumptions (${assumed} assumed, ${
      used.length - assumed
    } published), ${files.length} files read`;
}
