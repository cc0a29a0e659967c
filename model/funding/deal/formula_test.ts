import assert from "node:assert/strict";
import fc from "fast-check";
import { epochDay } from "#/model/units/calendar.ts";
import { type Kind, readFormula } from "./formula.ts";

const kinds: Record<string, Kind> = { x: "number", y: "number", isOn: "truth", since: "date" };
type State = Record<string, number>;
const readables = {
  find: (name: string) => {
    if (!kinds[name]) throw new SyntaxError(`there is no ${name}`);
    return { kind: kinds[name], read: (state: State) => state[name] };
  },
  date: (state: State) => state.date,
};
const read = (text: string) => readFormula<State>(text, readables);
const state = { x: 3, y: -2, isOn: 1, since: epochDay("2025-01-01"), date: epochDay("2025-06-30") };

Deno.test("a formula binds products before sums, comparisons before not, not before and, and before or", () => {
  const expected: [string, number][] = [
    ["1 + 2 * x", 7],
    ["(1 + 2) * x - -1", 10],
    ["2 - 3 - 4", -5],
    ["12 / 3 / 2", 2],
    ["--x", 3],
    ["not x < 2", 1],
    ["not not isOn", 1],
    ["x > 2 or 1 / 0 > 1", 1],
    ["false and false or true", 1],
    ["x < 2 and 1 / 0 > 1", 0],
    ["min(x, y, 1)", -2],
    ["max(x, abs(y) * 2)", 4],
    ["if(isOn, x, 1 / 0)", 3],
    ["date > since", 1],
    ["date >= 2025-06-30 and date <= 2025-06-30", 1],
    ["since != 2025-01-01", 0],
    ["steps(2025-01-01, 1, 2025-06-30, x, 2025-07-01, 9)", 3],
    ["1.5e2", 150],
  ];
  for (const [text, value] of expected) assert.equal(read(text).read(state), value, text);
});

Deno.test("a sum of random numbers is what a plain program makes of it", () => {
  const number = fc.integer({ min: 0, max: 999 });
  const tree: fc.Arbitrary<[string, number]> = fc.letrec<{ node: [string, number] }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 5 },
      number.map((n): [string, number] => [String(n), n]),
      fc.tuple(tie("node"), fc.constantFrom("+", "-", "*"), tie("node")).map((
        [a, sign, b],
      ): [string, number] => [
        `(${a[0]} ${sign} ${b[0]})`,
        sign === "+" ? a[1] + b[1] : sign === "-" ? a[1] - b[1] : a[1] * b[1],
      ]),
    ),
  })).node;
  fc.assert(fc.property(tree, ([text, value]) => text.length > 900 || read(text).read(state) === value), {
    seed: 61,
    numRuns: 300,
  });
});

Deno.test("a formula that cannot be read names itself, the fault and the place", () => {
  const refused: [string, RegExp][] = [
    ["1 +", /formula "1 \+": a number, a date or a name is needed before the end at character 4/],
    ["1 + isOn", /\+ needs numbers and found a truth at character 2/],
    ["x and isOn", /and needs truths and found a number/],
    ["isOn < isOn", /< cannot compare a truth with a truth/],
    ["date = 3", /= cannot compare a date with a number/],
    ["1 < 2 < 3", /< was not expected at character 6/],
    ["(1", /\) is needed before the end/],
    ["1 2", /2 was not expected/],
    ["x ** 2", /is needed before \*/],
    ["pow(x, 2)", /pow\(…\) is none of abs, if, max, min, steps/],
    ["abs(1, 2)", /abs takes one number, not 2/],
    ["if(1, 2, 3)", /if needs truths and found a number/],
    ["if(isOn, 2, date)", /if needs numbers and found a date/],
    ["steps(1, 2)", /steps needs dates and found a number/],
    ["steps(2025-01-01, 2, date)", /in pairs/],
    ["z", /there is no z/],
    ["x; y", /"; y" cannot be read at character 2/],
    ["globalThis.process", /there is no globalThis.process/],
    ["2025-02-30 > date", /there is no such day/],
    ["", /is needed before the end/],
    ["(".repeat(200), /more than 60 levels/],
    ["1".repeat(20_001), /20001 characters: allowed are 20000/],
  ];
  for (const [text, message] of refused) {
    assert.throws(
      () => read(text),
      (error: Error) => error instanceof SyntaxError && message.test(error.message),
      text,
    );
  }
});

Deno.test("what has no value on a day stops: division by zero, a step that has not begun", () => {
  assert.throws(() => read("x / (x - 3)").read(state), /division by zero/);
  assert.throws(() => read("steps(2025-07-01, 1)").read(state), /has no value yet/);
});

Deno.test("a formula tells what it reads, each name once", () => {
  assert.deepEqual(read("x + y * x + max(y, 1)").reads, ["x", "y"]);
});
