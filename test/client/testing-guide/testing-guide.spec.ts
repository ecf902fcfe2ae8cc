import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createTestServer } from '@causerie/client/testing';
import { expect, it } from 'vitest';

const read = (file: string): string => readFileSync(resolve(import.meta.dirname, file), 'utf8');
const page = read('../../../docs/client/testing.md');

it.each(['chat-view.ts', 'chat-view.spec.ts'])('the page shows %s as it is run', (file) => {
  const program = `\`\`\`ts\n${read(file)}\`\`\`\n`;
  expect(page).toContain(program.replace("'./chat-view.js'", "'./chat-view'"));
});

it('the page names every fault', () => {
  const faults = Object.keys(createTestServer().faults);
  expect(faults.filter((name) => !page.includes(`| \`${name}`))).toEqual([]);
});
