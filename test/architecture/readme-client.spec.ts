import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const read = (file: string) => readFileSync(resolve(import.meta.dirname, '../..', file), 'utf8');
const withoutIndents = (text: string) => text.replaceAll(/^ +/gm, '');

it('the client that README shows is a part of the example that tests run', () => {
  const [, shown = ''] = /^```js\n([^]*?)\n```$/m.exec(read('README.md')) ?? [];
  expect(shown).toContain('authenticate');
  expect(withoutIndents(read('examples/live.mjs'))).toContain(withoutIndents(shown));
});

it.each(['README.md', 'docs/realtime.md', 'examples/live.mjs'])('%s gives nobody a fixed token', (file) => {
  expect(read(file).replaceAll('With `auth: { token }` a client is refused', '')).not.toMatch(
    /auth: \{ ?token/,
  );
});
