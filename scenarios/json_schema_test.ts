// The schema for editors: it is the committed file, and it allows what the reader allows.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { scenarioJsonSchema, schemaText } from "#/scenarios/json_schema.ts";
import { scenarioShape, type Shape } from "#/scenarios/shape.ts";

Deno.test("scenario.schema.json is what `deno task schema` writes", () => {
  const committed = readFileSync(new URL("./scenario.schema.json", import.meta.url), "utf8");
  assert.equal(committed, schemaText(), "run `deno task schema`");
});

Deno.test("a file needs its title only, whatever it says; items of lists are whole", () => {
  const schema = scenarioJsonSchema();
  assert.deepEqual(schema.required, ["title"]);
  assert.ok(schema.properties!.extends);
  assert.ok(schema.$defs!.Shock.oneOf!.every(({ required }) => required!.includes("fromDay")));
  assert.deepEqual(schema.properties!.expected.items!.required, ["outcome", "against", "sign", "why"]);
  const demanding: string[] = [];
  const walk = (shape: Shape, path: string) => {
    if (shape.required) demanding.push(path);
    for (const [key, below] of Object.entries(shape.properties ?? {})) walk(below, `${path}.${key}`);
    if (shape.$ref) walk(schema.$defs![shape.$ref.replace("#/$defs/", "")], path);
  };
  for (const [key, below] of Object.entries(schema.properties!)) walk(below, key);
  assert.deepEqual(demanding, []);
});

Deno.test("the schema for editors knows the same keys as the scenario, and refuses others", () => {
  const { title: _, extends: __, ...rest } = scenarioJsonSchema().properties!;
  const whole = scenarioShape().$defs?.Scenario ?? scenarioShape();
  assert.deepEqual(Object.keys(rest), Object.keys(whole.properties!).filter((key) => key !== "title"));
  assert.equal(scenarioJsonSchema().additionalProperties, false);
  assert.equal(scenarioJsonSchema().$defs!.AcceptanceCell.additionalProperties, false);
});

Deno.test("making the schema for editors leaves the scenario's own as it was", () => {
  const before = JSON.stringify(scenarioShape());
  scenarioJsonSchema();
  assert.equal(JSON.stringify(scenarioShape()), before);
});
