import { randomUUIDv7 } from 'node:crypto';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { isThreadId, newThreadId } from './thread.model.js';

it('a new thread has a UUID of version 8, later than those before it', () => {
  const before = randomUUIDv7();
  const id = newThreadId();
  expect(z.uuid({ version: 'v8' }).parse(id)).toBe(id);
  expect(id.slice(0, 13) >= before.slice(0, 13)).toBe(true);
  expect(newThreadId()).not.toBe(id);
});

it("an id tells whether it is a thread's", () => {
  expect(isThreadId(newThreadId())).toBe(true);
  expect(isThreadId(randomUUIDv7())).toBe(false);
  expect(isThreadId(crypto.randomUUID())).toBe(false);
});
