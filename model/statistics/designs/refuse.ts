// Refusals that designs and analyses share.

/** Throws unless a whole number lies within bounds: the name, the value and what is allowed. */
export function wholeWithin(value: number, [low, high]: readonly [number, number], what: string): void {
  if (!Number.isInteger(value) || value < low || value > high) {
    const allowed = `whole numbers from ${low} to ${high}`;
    throw new RangeError(`Cannot use ${value} as ${what}: allowed are ${allowed}`);
  }
}

/** Throws when any number is not finite; says which. */
export function allFinite(values: ArrayLike<number>, what: string): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new RangeError(`${what}: entry ${i} is ${values[i]}; allowed are finite numbers`);
    }
  }
}
