// Interbank messages on disk: a file each, numbered in their order.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Message } from "#/model/messages/message.ts";
import { writeMessage } from "#/model/messages/write.ts";
import { refuse } from "#/scenarios/complain.ts";

/**
 * Writes each message into a file of its own, numbered after those that are there, and says the last number.
 *
 * Errors: `ScenarioError` for a folder that cannot be written into.
 */
export function writeMessages(
  messages: readonly Message[],
  folder: string,
  { after = 0, digits = 3 }: { after?: number; digits?: number } = {},
): number {
  try {
    for (const [k, message] of messages.entries()) {
      const name = `${String(after + k + 1).padStart(digits, "0")}_${message.kind}.xml`;
      writeFileSync(join(folder, name), writeMessage(message));
    }
  } catch (error) {
    refuse("--iso20022", "", `cannot write into "${folder}": ${(error as Error).message}`);
  }
  return after + messages.length;
}
