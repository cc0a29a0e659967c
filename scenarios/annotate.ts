// A resolved scenario as YAML, each number with the file or the assumption that set it. What it prints can be loaded again.

import type { Loaded } from "#/scenarios/load.ts";

/**
 * The text of `scenarios show`.
 *
 * Shapes: a loaded scenario. Each single value has its line, with its provenance as a comment; a list of single values is one
 * line with all of theirs.
 */
export function annotated({ scenario, provenance, assumptions }: Loaded): string {
  const lines: string[] = [];
  const comment = (path: string) => {
    const assumption = assumptions[path];
    return provenance[path] + (assumption ? `: ${assumption.source.replace(/\s+/g, " ")}` : "");
  };
  const line = (text: string, note: string) => lines.push(note ? `${text.padEnd(48)} # ${note}` : text);
  const write = (value: unknown, path: string, head: string, indent: string) => {
    if (Array.isArray(value) && value.every((item) => typeof item !== "object")) {
      const paths = value.length === 0 ? [path] : value.map((_, i) => `${path}.${i}`);
      line(`${head} [${value.map(single).join(", ")}]`, [...new Set(paths.map(comment))].join(", "));
    } else if (Array.isArray(value)) {
      lines.push(head);
      for (const [i, item] of value.entries()) group(item, `${path}.${i}`, `${indent}- `, `${indent}  `);
    } else if (typeof value === "object" && value !== null) {
      if (Object.keys(value).length === 0) return line(`${head} {}`, comment(path));
      lines.push(head);
      group(value, path, indent, indent);
    } else line(`${head} ${single(value)}`, comment(path));
  };
  const group = (value: object, path: string, first: string, next: string) => {
    for (const [i, [key, below]] of Object.entries(value).entries()) {
      write(below, path ? `${path}.${key}` : key, `${i === 0 ? first : next}${single(key)}:`, `${next}  `);
    }
  };
  group(scenario, "", "", "");
  return `${lines.join("\n")}\n`;
}

/** A text stands bare only where YAML cannot take it for anything else. */
function single(value: unknown): string {
  if (typeof value !== "string") return String(value);
  const bare = /^[A-Za-z][\w.-]*( [\w.()-]+)*$/.test(value) || /^\d{4}-\d{2}-\d{2}$/.test(value);
  if (bare && !/^(true|false|null)$/i.test(value)) return value;
  return JSON.stringify(value).replace(
    /[\x7f-\x9f\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
