// A folder of scenarios made up from the schema alone, so that tests of reading do not depend on shipped numbers.
// deno-lint-ignore-file no-explicit-any

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ScenarioError } from "#/scenarios/complain.ts";
import { followed, scenarioShape, type Shape } from "#/scenarios/shape.ts";

/** The least that a shape allows: least numbers, first names, shortest lists, no settings. */
export function least(shape: Shape): unknown {
  const node = followed(shape);
  if (node.oneOf) return least(node.oneOf[0]);
  if (node.const !== undefined) return node.const;
  if (node.enum) return node.enum[0];
  if (node.properties) {
    return Object.fromEntries(Object.entries(node.properties).map(([key, value]) => [key, least(value)]));
  }
  if (node.items) return Array.from({ length: node.minItems ?? 0 }, () => least(node.items!));
  if (node.type === "object") return {};
  if (node.type === "boolean") return false;
  if (node.type === "string") {
    return node.pattern ? "2019-07-01" : "x".repeat(Math.max(3, node.minLength ?? 0));
  }
  return Math.max(0, node.minimum ?? 0);
}

/** A whole scenario that passes every check: the least of everything, with sums and dates in order. */
export function leastScenario(): Record<string, any> {
  const scenario = least(scenarioShape()) as Record<string, any>;
  scenario.title = "The least of everything";
  scenario.seed = "fixture";
  scenario.world = {
    ...scenario.world,
    days: 30,
    people: 1_000_000,
    shoppers: 1_000,
    calibration: "uncalibrated",
  };
  scenario.world.history = { scenario: "base", days: 60, shoppers: 500, set: {} };
  scenario.demand.categories.electronics.weightBps = 10_000;
  scenario.project.capexCurveBps = [10_000];
  return scenario;
}

/**
 * Writes a folder with `base.yaml`, `assumptions.yaml` (two numbers) and any further files; returns its path.
 *
 * Shapes: `files` maps file names to text or bytes. `base.yaml` is JSON, which is YAML, a key a line.
 */
export function fixtureFolder(files: Record<string, string | Uint8Array> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "hutong-scenarios-"));
  const base = leastScenario();
  delete base.demand.waitBps;
  delete base.funding.jd.bankLine.spreadBps;
  const assumptions = [
    "# Two numbers.",
    "demand.waitBps: { unit: bps, base: 1200, range: [300, 2000], source: own estimate (a) }",
    "funding.jd.bankLine.spreadBps: { unit: bps, base: 150, range: [50, 400], source: annual report }",
  ];
  const all = {
    "base.yaml": JSON.stringify(base, null, 1),
    "assumptions.yaml": assumptions.join("\n"),
    ...files,
  };
  for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text);
  return folder;
}

/** Runs `test` with a {@link fixtureFolder}, then removes it. */
export function withFolder(files: Record<string, string | Uint8Array>, test: (folder: string) => void): void {
  const folder = fixtureFolder(files);
  try {
    test(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * The message with which something is refused, the folder written `F`.
 *
 * Errors: `AssertionError` when nothing is thrown, or something that is no `ScenarioError` of one printable line.
 */
export function refusal(folder: string, attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    assert.ok(error instanceof ScenarioError, `${error}`);
    assert.match(error.message, /^\P{Cc}+$/u);
    return folder === "" ? error.message : error.message.replaceAll(folder, "F");
  }
  assert.fail("nothing was refused");
}
