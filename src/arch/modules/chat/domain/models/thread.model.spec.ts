import { randomUUIDv7 } from 'node:crypto';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { isThreadId, toThreadId } from './thread.model.js';

it('the id of a thread is a UUID of version 8, as late as the one that it is made of', () => {
  const made = randomUUIDv7();
  const id = toThreadId(made);
  expect(z.uuid({ version: 'v8' }).parse(id)).toBe(id);
  expect(id.slice(0, 14)).toBe(made.slice(0, 14));
  expect(id.slice(15)).toBe(made.slice(15));
});

it("an id tells whether it is a thread's", () => {
  expect(isThreadId(toThreadId(randomUUIDv7()))).toBe(true);
  expect(isThreadId(randomUUIDv7())).toBe(false);
  expect(isThreadId(crypto.randomUUID())).toBe(false);
});
