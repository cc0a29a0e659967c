// Loads one scenario and prints its hash: run by a test with the least permissions.

import { scenarioHash } from "#/scenarios/hash.ts";
import { load } from "#/scenarios/load.ts";

console.log(`interop ${scenarioHash(load("interop"))}`);
