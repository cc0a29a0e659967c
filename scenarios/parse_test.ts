// What YAML would let through and scenarios do not: each refusal with its line and path.

import assert from "node:assert/strict";
import { parse } from "#/scenarios/parse.ts";
import { leaves, placeOf, plain } from "#/scenarios/tree.ts";
import { refusal } from "#/scenarios/testing/fixture.ts";

const message = (text: string) => refusal("", () => parse(text, "my.yaml"));

Deno.test("a file becomes plain data, each value with its line", () => {
  const tree = parse(
    "# A comment.\ntitle: Quiet\nworld:\n  days: 30\nlist: [1, -2]\nflag: true\n",
    "my.yaml",
  );
  assert.deepEqual(plain(tree), { title: "Quiet", world: { days: 30 }, list: [1, -2], flag: true });
  assert.deepEqual([...leaves(tree)].map(([path, { at }]) => `${path.join(".")} ${placeOf(at)}`), [
    "title my.yaml:2",
    "world.days my.yaml:4",
    "list.0 my.yaml:5",
    "list.1 my.yaml:5",
    "flag my.yaml:6",
  ]);
});

Deno.test("words that YAML 1.1 would change stay words", () => {
  const text = "a: no\nb: 2019-07-01\nc: 12:30\nd: '017'\ne: \"1_000\"\n";
  assert.deepEqual(plain(parse(text, "my.yaml")), {
    a: "no",
    b: "2019-07-01",
    c: "12:30",
    d: "017",
    e: "1_000",
  });
});

const refused: [what: string, text: string, message: string][] = [
  ["a leading zero", "a:\n  b: 017", "my.yaml:2: a.b: found 017, a number with a leading zero; write 17"],
  ["an octal number", "a: 0o17", "my.yaml:1: a: found 0o17, an octal number; write decimal digits"],
  ["a hexadecimal number", "a: 0x1F", "my.yaml:1: a: found 0x1F, a hexadecimal number; write decimal digits"],
  ["underscores", "a: 1_000", "my.yaml:1: a: found 1_000, a number with underscores; write 1000"],
  ["commas", "a: 1,000", "my.yaml:1: a: found 1,000, a number with commas; write 1000"],
  [
    "infinity",
    "x: 1\na: -.inf",
    "my.yaml:2: a: found -.inf, which is no finite number; write decimal digits",
  ],
  [
    "not a number",
    "a: [1, .nan]",
    "my.yaml:1: a.1: found .nan, which is no finite number; write decimal digits",
  ],
  ["minus zero", "a: -0", "my.yaml:1: a: found -0, a minus zero; write 0"],
  ["a plus sign", "a: +5", "my.yaml:1: a: found +5; write it without the plus sign"],
  [
    "a number beyond 2^53",
    "a: 9007199254740993",
    "my.yaml:1: a: found 9007199254740993, a number beyond 2^53, which would lose digits; " +
    "allowed are -9007199254740991 to 9007199254740991",
  ],
  [
    "an anchor",
    "a: &one 1",
    "my.yaml:1: a: found anchor &one; anchors are not allowed, write each value where it stands",
  ],
  [
    "an alias",
    "a: 1\nb: *one",
    "my.yaml:2: b: found alias *one; aliases are not allowed, write the value",
  ],
  [
    "a merge key",
    "a:\n  <<: {b: 1}",
    "my.yaml:2: a.<<: merge keys are not allowed, write each key where it stands",
  ],
  [
    "an unknown tag",
    "a: !!js/function x",
    "my.yaml:1: a: found tag tag:yaml.org,2002:js/function; tags are not allowed",
  ],
  ["a known tag", "a: !!str 5", "my.yaml:1: a: found tag tag:yaml.org,2002:str; tags are not allowed"],
  ["a tag on a group", "a: !set {b: 1}", "my.yaml:1: a: found tag !set; tags are not allowed"],
  [
    "a duplicate key",
    "a: 1\nb:\n  c: 1\n  c: 2",
    "my.yaml:4: b.c: duplicate key, first said in line 3; allowed is once",
  ],
  ["two documents", "a: 1\n---\na: 2", "my.yaml:2: found a second document; one is allowed in a file"],
  ["a directive", "# 1.1\n%YAML 1.1\n---\na: yes", "my.yaml:2: found a % directive; none is allowed"],
  ["an empty file", "", 'my.yaml:1: found nothing; allowed is a group of keys such as "title: …"'],
  ["only comments", "# a\n", 'my.yaml:1: found nothing; allowed is a group of keys such as "title: …"'],
  ["a list at the top", "- a", 'my.yaml:1: found a list; allowed is a group of keys such as "title: …"'],
  [
    "a word at the top",
    "a",
    'my.yaml:1: found a single value; allowed is a group of keys such as "title: …"',
  ],
  ["a number as a key", "a:\n  1: b", "my.yaml:2: a: found 1 as a key; allowed are the names of the schema"],
  [
    "a list as a key",
    "? [a]\n: b",
    "my.yaml:1: found a group or list as a key; allowed are the names of the schema",
  ],
  [
    "the key that reaches into objects",
    "__proto__: {a: 1}",
    "my.yaml:1: found __proto__ as a key; allowed are the names of the schema",
  ],
  ["a tab", "a:\n\tb: 1", "my.yaml:2: found a tab as indentation; use spaces"],
  ["broken YAML", "a: b: c", "my.yaml:1: not YAML: Nested mappings are not allowed in compact mappings"],
  [
    "a control character",
    "a: 1\nb: \u0007",
    "my.yaml:2: found control character U+0007; allowed is printable text",
  ],
  [
    "deep nesting",
    `a: ${"[".repeat(30)}${"]".repeat(30)}`,
    "my.yaml:1: a.0.0.0: nested more than 24 levels deep; allowed are 24",
  ],
  [
    "bottomless nesting",
    `a: ${"{a: ".repeat(20_000)}`,
    "my.yaml:1: nested too deeply to be read; allowed are 24 levels",
  ],
];
for (const [what, text, expected] of refused) {
  Deno.test(`parse() refuses ${what}`, () => {
    const found = message(text);
    assert.equal(found.replace(/ \(and \d+ more\)$/, ""), expected);
  });
}

Deno.test("parse() counts the further faults of a file", () => {
  assert.equal(
    message("a: 017\nb: 018\nc: -0\n"),
    "my.yaml:1: a: found 017, a number with a leading zero; write 17 (and 2 more)",
  );
});

Deno.test("a file with Windows line ends and a byte-order mark counts its lines alike", () => {
  assert.match(message("\ufeffa: 1\r\nb: 017\r\n"), /^my\.yaml:2: b: /);
});
