// hutong serve: the report server, on this machine only.

import { existsSync } from "node:fs";
import { serve } from "#/server/serve.ts";
import { namedPath, readableFolder } from "./options.ts";
import { bounds, Verb, wholeOption } from "./verb.ts";

interface Options {
  port: number;
  folder?: string;
  open?: boolean;
}

/** Where `start`, `run` and `sweep` keep what they make. */
const ownFolder = ".hutong";

/** The `serve` command. It runs until it is stopped. Errors: `ScenarioError` for a folder that cannot be read. */
export function serveCommand(): Verb {
  return new Verb("serve")
    .description("serve the stored reports and sweeps as pages on this machine")
    .addOption(
      wholeOption("--port <n>", "the port; where it is in use the next free one is taken", {
        ...bounds.port,
        otherwise: 8_787,
      }),
    )
    .option("--folder <path>", `the folder that holds reports/ and sweeps.sqlite (default: ${ownFolder})`)
    .option("--open", "open the first page in a browser")
    .addHelpText("after", "\nExample: deno task hutong serve --port 9000 --open")
    .action(async ({ port, folder, open }: Options) => {
      const serving = serve({ port, folder: servedFolder(folder) });
      if (open) console.log(await openBrowser(serving.url));
      await serving.finished;
    });
}

/** The folder to serve: the one that was named, or the project's own, which nobody may have made yet. */
export function servedFolder(named?: string): string {
  if (named !== undefined) {
    return readableFolder("--folder", namedPath("--folder", named, "the path of a folder"));
  }
  return existsSync(ownFolder) ? readableFolder("serve", ownFolder) : ownFolder;
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
