// Pages for what is not there and for what cannot be shown: what, why, and the way back.

import { page } from "#/server/pages/layout.tsx";

/** A page that says what is wrong. `detail` is shown as it stands. */
export function problemPage(
  { title, text, detail }: { title: string; text: string; detail?: string },
): string {
  return page({
    title,
    home: "/",
    body: (
      <>
        <h1>{title}</h1>
        <p>{text}</p>
        {detail !== undefined && <pre>{detail}</pre>}
        <p>
          <a href="/">All reports and sweeps</a>
        </p>
      </>
    ),
  });
}
