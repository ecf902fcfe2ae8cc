import { resolve } from 'node:path';
import { expect, it } from 'vitest';

/** Not a literal: the example is checked with its own settings. */
const FILE = resolve(import.meta.dirname, '../../../examples/ssr.tsx');

it('the example of rendering on a server is rendered', async () => {
  const example = (await import(FILE)) as { renderPage(url: string): string };
  expect(example.renderPage('https://chat.example')).toBe('<main>Loading …</main>');
});
