// pay/jcs_rfc8785.json: canonical JSON, compared byte by byte.

import assert from "node:assert/strict";
import { canonicalJson } from "#/model/units/canonical.ts";
import { type CaseResult, examine } from "../case.ts";

interface File {
  cases: { name: string; input: string; output: string; output_utf8_hex?: string }[];
}

/** Reads the cases of RFC 8785. */
export function canonicalJsonCases(text: string): CaseResult[] {
  return (JSON.parse(text) as File).cases.map(({ name, input, output, output_utf8_hex }) =>
    examine(name, () => {
      const own = canonicalJson(JSON.parse(input));
      if (output_utf8_hex !== undefined) assert.equal(new TextEncoder().encode(own).toHex(), output_utf8_hex);
      else assert.equal(own, output);
    })
  );
}
