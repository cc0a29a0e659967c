// The command line of Hutong: one verb a file in commands/.

import type { Command } from "commander";
import { RunError } from "./sim/experiments/evaluate.ts";
import { FutureError } from "./sim/experiments/futures_runs.ts";
import { StoreError } from "./sim/experiments/store.ts";
import { ReconciliationError } from "./sim/ledger/reconcile.ts";
import { dealVerb } from "./commands/deal.ts";
import { discoverVerb } from "./commands/discover.ts";
import { experimentCommand } from "./commands/experiment.ts";
import { financeVerb } from "./commands/finance.ts";
import { backtestVerb } from "./commands/backtest.ts";
import { clearVerb } from "./commands/clear.ts";
import { calibrateVerb } from "./commands/calibrate.ts";
import { frontierVerb } from "./commands/frontier.ts";
import { isBadInput } from "./commands/options.ts";
import { isPrinted, useStandardStreams } from "./commands/output.ts";
import { replayVerb } from "./commands/replay.ts";
import { compareVerb } from "./commands/compare.ts";
import { reverseVerb } from "./commands/reverse.ts";
import { registerCommand } from "./commands/register.ts";
import { runVerb } from "./commands/run.ts";
import { scenariosCommand } from "./commands/scenarios.ts";
import { scorecardCommand } from "./commands/scorecard.ts";
import { sensitivityVerb } from "./commands/sensitivity.ts";
import { serveCommand } from "./commands/serve.ts";
import { startVerb } from "./commands/start.ts";
import { sweepCommand } from "./commands/sweep.ts";
import { traceVerb } from "./commands/trace.ts";
import { Verb } from "./commands/verb.ts";
import { workerCommand } from "./commands/worker.ts";

/** All verbs. */
export function hutong(): Verb {
  const program = new Verb("hutong")
    .description(
      "What happens, to whom, and is it worth financing, if two closed credit systems are opened?",
    );
  for (
    const verb of [
      startVerb(),
      runVerb(),
      scenariosCommand(),
      traceVerb(),
      experimentCommand(),
      sweepCommand(),
      workerCommand(),
      sensitivityVerb(),
      discoverVerb(),
      scorecardCommand(),
      calibrateVerb(),
      backtestVerb(),
      clearVerb(),
      dealVerb(),
      financeVerb(),
      frontierVerb(),
      reverseVerb(),
      replayVerb(),
      compareVerb(),
      registerCommand(),
      serveCommand(),
    ]
  ) program.addCommand(verb);
  program.addHelpText("after", "\nStart here: deno task hutong start, then deno task hutong run --help");
  quietExit(program);
  return program;
}

/** Bad options end with exit code 2, like every other bad input; help with 0. */
function quietExit(command: Command): void {
  command.exitOverride((error) => {
    Deno.exit(error.exitCode === 0 ? 0 : 2);
  });
  for (const sub of command.commands) quietExit(sub);
}

/**
 * Runs the command line; bad input is one line and exit code 2. A closed pipe ends what is printed and nothing else: the exit code
 * stays what it would have been.
 */
export async function main(args: readonly string[]): Promise<void> {
  try {
    await hutong().parseAsync([...args], { from: "user" });
    if (!isPrinted() && !Deno.exitCode) Deno.exitCode = 1;
  } catch (error) {
    if (isClosedPipe(error)) Deno.exit(0);
    if (isBadInput(error)) {
      console.error(error.message);
      Deno.exit(2);
    }
    if (isTold(error)) {
      console.error(error.message);
      Deno.exit(1);
    }
    throw error;
  }
}

/** Errors whose message says all: books that do not close, numbers out of range, a file or folder that cannot be used. */
const isTold = (error: unknown): error is Error =>
  error instanceof ReconciliationError || error instanceof StoreError || error instanceof FutureError ||
  error instanceof RunError ||
  error instanceof RangeError ||
  error instanceof Error && /^E[A-Z]+$/.test((error as { code?: string }).code ?? "") ||
  error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.NotCapable;

const isClosedPipe = (error: unknown): boolean =>
  error instanceof Deno.errors.BrokenPipe || (error as { code?: string } | null)?.code === "EPIPE";

if (import.meta.main) {
  addEventListener("error", (event) => {
    if (!isClosedPipe(event.error)) return;
    event.preventDefault();
    Deno.exit(0);
  });
  addEventListener("unhandledrejection", (event) => {
    if (!isClosedPipe(event.reason)) return;
    event.preventDefault();
    Deno.exit(0);
  });
  useStandardStreams();
  await main(Deno.args);
}
