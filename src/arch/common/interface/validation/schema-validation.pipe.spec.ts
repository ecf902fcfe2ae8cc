import { expect, it } from 'vitest';
import { z } from 'zod';
import { schemaValidationPipe } from './schema-validation.pipe.js';

const schema = z.strictObject({ name: z.string() });
const check = (value: unknown) => schemaValidationPipe.transform(value, { type: 'body', schema });

it('does not take bytes for an object whose fields are checked', async () => {
  const details = [{ path: '', message: 'must be an object' }];
  await expect(check(Buffer.alloc(65_536))).rejects.toMatchObject({ details });
});

it('reports the first twenty of thousands of faults', async () => {
  const unknown = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`field ${index}`, 1]));
  const details = Array.from({ length: 20 }, (_, index) => ({
    path: `field ${index}`,
    message: 'is not known here',
  }));
  await expect(check({ name: 'Ada', ...unknown })).rejects.toMatchObject({ details });
});
