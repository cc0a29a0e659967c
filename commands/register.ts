// hutong register audit FILE: whether a register of receivables is whole, or which entry breaks it first.

import process from "node:process";
import { readFileSync, statSync } from "node:fs";
import { auditRegister } from "#/model/funding/register/audit.ts";
import { refuse } from "#/scenarios/complain.ts";
import { whyUnusable } from "#/scenarios/unusable.ts";
import { inFull } from "#/server/format.ts";
import { namedPath } from "./options.ts";
import { Verb } from "./verb.ts";

/**
 * The `register` command with its use `audit`.
 *
 * Shapes: `write` takes text for standard output. Errors: `ScenarioError` (exit code 2, one line) with file, line and
 * reason for a register that is broken or a file that cannot be read.
 */
export function registerCommand(
  write: (text: string) => void = (text) => void process.stdout.write(text),
): Verb {
  const command = new Verb("register").description("look after a hash-chained register of receivables");
  command.command("audit")
    .description("check every entry of a register: hashes, order, one owner and one pledge at a time")
    .argument("<file>", "the path of a register, one JSON object a line")
    .option("--head <hash>", "the last hash as you know it; without it a cut-off end cannot be seen")
    .option("--json", "print one JSON object")
    .addHelpText("after", about)
    .action((file: string, options: { head?: string; json?: boolean }) => {
      if (options.head !== undefined && !/^[0-9a-f]{64}$/.test(options.head)) {
        refuse("--head", "", `found ${options.head}; allowed are the 64 digits 0-9 and a-f of a hash`);
      }
      const finding = auditRegister(textOf(file), options);
      if (options.json) write(`${JSON.stringify(finding)}\n`);
      if (!finding.whole) {
        refuse(`${file}:${finding.line}`, "", `the register is broken here: ${finding.why}`);
      }
      if (options.json) return;
      const { entries, receivables, pledged, discharged, head } = finding;
      write(
        `${file}: whole; ${inFull(entries)} entries, ${inFull(receivables)} receivables, ${
          inFull(pledged)
        } of them pledged, ${inFull(discharged)} ` +
          `discharged\nhead ${head}\n`,
      );
    });
  command.addHelpText(
    "after",
    "\nExample: deno task hutong register audit scenarios/registers/small.jsonl",
  );
  return command;
}

const about = `
Each line has sequence, previous (the hash of the line before), event and hash (SHA-256 over canonical JSON). Events: enter,
pledge, release, transfer, sale, discharge. A pledged receivable neither moves nor is pledged again.

Example: deno task hutong register audit scenarios/registers/small.jsonl`;

function textOf(file: string): string {
  const path = namedPath("register audit", file, "the path of a file");
  try {
    if (statSync(path).isDirectory()) refuse(file, "", "found a directory; allowed is a file");
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof SyntaxError) throw error;
    refuse(
      "register audit",
      "",
      `found ${file}, ${whyUnusable(error, path)}; allowed is a file that can be read`,
    );
  }
}
