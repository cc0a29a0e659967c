// A verb of the command line whose errors all read alike: the place, what was found, what is allowed.

import { Command, InvalidArgumentError, Option } from "commander";
import { thousands } from "#/model/units/thousands.ts";
import { listed, meant } from "#/scenarios/complain.ts";

/** A command in whose errors commander's own words are replaced by ours; its subcommands are of the same kind. */
export class Verb extends Command {
  constructor(name?: string) {
    super(name);
    this.showHelpAfterError("(add --help for what is allowed)");
  }

  override createCommand(name?: string): Verb {
    return new Verb(name);
  }

  override error(message: string, options?: { exitCode?: number; code?: string }): never {
    super.error(inOurWords(this, message, options?.code), options);
  }
}

function inOurWords(command: Command, message: string, code = ""): string {
  const [, said = ""] = /'([^']*)'/.exec(message) ?? [];
  const choose = (what: string, names: string[]) =>
    `${what}; allowed are ${listed(names)}${meant(said, names)}`;
  switch (code) {
    case "commander.unknownOption":
      return `${command.name()}: ${choose(`found the option ${said}`, optionsOf(command))}`;
    case "commander.unknownCommand":
      return `${command.name()}: ${choose(`found "${said}"`, subcommandsOf(command))}`;
    case "commander.excessArguments":
      return unexpected(command);
    case "commander.missingArgument": {
      const argument = command.registeredArguments.find((it) => it.name() === said);
      return `${command.name()}: found no ${said}; allowed is ${argument?.description}`;
    }
    case "commander.optionMissingArgument":
    case "commander.missingMandatoryOptionValue": {
      const option = command.options.find(({ flags }) => flags === said);
      return `${option?.long ?? said}: found nothing; allowed is ${said}: ${option?.description}`;
    }
    case "commander.invalidArgument": {
      const choices = /Allowed choices are (.*)\.$/s.exec(message)?.[1].split(", ");
      if (choices) {
        const [, found = ""] = /(?:argument|value) '([^']*)' is invalid/.exec(message) ?? [];
        const place = /--[a-z0-9-]+/.exec(/option '([^']*)'/.exec(message)?.[1] ?? "")?.[0] ?? command.name();
        return `${place}: found ${found || "nothing"}; allowed are ${listed(choices)}${
          meant(found, choices)
        }`;
      }
      const why = message.slice(message.indexOf("is invalid. ") + "is invalid. ".length);
      return `${/--[a-z-]+/.exec(said)?.[0] ?? said}: ${why}`;
    }
    default:
      return message;
  }
}

function unexpected(command: Command): string {
  const most = command.registeredArguments.length, found = command.args[most];
  const names = subcommandsOf(command);
  return names.length > 0
    ? `${command.name()}: found "${found}"; allowed are ${listed(names)}${meant(found, names)}`
    : `${command.name()}: found "${found}" besides what it takes; allowed ${
      most === 1 ? "is one argument" : `are ${most} arguments`
    }`;
}

const subcommandsOf = (command: Command) => command.commands.map((it) => it.name());

const optionsOf = (command: Command | null): string[] => {
  const names: string[] = [];
  for (let here = command; here; here = here.parent) {
    names.push(...here.createHelp().visibleOptions(here).flatMap(({ long }) => long ? [long] : []));
  }
  return [...new Set(names)];
};

/** Thousands set apart; a port is a name, not an amount. */
const written = (n: number, { isName = false }: { isName?: boolean }) => isName ? String(n) : thousands(n);

interface Bounds {
  from: number;
  to: number;
  isName?: boolean;
}

/** A reader of a whole number between two bounds, for commander. */
function whole(bounds: Bounds): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < bounds.from || value > bounds.to) {
      const allowed = `allowed is a whole number from ${written(bounds.from, bounds)} to ${
        written(bounds.to, bounds)
      }`;
      throw new InvalidArgumentError(`found ${text === "" ? "nothing" : text}; ${allowed}`);
    }
    return value;
  };
}

/**
 * An option that takes a whole number; its help names the bounds and what holds when it is not said.
 *
 * Shapes: `otherwise` is a number that is taken then, or words for what is.
 */
export function wholeOption(
  flags: string,
  text: string,
  { otherwise, ...bounds }: Bounds & { otherwise?: number | string },
): Option {
  const words = typeof otherwise === "string" ? `; default: ${otherwise}` : "";
  const range = `${written(bounds.from, bounds)} to ${written(bounds.to, bounds)}`;
  const option = new Option(flags, `${text} (${range}${words})`).argParser(whole(bounds));
  return typeof otherwise === "number" ? option.default(otherwise, written(otherwise, bounds)) : option;
}

/** The bounds that several verbs share: those of shoppers and days are the scenario schema's. */
export const bounds = {
  shoppers: { from: 100, to: 50_000_000 },
  days: { from: 1, to: 3_650 },
  port: { from: 1, to: 65_535, isName: true },
} as const satisfies Record<string, Bounds>;
