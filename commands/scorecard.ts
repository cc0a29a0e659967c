// hutong scorecard fit and report: a scorecard fitted to any tidy file of borrowers, and judged on rows it has not seen.

import process from "node:process";
import { scorecardPage } from "#/server/pages/scorecard.tsx";
import { namedPath, several } from "./options.ts";
import { tryFile, writePage } from "./page_file.ts";
import { asJson, jsonText } from "./scorecard/as_json.ts";
import { type ScorecardChoice, studyFile } from "./scorecard/prepare.ts";
import { withFusions } from "./scorecard/fusions.ts";
import { scorecardSummary } from "./scorecard/summary.ts";
import { Verb, wholeOption } from "./verb.ts";

interface Output {
  json?: boolean;
  out: string;
}

/**
 * The `scorecard` command with its two uses.
 *
 * Shapes: `write` takes text for standard output. Errors: its actions throw `ScenarioError` (exit code 2, one line) for a
 * file, a column or a target that does not serve.
 */
export function scorecardCommand(
  write: (text: string) => void = (text) => void process.stdout.write(text),
): Verb {
  const command = new Verb("scorecard")
    .description("fit a scorecard to a file of borrowers whose outcome is known, and judge it out of sample")
    .addHelpText(
      "after",
      examples("fit --data loans.csv --target default", "report --data loans.csv --target default"),
    );
  const clock = () => performance.now();
  withDataOptions(
    command.command("fit")
      .description("fit a scorecard by cross-validation and print what it found")
      .option("--json", "print one JSON object on standard output"),
  )
    .addHelpText(
      "after",
      about +
        examples(
          "fit --data loans.csv --target default",
          "fit --data loans.csv --target status --bad late --folds 10 --json",
        ),
    )
    .action((options: ScorecardChoice & Output) => {
      const found = studyFile(withPath(options), clock);
      write(`${options.json ? jsonText(asJson(found)) : scorecardSummary(found)}\n`);
    });
  withDataOptions(
    command.command("report")
      .description("fit a scorecard and write a page of charts and tables, one file that needs nothing else")
      .option("--out <file>", "where to write the page", "scorecard.html"),
  )
    .addHelpText(
      "after",
      about + examples("report --data loans.csv --target default --out loans.html"),
    )
    .action((options: ScorecardChoice & Output) => {
      const out = namedPath("--out", options.out, "the path of a file");
      tryFile("--out", out, { makesFolder: false });
      const found = studyFile(withPath(options), clock);
      const page = scorecardPage(found);
      try {
        writePage(out, page);
      } catch (error) {
        write(`${scorecardSummary(found)}\n`);
        throw error;
      }
      write(`${out}\n`);
    });
  withFusions(command, write);
  return command;
}

/** The options that both uses share. */
function withDataOptions(command: Verb): Verb {
  return command
    .requiredOption(
      "--data <file>",
      "a table with a header line, a row a borrower; comma, semicolon, tab or |",
    )
    .requiredOption("--target <column>", "the column that says who turned bad: 0 and 1, or two labels")
    .option("--bad <value>", "which of the target's two values is bad (default: 1, the greater, or its name)")
    .addOption(wholeOption("--folds <n>", "parts of the cross-validation", { from: 2, to: 20, otherwise: 5 }))
    .addOption(
      wholeOption("--seed <n>", "decides the folds", { from: 0, to: 4_294_967_295, otherwise: 1 }),
    )
    .option("--exclude <column>", "a column not to be used; may be repeated", several)
    .option("--personal", "also fit on columns about the person (sex, age, marriage, education, …)")
    .addOption(
      wholeOption("--approve <percent>", "how many are approved in the fairness table", {
        from: 1,
        to: 99,
        otherwise: 80,
      }),
    ) as Verb;
}

const about = `
Numbers and texts serve as they are, empty cells are a bin of their own. Columns that number the rows, never change or are
free text are left out by name; columns about the person are only used for the fairness table unless --personal is given.
Bins are cut inside each fold.
`;

const examples = (...lines: string[]) =>
  `\nExamples:\n${lines.map((line) => `  deno task hutong scorecard ${line}`).join("\n")}`;

function withPath(options: ScorecardChoice): ScorecardChoice {
  return { ...options, data: namedPath("--data", options.data, "the path of a file") };
}
