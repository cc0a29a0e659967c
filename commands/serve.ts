// hutong serve: the report server, on this machine only.

import { Command, InvalidArgumentError } from "commander";
import { serve } from "#/server/serve.ts";

interface Options {
  port: number;
  folder: string;
  open?: boolean;
}

/** The `serve` command. It runs until it is stopped. */
export function serveCommand(): Command {
  return new Command("serve")
    .description("serve the stored reports and sweeps as pages on this machine")
    .option("--port <n>", "the port; where it is in use the next free one is taken", portNumber, 8787)
    .option("--folder <path>", "the folder that holds reports/ and sweeps.sqlite", ".hutong")
    .option("--open", "open the first page in a browser")
    .action(async ({ port, folder, open }: Options) => {
      const serving = serve({ port, folder });
      if (open) console.log(await openBrowser(serving.url));
      await serving.finished;
    });
}

/** A port number from the command line. */
export function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new InvalidArgumentError("Allowed is a whole number from 1 to 65535.");
}

/** Asks the system to show an address in its browser; says what came of it and never fails. */
export async function openBrowser(url: string, os: typeof Deno.build.os = Deno.build.os): Promise<string> {
  const [program, ...before] = os === "darwin"
    ? ["open"]
    : os === "windows"
    ? ["rundll32", "url.dll,FileProtocolHandler"]
    : ["xdg-open"];
  try {
    const { success } = await new Deno.Command(program, {
      args: [...before, url],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).output();
    return success ? `Opened ${url} in a browser.` : `No browser could be opened; the address is ${url}.`;
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) {
      return `This command may start no other program (deno's --allow-run); the address is ${url}.`;
    }
    return `No browser was found; the address is ${url}.`;
  }
}
