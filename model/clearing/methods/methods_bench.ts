// How long 10,000 queued payments among 20 participants take under each method.

import { ClearingDesk, type PaymentColumns } from "../work.ts";
import { queueMethods, usualTerms } from "./registry.ts";

const count = 10_000, participants = 20;
let state = 12345;
const next = (below: number) => {
  state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
  return Math.floor(state / 4_294_967_296 * below);
};
const queue: PaymentColumns = {
  count,
  participants,
  payer: new Int32Array(count),
  payee: new Int32Array(count),
  amountFen: new Float64Array(count),
  priority: new Int32Array(count),
  deadlineMinute: new Int32Array(count),
};
for (let p = 0; p < count; p++) {
  queue.payer[p] = next(participants);
  queue.payee[p] = (queue.payer[p] + 1 + next(participants - 1)) % participants;
  queue.amountFen[p] = 1 + next(1_000) * next(1_000);
  queue.priority![p] = next(10);
  queue.deadlineMinute![p] = next(1_440);
}
const creditFen = new Float64Array(participants);

for (const [money, balance] of [["scarce", 3e6], ["medium", 1e7]] as const) {
  const desk = new ClearingDesk(), balanceFen = new Float64Array(participants);
  for (const [name, { release, ...method }] of Object.entries(queueMethods)) {
    const order = "order" in method ? method.order : "entry";
    Deno.bench(
      `${name}, ${money} money`,
      { group: `10,000 payments, 20 participants, ${money} money` },
      () => {
        balanceFen.fill(balance);
        release(desk.begin(queue, { balanceFen, creditFen, order }), usualTerms);
      },
    );
  }
}
