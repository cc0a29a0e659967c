import assert from "node:assert/strict";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

// .ci/run itself, in an empty folder, with programs of our own in place of npx and dpkg-query: what is tested is how it
// counts and how it ends, not what it runs.
const script = fileURLToPath(new URL("../.ci/run", import.meta.url));
const one = `<testsuites tests="1"><testsuite><testcase name="a"/></testsuite></testsuites>`;
const mixed =
  `<testsuites tests="3"><testsuite><testcase name="a"/><testcase name="b"><failure/></testcase>` +
  `<testcase name="c"><skipped/></testcase></testsuite></testsuites>`;

/** What the stand-in for `npx -y deno@2.9.6` does; the arguments after these two are $@, the last one is $report. */
const good = `case "$1 $2" in
  "task test"|"task browser") echo '${one}' > "$report" ;;
  "task conformance") echo '${mixed.replace("<failure/>", "")}' > "$report" ;;
  "run --allow-read") shift 2; exec "$DENO" run --allow-read "$COUNT" "$2" ;;
esac`;

interface Ended {
  code: number | null;
  lines: string[];
  /** Files that the stand-ins left in the folder $left. */
  left: string[];
}

/** `installed` is what the stand-in for dpkg-query says of each package, `apt` what that for apt-get does. */
function ci(npx: string, { vectors = false, installed = "installed", apt = "exit 1" } = {}): Ended {
  const folder = Deno.makeTempDirSync();
  try {
    for (const name of ["project/.ci", "bin", "vectors", "left"]) {
      mkdirSync(join(folder, name), { recursive: true });
    }
    copyFileSync(script, join(folder, "project/.ci/run"));
    const program = (name: string, text: string) => {
      writeFileSync(join(folder, "bin", name), `#!/usr/bin/env bash\n${text}\n`);
      chmodSync(join(folder, "bin", name), 0o755);
    };
    program("dpkg-query", `printf '${installed}'`);
    program("apt-get", apt);
    program("sudo", `shift; exec "$@"`);
    program("npx", `shift 2; for report; do :; done; report=\${report#--junit-path=}; ${npx}`);
    const { status, stdout } = spawnSync("bash", [join(folder, "project/.ci/run")], {
      encoding: "utf8",
      env: {
        ...process.env,
        PATH: `${join(folder, "bin")}:${process.env.PATH}`,
        DENO: Deno.execPath(),
        COUNT: fileURLToPath(new URL("count.ts", import.meta.url)),
        HUTONG_PAUSE: "0",
        left: join(folder, "left"),
        HUTONG_VECTORS: join(folder, vectors ? "vectors" : "nowhere"),
      },
    });
    const left = readdirSync(join(folder, "left")).sort();
    return { code: status, lines: stdout.trimEnd().split("\n"), left };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const options = { ignore: Deno.build.os !== "linux" }; // the gate needs apt

Deno.test("the gate adds up reports and steps, prints its minutes, and ends in the one line", options, () => {
  const { code, lines } = ci(good);
  assert.equal(lines.at(-1), "5 passed, 0 failed"); // test, browser, fmt, lint, check
  assert.match(lines.at(-2)!, /^It took \d+\.\d minutes\.$/);
  assert.equal(code, 0);
});

Deno.test(
  "known answers are compared where their folder is, and skipped ones are listed apart",
  options,
  () => {
    const { code, lines } = ci(good, { vectors: true });
    assert.equal(lines.at(-1), "7 passed, 0 failed, 1 skipped");
    assert.equal(code, 0);
  },
);

Deno.test(
  "a failing step and a failing case are counted, and the steps after them still run",
  options,
  () => {
    const npx = good.replace(
      `"task test"|`,
      `"task lint") exit 1 ;; "task test") echo '${mixed}' > "$report"; exit 1 ;; `,
    );
    const { code, lines } = ci(npx);
    assert.equal(lines.at(-1), "4 passed, 2 failed, 1 skipped"); // a, fmt, check, browser; b, lint; c
    assert.equal(code, 1);
  },
);

Deno.test("a step that fails though its report shows no failure is a failure", options, () => {
  const { code, lines } = ci(good.replace(`"$report" ;;`, `"$report"; exit 1 ;;`));
  assert.equal(lines.at(-1), "5 passed, 2 failed");
  assert.equal(code, 1);
});

Deno.test("a step that leaves no report, or half of one, is a failure", options, () => {
  const none = ci(good.replace(`"task test"|`, `"task test") ;; `));
  assert.equal(none.lines.at(-1), "4 passed, 1 failed");
  const half = ci(good.replace(`"task test"|`, `"task test") echo '${one.slice(0, 40)}' > "$report" ;; `));
  assert.equal(half.lines.at(-1), "4 passed, 2 failed"); // cut off, and the announced case is missing
  assert.equal(half.code, 1);
});

Deno.test("without a working npx everything fails, and the line is still the last", options, () => {
  const { code, lines } = ci("exit 127");
  assert.match(lines.at(-1)!, /^0 passed, [1-9]\d* failed$/);
  assert.equal(code, 1);
});

Deno.test("a run that is stopped in the middle is a failure, and still ends in the line", options, () => {
  // The stand-in ends the script that called it: its parent is `timeout`, whose parent is the script.
  const stop = `kill -TERM "$(cut -d " " -f 4 "/proc/$PPID/stat")"`;
  const { code, lines } = ci(good.replace(`"task test"|`, `"task lint") ${stop} ;; "task test"|`));
  assert.match(lines.at(-3)!, /^The run ended early \(exit code 143\)/);
  assert.equal(lines.at(-1), "2 passed, 1 failed"); // test and fmt, then the stop
  assert.notEqual(code, 0);
});

Deno.test(
  "a step that lasts is ended with the run that is stopped, and the line is said at once",
  options,
  () => {
    const stop = `kill -TERM "$(cut -d " " -f 4 "/proc/$PPID/stat")"; sleep 60; touch "$left/slept"`;
    const { code, lines, left } = ci(good.replace(`"task test"|`, `"task lint") ${stop} ;; "task test"|`));
    assert.deepEqual(left, []);
    assert.equal(lines.at(-1), "2 passed, 1 failed");
    assert.notEqual(code, 0);
  },
);

// Fails the first two times it is asked.
const atLast = (name: string) =>
  `echo "$@" >> "$left/${name}"; [ "$(wc -l < "$left/${name}")" -gt 2 ] || exit 1`;

Deno.test("a download that fails twice is tried a third time, and is no case of its own", options, () => {
  const fetched = ci(
    good.replace("in\n", `in\n  "--version ") ${atLast("deno")} ;;\n  install*) ${atLast("all")} ;;\n`),
  );
  assert.equal(fetched.lines.at(-1), "5 passed, 0 failed");
  assert.deepEqual(fetched.left, ["all", "deno"]);
  const installed = ci(good, { installed: "", apt: atLast("apt") });
  assert.equal(installed.lines.at(-1), "5 passed, 0 failed");
  assert.deepEqual(installed.left, ["apt"]);
});

Deno.test("packages that cannot be installed are one failure, and all steps are tried", options, () => {
  const { code, lines } = ci(good, { installed: "" });
  assert.equal(lines.at(-1), "5 passed, 1 failed");
  assert.equal(code, 1);
});

Deno.test(
  "the gate's script names no step of `deno task ok` twice and ends only in finish()",
  options,
  () => {
    const text = readFileSync(script, "utf8");
    for (const name of ["test", "fmt", "lint", "check", "conformance", "browser"]) {
      assert.equal(text.match(new RegExp(`task ${name}\\b(?! ok)`, "g"))?.length, 1, name);
    }
    assert.ok(!/^set -[a-z]*e/m.test(text));
  },
);
