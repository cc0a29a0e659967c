import assert from "node:assert/strict";
import { countFiles, countJunit } from "./count.ts";

const good = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="deno test" tests="3" failures="0" errors="0" time="0.080">
    <testsuite name="./a_test.ts" tests="2" disabled="1" errors="0" failures="0">
        <testcase name="good &amp; &lt;b&gt;" classname="./a_test.ts" time="0.001" line="1" col="6">
        </testcase>
        <testcase name="left out" classname="./a_test.ts" time="0.000" line="3" col="6">
            <skipped/>
        </testcase>
    </testsuite>
    <testsuite name="./a.ts#2-5.ts" tests="1" disabled="0" errors="0" failures="0">
        <testcase name="doc" classname="./a.ts#2-5.ts" time="0.000" line="2" col="6">
        </testcase>
    </testsuite>
</testsuites>
`;

const failing = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="deno test" tests="4" failures="2" errors="1">
  <testsuite name="./b_test.ts" tests="4" errors="1" failures="2">
    <testcase name="bad"><failure message="x &lt; y">Error: x</failure></testcase>
    <testcase name="steps"><failure message="1 test step failed"/></testcase>
    <testcase name="cancelled"><error message="Cancelled"/></testcase>
    <testcase name="prints"><system-out><![CDATA[</testcase><testcase><failure/>]]></system-out></testcase>
  </testsuite>
</testsuites>`;

const counted = (text: string) => {
  const { passed, failed, skipped } = countJunit(text);
  return [passed, failed, skipped];
};

Deno.test("a good report is counted case by case, skipped ones apart, without complaint", () => {
  assert.deepEqual(countJunit(good), { passed: 2, failed: 0, skipped: 1, complaints: [] });
});

Deno.test("failures and errors are failures, and what a test printed is no case", () => {
  assert.deepEqual(countJunit(failing), { passed: 1, failed: 3, skipped: 0, complaints: [] });
});

Deno.test("a case closed at once, a sign > inside a name and a lone suite are read", () => {
  assert.deepEqual(counted(`<testsuite tests="2"><testcase name="a > b"/><testcase/></testsuite>`), [
    2,
    0,
    0,
  ]);
  assert.deepEqual(
    counted(`<testsuites><testsuite tests="1"><testcase name="a"/></testsuite></testsuites>`),
    [1, 0, 0],
  );
});

Deno.test("an empty report and one without cases fail: nothing ran", () => {
  for (
    const text of ["", " \n", `<?xml version="1.0"?>\n<testsuites tests="0"></testsuites>`, `<testsuites/>`]
  ) {
    assert.deepEqual(counted(text), [0, 1, 0], text);
  }
});

Deno.test("a report cut off anywhere fails, and what it announced but does not hold fails too", () => {
  for (const share of [0.2, 0.5, 0.7, 0.9, 0.98]) {
    const text = good.slice(0, Math.floor(good.length * share));
    const { failed, complaints } = countJunit(text);
    assert.ok(failed > 0 && complaints.length > 0, `cut at ${share}`);
  }
  assert.deepEqual(counted(good.slice(0, good.indexOf('    <testsuite name="./a.ts'))), [1, 2, 1]);
  assert.deepEqual(counted(good.replace(`tests="3"`, `tests="5"`)), [2, 2, 1]);
});

Deno.test("text that is no report fails", () => {
  for (const text of ["error: Module not found", "{}", "<html></html>"]) {
    assert.deepEqual(counted(text), [0, 1, 0], text);
  }
});

Deno.test("files are summed, and a file that is missing is one failure with its name", () => {
  const files: Record<string, string> = { "a.xml": good, "b.xml": failing };
  const read = (path: string) => {
    if (!(path in files)) throw new Error("no such file");
    return files[path];
  };
  const { passed, failed, skipped, complaints } = countFiles(["a.xml", "b.xml", "c.xml"], read);
  assert.deepEqual([passed, failed, skipped], [3, 4, 1]);
  assert.deepEqual(complaints, ["c.xml: cannot be read: no such file"]);
});
