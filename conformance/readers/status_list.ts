// pay/bitstring_status_list.json: encoded lists, the order of their bits, and what must be refused.

import assert from "node:assert/strict";
import { StatusList } from "#/model/identity/status_list.ts";
import { type CaseResult, examine, unread } from "../case.ts";

interface File {
  cases: { name: string; length: number; set: number[]; encodedList: string }[];
  w3c_spec_encodedLists: string[];
  negative: {
    input?: string;
    length?: number;
    getStatus?: number;
    setStatus?: [number, unknown];
    expect: string;
  }[];
}

/** Reads lists by their decoded bits (GZIP bytes may vary), the lists of the standard, and the refusals. */
export function statusListCases(text: string): CaseResult[] {
  const file = JSON.parse(text) as File;
  const others = Object.keys(file).filter((part) =>
    !["source", "note", "split", "cases", "w3c_spec_encodedLists", "negative"].includes(part)
  );
  return [
    ...file.cases.map(({ name, length, set, encodedList }) =>
      examine(name, () => {
        const own = new StatusList(length);
        for (const index of set) own.set(index, true);
        for (const list of [encodedList, own.encode()]) {
          const decoded = StatusList.decode(list, { length });
          assert.ok(decoded.bytes.every((byte, i) => byte === own.bytes[i]), "a bit differs");
          for (const index of set) assert.equal(decoded.at(index), true);
        }
      })
    ),
    ...file.w3c_spec_encodedLists.map((list, i) =>
      examine(`list ${i} of the standard`, () => {
        const { length, bytes } = StatusList.decode(list);
        assert.ok(length > 0 && bytes.every((byte) => byte === 0), "it is a list of zeros");
      })
    ),
    ...file.negative.map(negativeCase),
    ...others.map((part) => unread(part, `part "${part}"`)),
  ];
}

/** An expectation says "error", the name of an error, or a whole message. */
function negativeCase(one: File["negative"][number]): CaseResult {
  const { input, length = 8, getStatus, setStatus, expect } = one, list = new StatusList(length);
  const name = JSON.stringify(one);
  const wrong = input !== undefined
    ? () => void StatusList.decode(input === "list without leading u" ? list.encode().slice(1) : input)
    : getStatus !== undefined
    ? () => void list.at(getStatus)
    : setStatus !== undefined
    ? () => list.set(setStatus[0], setStatus[1] as boolean)
    : undefined;
  if (!wrong) return unread(name, "this refusal");
  return examine(name, () => {
    let said: unknown;
    try {
      wrong();
    } catch (error) {
      said = error;
    }
    assert.ok(said instanceof Error, "nothing is refused");
    if (/^\w*Error$/.test(expect)) assert.equal(said.name, expect);
    // What the message must name: the words in quotation marks.
    const needed = expect.match(/"[^"]*"/g) ?? [];
    for (const words of needed.map((one) => one.slice(1, -1))) {
      assert.ok(said.message.includes(words), said.message);
    }
  });
}
