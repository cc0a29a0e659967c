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
  // Each class is sorted as plain numbers, which is several times faster than sorting rows; then both are merged.
  const bads = new Float64Array(risks.length), goods = new Float64Array(risks.length);
  let b = 0, g = 0;
  for (let i = 0; i < risks.length; i++) {
    if (isBad[i] === 1) bads[b++] = risks[i];
    else goods[g++] = risks[i];
  }
  const ofBads = bads.subarray(0, b).sort(), ofGoods = goods.subarray(0, g).sort();
  const groups: TiedRisk[] = [];
  for (let i = 0, j = 0; i < b || j < g;) {
    const risk = Math.min(i < b ? ofBads[i] : Infinity, j < g ? ofGoods[j] : Infinity);
    const fromBad = i, fromGood = j;
    while (i < b && ofBads[i] === risk) i++;
    while (j < g && ofGoods[j] === risk) j++;
    groups.push({ risk, bads: i - fromBad, goods: j - fromGood });
  }
  return groups;
}
