// Interbank messages on disk: a file each, numbered in their order.

import { join } from "node:path";
import type { Message } from "#/model/messages/message.ts";
import { writeMessage } from "#/model/messages/write.ts";
import { writeFile } from "./page_file.ts";

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
  for (const [k, message] of messages.entries()) {
    const name = `${String(after + k + 1).padStart(digits, "0")}_${message.kind}.xml`;
    writeFile("--iso20022", join(folder, name), writeMessage(message));
  }
  return after + messages.length;
}
