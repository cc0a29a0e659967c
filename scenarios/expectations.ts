// What a scenario expects of itself (`expected`): outcomes that a run has, against scenarios that there are.

import { type Library, openFile, type ScenarioFile } from "#/scenarios/chain.ts";
import { type Complaint, listed, meant, ScenarioError, shown } from "#/scenarios/complain.ts";
import { type Group, placeOf, type Tree, treeAt } from "#/scenarios/tree.ts";

/**
 * The expectations that can never be held against a run: an outcome that none has, a scenario that is not there.
 *
 * Shapes: `tree` fits the schema; `chain` begins with the file that says what is expected, from whose folder paths start;
 * without `outcomes` any name of an outcome passes.
 */
export function expectationFaults(
  tree: Group,
  { chain, from, outcomes }: { chain: readonly ScenarioFile[]; from: Library; outcomes?: readonly string[] },
): Complaint[] {
  const expected = treeAt(tree, ["expected"]);
  if (expected?.kind !== "list") return [];
  return expected.items.flatMap((entry, i) => {
    const at = (key: string) => ({ place: placeOf(treeAt(entry, [key])!.at), path: `expected.${i}.${key}` });
    const outcome = textAt(entry, "outcome"), against = textAt(entry, "against");
    const found: Complaint[] = [];
    if (outcomes && !outcomes.includes(outcome)) {
      const allowed = `allowed are the outcomes of a run: ${listed(outcomes)}${meant(outcome, outcomes)}`;
      found.push({ ...at("outcome"), text: `found ${shown(outcome)}; ${allowed}` });
    }
    try {
      openFile(against, from, { ...at("against"), file: chain[0] });
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      found.push(...error.complaints);
    }
    return found;
  });
}

const textAt = (entry: Tree, key: string): string => {
  const value = treeAt(entry, [key]);
  return value?.kind === "value" ? String(value.value) : "";
};
