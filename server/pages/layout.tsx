// The frame of every page: head, top line, contents beside the text. No script and nothing from elsewhere.

import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { style } from "#/server/style.ts";

const icon = "data:image/svg+xml," +
  "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M1 6h9V3l5 5-5 5v-3H1z' " +
  "fill='%231d4ed8'/%3E%3C/svg%3E";

/** One entry of a page's contents. */
export interface ContentsEntry {
  id: string;
  topic: string;
}

/** A whole page as text, doctype included. `home` is where the top line leads; a saved page leads nowhere. */
export function page(
  { title, home, contents, body }: {
    title: string;
    home?: string;
    contents?: readonly ContentsEntry[];
    body: Child;
  },
): string {
  const html = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title} · Hutong</title>
        <link rel="icon" href={icon} />
        <style>{raw(style)}</style>
      </head>
      <body>
        <a class="skip" href="#text">Skip to the text</a>
        <header class="top">
          <div>
            {home ? <a class="name" href={home}>Hutong</a> : <span class="name">Hutong</span>}
            <span class="what">what happens when closed credit systems are opened to each other</span>
          </div>
        </header>
        <div class={contents ? "shell with-contents" : "shell"}>
          {contents && <Contents entries={contents} />}
          <main id="text">{body}</main>
        </div>
      </body>
    </html>
  );
  return `<!doctype html>\n${html}`;
}

function Contents({ entries }: { entries: readonly ContentsEntry[] }) {
  return (
    <nav class="contents" aria-label="Contents">
      <div>
        <ol>
          {entries.map(({ id, topic }) => (
            <li>
              <a href={`#${id}`}>{topic}</a>
            </li>
          ))}
        </ol>
      </div>
    </nav>
  );
}
