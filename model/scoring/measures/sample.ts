// What every measure is taken on: a risk and an outcome a row, checked once, and their order.

/** How many rows of each class a sample has. */
export interface ClassCounts {
  goods: number;
  bads: number;
}

/**
 * Checks risks and outcomes, and counts the classes.
 *
 * Shapes: `risks` finite numbers, higher being worse (a probability, or points with their sign turned); `isBad` 0 or 1.
 * Errors: `RangeError` for different lengths, a risk that is not finite, an outcome that is neither 0 nor 1, or fewer than
 * `least` rows of a class, each with its row and what is allowed.
 */
export function checkSample(
  risks: ArrayLike<number>,
  isBad: ArrayLike<number>,
  { measure, least = 1 }: { measure: string; least?: number },
): ClassCounts {
  if (risks.length !== isBad.length) {
    throw new RangeError(
      `Cannot take ${measure} of ${risks.length} risks and ${isBad.length} outcomes: allowed are as many of each`,
    );
  }
  let bads = 0;
  for (let i = 0; i < risks.length; i++) {
    if (!Number.isFinite(risks[i])) {
      throw new RangeError(
        `Cannot take ${measure}: the risk in row ${i} is ${risks[i]}; allowed are finite numbers`,
      );
    }
    if (isBad[i] !== 0 && isBad[i] !== 1) {
      throw new RangeError(
        `Cannot take ${measure}: the outcome in row ${i} is ${isBad[i]}; allowed are 0 and 1`,
      );
    }
    bads += isBad[i];
  }
  const goods = risks.length - bads;
  if (goods < least || bads < least) {
    throw new RangeError(
      `Cannot take ${measure} of ${goods} goods and ${bads} bads: at least ${least} of each class ` +
        `${least === 1 ? "is" : "are"} needed`,
    );
  }
  return { goods, bads };
}

/** Row numbers in ascending order of value, ties in order of row. */
export function ascending(values: ArrayLike<number>): Uint32Array {
  return Uint32Array.from({ length: values.length }, (_, i) => i)
    .sort((a, b) => values[a] - values[b] || a - b);
}

/** Rows of one risk: how many of each class, and the risk. */
export interface TiedRisk extends ClassCounts {
  risk: number;
}

/** The sample as groups of equal risk, from the lowest risk to the highest. */
export function tiedRisks(risks: ArrayLike<number>, isBad: ArrayLike<number>): TiedRisk[] {
  const groups: TiedRisk[] = [];
  for (const row of ascending(risks)) {
    let last = groups[groups.length - 1];
    if (!last || last.risk !== risks[row]) groups.push(last = { risk: risks[row], goods: 0, bads: 0 });
    if (isBad[row] === 1) last.bads++;
    else last.goods++;
  }
  return groups;
}
