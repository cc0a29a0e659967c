// The JSON Schema of scenario files, for editors. `deno task schema` writes it to scenario.schema.json.

import { writeFileSync } from "node:fs";
import { followed, scenarioShape, type Shape } from "#/scenarios/shape.ts";

/**
 * What a scenario *file* may say: any subset of the scenario, its own title, and what it extends.
 *
 * Shapes: JSON Schema 2020-12. Groups are merged over those of the parent, so that none of their keys is required; lists
 * replace, so that their items are whole. Terms of a choice are open where the choice may be made elsewhere.
 *
 * @example
 * ```ts
 * import { scenarioJsonSchema } from "#/scenarios/json_schema.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual(scenarioJsonSchema().required, ["title"]);
 * ```
 */
export function scenarioJsonSchema(): Shape {
  const whole = wholeNames(scenarioShape());
  const definitions = Object.entries(scenarioShape().$defs ?? {}).filter(([name]) => name !== "Scenario");
  const file = partial(followed(scenarioShape()));
  const { title: own, ...rest } = file.properties!;
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "A file of a Hutong scenario",
    type: "object",
    properties: {
      title: { ...own, description: "What this file supposes, in one line." },
      extends: {
        type: "string",
        minLength: 1,
        description:
          "The scenario that this one differs from: a name in scenarios/, or a path that ends in .yaml.",
      },
      ...rest,
    },
    required: ["title"],
    additionalProperties: false,
    $defs: Object.fromEntries(
      definitions.map(([name, shape]) => [name, whole.has(name) ? shape : partial(shape)]),
    ),
  };
}

/** The shape with nothing required, down to its lists. */
function partial(shape: Shape): Shape {
  const { required: _, ...open } = shape;
  if (open.oneOf) return choiceIn(open.oneOf);
  if (open.properties) {
    open.properties = Object.fromEntries(
      Object.entries(open.properties).map(([key, value]) => [key, partial(value)]),
    );
  }
  return open;
}

/** All options as one group: a file may give a term and leave the choice to its parent. */
function choiceIn(options: readonly Shape[]): Shape {
  const properties: Record<string, Shape> = {};
  for (const option of options) {
    for (const [key, value] of Object.entries(option.properties!)) {
      const words = [...properties[key]?.enum ?? [], ...value.const === undefined ? [] : [value.const]];
      properties[key] = words.length > 0 ? { type: "string", enum: words } : value;
    }
  }
  return { type: "object", properties, additionalProperties: false };
}

/** The names of definitions that stand in lists. */
function wholeNames(root: Shape): Set<string> {
  const names = new Set<string>();
  const walk = (value: unknown, inList: boolean): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, below] of Object.entries(value)) {
      if (key === "$ref" && inList) names.add(String(below).replace("#/$defs/", ""));
      else walk(below, key === "items" || (inList && key !== "$defs"));
    }
  };
  walk(root, false);
  return names;
}

/** The text of scenario.schema.json. */
export const schemaText = (): string => `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`;

if (import.meta.main) writeFileSync(new URL("./scenario.schema.json", import.meta.url), schemaText());
