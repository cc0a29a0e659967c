// A process that sweeps and can be killed: FILE and its options as JSON; prints the result's hash and reused rows.

import { sweep } from "#/sim/experiments/sweep.ts";

const [file, options] = Deno.args;
const { hash, reused, rows } = await sweep(file, JSON.parse(options));
console.log(JSON.stringify({ hash, reused, rows }));
