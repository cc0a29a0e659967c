// Where a group offers a choice (`sharing.rule`), a later choice drops the terms that belonged to the earlier one.

import { chosen, discriminator, followed, scenarioShape, type Shape, stepDown } from "#/scenarios/shape.ts";
import { group, type Origin, type Tree } from "#/scenarios/tree.ts";

/**
 * The tree without terms of a choice that a later file changed.
 *
 * Shapes: `rank` tells how late an origin speaks. A term is dropped where the chosen option does not have it, another option
 * does, and the choice was made later than the term was said; anything else stays, for the schema to refuse.
 */
export function settleChoices(
  tree: Tree,
  rank: (at: Origin) => number,
  shape: Shape = scenarioShape(),
): Tree {
  if (tree.kind !== "group") return tree;
  const node = followed(shape), option = chosen(node, tree);
  const choice = node.oneOf && tree.entries.get(discriminator(node)!);
  const stale = (key: string, said: Tree) =>
    choice !== undefined && option !== undefined && !Object.hasOwn(option.properties!, key) &&
    node.oneOf!.some(({ properties }) => Object.hasOwn(properties!, key)) &&
    rank(said.at) < rank(choice.at);
  const entries: [string, Tree][] = [];
  for (const [key, value] of tree.entries) {
    if (stale(key, value)) continue;
    const below = stepDown(node, key, tree);
    entries.push([key, below ? settleChoices(value, rank, below) : value]);
  }
  return group(entries, tree.at);
}
