// Serves the reports on this machine: finds a free port, says where it is, stops when told.

import { join } from "node:path";
import { app } from "#/server/app.ts";

/** How to serve; every part may be left out. */
export interface ServeOptions {
  /** The first port to try. */
  port?: number;
  host?: string;
  /** The folder that holds `reports/` and `sweeps.sqlite`. */
  folder?: string;
  /** Ends the server. */
  signal?: AbortSignal;
  onListen?: (at: { url: string; port: number }) => void;
  /** Where messages go: the console unless said. */
  say?: (line: string) => void;
}

/** A running server. */
export interface Serving {
  url: string;
  port: number;
  /** Settles when the server has closed. */
  finished: Promise<void>;
}

/** How many ports after the first are tried before any free one is taken. */
const tries = 10;

/**
 * Starts the report server and says its address.
 *
 * A port in use is no obstacle: the next ten are tried, then any free one, and it says so. It closes on SIGINT, on
 * SIGTERM and when `signal` is aborted.
 * Errors: those of the network for a host that is not this machine's, or a port that needs rights.
 */
export function serve(
  { port = 8787, host = "127.0.0.1", folder = ".hutong", signal, onListen, say = console.log }: ServeOptions =
    {},
): Serving {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  const handler = app({
    reportsFolder: join(folder, "reports"),
    storePath: join(folder, "sweeps.sqlite"),
  }).fetch;
  const server = listen(
    [port, ...nextPorts(port), 0],
    (candidate) =>
      Deno.serve(
        { port: candidate, hostname: host, signal: stopping.signal, onListen: () => {} },
        (request) => handler(request),
      ),
  );
  const taken = (server.addr as Deno.NetAddr).port;
  const url = `http://${host.includes(":") ? `[${host}]` : host}:${taken}`;

  for (const name of stopSignals) Deno.addSignalListener(name, stop);
  signal?.addEventListener("abort", stop);
  if (signal?.aborted) stop();
  const finished = server.finished.then(() => {
    for (const name of stopSignals) Deno.removeSignalListener(name, stop);
    signal?.removeEventListener("abort", stop);
  });

  if (taken !== port && port !== 0) say(`Port ${port} is in use, so port ${taken} was taken.`);
  say(`Reports: ${url}  (Ctrl+C stops the server)`);
  onListen?.({ url, port: taken });
  return { url, port: taken, finished };
}

const stopSignals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];

function nextPorts(port: number): number[] {
  if (port === 0) return [];
  return Array.from({ length: tries }, (_, i) => port + 1 + i).filter((next) => next <= 65_535);
}

function listen<Server>(ports: readonly number[], open: (port: number) => Server): Server {
  for (const port of ports.slice(0, -1)) {
    try {
      return open(port);
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    }
  }
  return open(ports.at(-1)!);
}
