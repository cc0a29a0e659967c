// hutong clear FILE: solves a queue of payments or a network of debts that a user brings, under a named method.

import process from "node:process";
import { clearDebts } from "#/model/clearing/default.ts";
import { queueMethods, usualTerms } from "#/model/clearing/methods/registry.ts";
import { unwind } from "#/model/clearing/windows.ts";
import { listed, meant, refuse } from "#/scenarios/complain.ts";
import { type QueueFile, readQueueFile } from "#/scenarios/queue_file.ts";
import { readText } from "#/scenarios/read.ts";
import { clearQueue, type QueueChoice } from "./clear_queue.ts";
import {
  type About,
  clearedInWords,
  type ClearedQueue,
  queueInWords,
  type Unwound,
  unwoundInWords,
} from "./clear_words.ts";
import { userPath } from "./options.ts";
import { Verb, wholeOption } from "./verb.ts";

/** The methods for networks of debts, in words. */
export const debtMethods = {
  clearingVector: "greatest clearing vector with ranks, costs of bankruptcy and a guarantee fund",
  unwind: "take out the payments of whoever cannot pay its net, again and again",
} as const;

interface Choice extends QueueChoice {
  method?: string;
  json?: boolean;
  list?: boolean;
}

/** The `clear` command; `write` takes text for standard output. Errors: `ScenarioError` for a file or a method that is none. */
export function clearVerb(write: (text: string) => void = (text) => void process.stdout.write(text)): Verb {
  return new Verb("clear")
    .description(
      "solve a queue of payments or a network of debts from a file: what settles, what waits and why",
    )
    .argument("[file]", "a YAML or JSON file with participants and payments or debts (see scenarios/queues)")
    .option(
      "--method <name>",
      "how; --list names them (default: the file's own, else gridlock or clearingVector)",
    )
    .option(
      "--objective <value|count>",
      "what exact and unions make as large as can be: the money (value) or the number of payments (count) (default: value)",
    )
    .addOption(
      wholeOption("--cycle-length <n>", "the most participants in a cycle", {
        from: 2,
        to: 20,
        otherwise: 5,
      }),
    )
    .addOption(
      wholeOption("--cycle-steps <n>", "the most steps walked in search of cycles", {
        ...{ from: 1, to: 1_000_000_000, otherwise: usualTerms.cycleBudget },
      }),
    )
    .addOption(
      wholeOption("--nodes <n>", "the most nodes that the exact search expands", {
        ...{ from: 1, to: 1_000_000_000, otherwise: usualTerms.nodeBudget },
      }),
    )
    .option(
      "--at <time>",
      "settle once, at this time, such as 10:30: what arrives later waits, what was due before has expired",
    )
    .option("--json", "print one JSON object")
    .option("--list", "print the methods")
    .addHelpText(
      "after",
      `\nExamples:\n  deno task hutong clear --list\n  deno task hutong clear ${ring} --method exact\n  deno task hutong clear ${chain} --json`,
    )
    .action((path: string | undefined, choice: Choice) => {
      if (choice.list) return write(choice.json ? `${JSON.stringify(methods())}\n` : listInWords());
      if (path === undefined) {
        refuse("clear", "", `found no file; allowed is the path of one such as ${ring}`);
      }
      const read = readText(userPath(path));
      if ("fault" in read) refuse(read.line > 0 ? `${path}:${read.line}` : path, "", read.fault);
      const outcome = clearFile(readQueueFile(read.text, path), { file: path, ...choice });
      write(choice.json ? `${JSON.stringify(outcome)}\n` : inWords(outcome));
    });
}

const ring = "scenarios/queues/ring.yaml", chain = "scenarios/queues/chain-of-debts.yaml";

/** What a file came to. */
export type Cleared = ClearedQueue | ReturnType<typeof clearNetwork> | Unwound;

/** Clears what a file holds. Errors: `ScenarioError` for a method or an objective that is not among those allowed. */
export function clearFile(
  file: QueueFile,
  { file: name, ...choice }: Omit<Choice, "json" | "list"> & { file: string },
): Cleared {
  const method = methodOf(file, choice.method, name);
  const about = { file: name, title: file.title, method };
  if (file.kind === "debts" && choice.at !== undefined) {
    refuse("--at", "", `found "${choice.at}"; allowed is none, as debts have no times`);
  }
  if (file.kind === "queue") return clearQueue(file, { about, choice });
  return method === "unwind" ? unwindNetwork(file, about) : clearNetwork(file, about);
}

function methodOf(file: QueueFile, said: string | undefined, name: string): string {
  const names = Object.keys(file.kind === "queue" ? queueMethods : debtMethods);
  const method = said ?? file.method ?? (file.kind === "queue" ? "gridlock" : "clearingVector");
  if (names.includes(method)) return method;
  const what = file.kind === "queue" ? "a queue" : "debts";
  const text = `found "${method}"; allowed for ${what} are ${listed(names)}${meant(method, names)}`;
  refuse(said === undefined ? name : "--method", said === undefined ? "method" : "", text);
}

function clearNetwork({ assetsFen, debts, terms }: QueueFile & { kind: "debts" }, about: About) {
  return { kind: "debts" as const, ...about, ...clearDebts(Object.fromEntries(assetsFen), debts, terms) };
}

function unwindNetwork({ assetsFen, debts }: QueueFile & { kind: "debts" }, about: About): Unwound {
  const { rounds, removed, removedFen, nets } = unwind(debts, Object.fromEntries(assetsFen));
  return { kind: "unwound", ...about, debts: debts.length, rounds, removed, removedFen, nets };
}

function inWords(outcome: Cleared): string {
  if (outcome.kind === "queue") return queueInWords(outcome);
  return outcome.kind === "debts" ? clearedInWords(outcome) : unwoundInWords(outcome);
}

const methods = () => ({
  queue: Object.fromEntries(Object.entries(queueMethods).map(([name, { title }]) => [name, title])),
  debts: debtMethods,
});

function listInWords(): string {
  const { queue, debts } = methods();
  const rows = (all: Record<string, string>) =>
    Object.entries(all).map(([name, title]) => `  ${name.padEnd(15)} ${title}\n`).join("");
  return `For a queue of payments:\n${rows(queue)}For a network of debts:\n${rows(debts)}`;
}
