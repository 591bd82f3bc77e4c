// Runs a client's checks one after the other and tells the bench of each on standard output; README.md has the lines.

import { once } from 'node:events';

export const model = process.env.TELOS_MODEL;

/** The address of an OpenAI-style client ends in /v1; that of an Anthropic-style one does not. */
export const base = process.env.TELOS_URL;

/** The address of a daemon that asks for keys, and a key of it that may start one request in a minute. */
export const guarded = process.env.TELOS_GUARDED_URL;
export const key = process.env.TELOS_KEY;

export async function check(name, work) {
  console.log(`begin ${name}`);
  try {
    await work();
    console.log(`ok ${name}`);
  } catch (error) {
    console.log(`failed ${name} ${`${error?.constructor?.name}: ${error?.message}`.replace(/\s+/g, ' ')}`);
  }
}

/** Ends what the client says and stays, so that no connection is closed by the process's end alone. */
export async function end() {
  console.log('end');
  process.stdin.resume();
  await once(process.stdin, 'end');
  process.exit(0);
}

export function expect(claim, seen) {
  if (!claim) {
    throw new Error(`unexpected: ${JSON.stringify(seen)}`);
  }
}

export async function expectError(type, status, work) {
  let thrown;
  try {
    await work();
  } catch (error) {
    thrown = error;
  }
  if (!thrown) {
    throw new Error(`no error, ${type.name} was due`);
  }
  if (!(thrown instanceof type) || thrown.status !== status) {
    throw new Error(`${thrown.constructor.name} with status ${thrown.status}, ${type.name} was due: ${thrown.message}`);
  }
  expect(thrown.message.length > 10, thrown.message);
  return thrown;
}
