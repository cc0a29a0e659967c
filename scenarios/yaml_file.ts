// A YAML file read under a schema of its own, as strictly as scenarios are: file, line, path, what was found, what is allowed.

import { z } from "zod";
import { refuse, ScenarioError } from "#/scenarios/complain.ts";
import { explain } from "#/scenarios/explain.ts";
import { parse } from "#/scenarios/parse.ts";
import { readText } from "#/scenarios/read.ts";
import type { Shape } from "#/scenarios/shape.ts";
import { originOf, placeOf, plain } from "#/scenarios/tree.ts";

/** What a file says, and how a rule that no schema can say is complained of. */
export interface YamlFile<Data> {
  data: Data;
  /** Stops with the line of a dotted path. */
  stop(path: string, text: string): never;
}

/**
 * Reads YAML text under a schema.
 *
 * Errors: {@link ScenarioError} with file and line for text that is no YAML and for what the schema refuses.
 *
 * @example
 * ```ts
 * import { readYaml } from "#/scenarios/yaml_file.ts";
 * import { z } from "zod";
 * import assert from "node:assert/strict";
 * const schema = z.strictObject({ days: z.int().min(1) });
 * assert.equal(readYaml("days: 3", { file: "a.yaml", schema }).data.days, 3);
 * assert.throws(() => readYaml("days: 0", { file: "a.yaml", schema }), /a.yaml:1: days/);
 * ```
 */
export function readYaml<Data>(
  text: string,
  { file, schema }: { file: string; schema: z.ZodType<Data> },
): YamlFile<Data> {
  const tree = parse(text, file), result = schema.safeParse(plain(tree));
  if (!result.success) {
    throw new ScenarioError(
      explain(result.error.issues, tree, z.toJSONSchema(schema, { io: "input" }) as Shape),
    );
  }
  return {
    data: result.data,
    stop: (path, words) => refuse(placeOf(originOf(tree, path.split("."))), path, words),
  };
}

/** The same from a path on disk; `file` is how the path is shown. */
export function readYamlFile<Data>(
  path: string,
  { file, schema }: { file: string; schema: z.ZodType<Data> },
): YamlFile<Data> {
  const read = readText(path);
  if ("fault" in read) refuse(read.line > 0 ? `${file}:${read.line}` : file, "", read.fault);
  return readYaml(read.text, { file, schema });
}
