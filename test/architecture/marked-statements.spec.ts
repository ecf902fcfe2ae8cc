import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const docs = resolve(import.meta.dirname, '../../docs');
/** A mark has the name of a test, whose path is at the end of the document. */
const MARK = /\[✓\]\[([^\]]*)\]/g;
const PATH = /^\[([^\]]*)\]: (.*)$/gm;
const ENDS_MARKED = /(?:\[✓\]\[[^\]]*\]|○)$/;
const BEGINS_MARKED = /^(?:\[✓\]\[[^\]]*\]|○)/;

interface Block {
  readonly kind: 'code' | 'table' | 'text';
  readonly line: number;
  text: string;
}

/** Paragraphs, list items, tables and fenced blocks, in their order; headings are no statements. */
function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  for (const [index, line] of markdown.replaceAll(PATH, '').split('\n').entries()) {
    const fence = line.startsWith('```');
    if (open?.kind === 'code') {
      open.text += `\n${line}`;
      if (fence) open = undefined;
      continue;
    }
    if (line.trim() === '' || line.startsWith('#')) {
      open = undefined;
      continue;
    }
    const kind = fence ? 'code' : line.startsWith('|') ? 'table' : 'text';
    if (open?.kind === kind && !fence && !/^\s*(?:-|\d+\.) /.test(line)) open.text += `\n${line}`;
    else blocks.push((open = { kind, line: index + 1, text: line }));
  }
  return blocks;
}

/** Blocks without a mark. A text that ends with a colon is covered by the mark of the next block. */
function unmarked(markdown: string): string[] {
  const blocks = blocksOf(markdown);
  const mute = blocks.filter(({ kind, text }, index) =>
    kind === 'text'
      ? !ENDS_MARKED.test(text) && !text.endsWith(':')
      : !BEGINS_MARKED.test(blocks[index + 1]?.text ?? ''),
  );
  return mute.map(({ line, text }) => `${line}: ${text.slice(0, 60)}`);
}

describe.each([
  ['operations.md', 20],
  ['scaling.md', 20],
  ['upgrading.md', 10],
])('docs/%s', (name, least) => {
  const markdown = readFileSync(resolve(docs, name), 'utf8');

  it('names for every statement and configuration the test that runs it, or states that none does', () => {
    expect(unmarked(markdown)).toEqual([]);
  });

  it('names tests that are there, each with its path', () => {
    const marks = new Set([...markdown.matchAll(MARK)].map(([, test]) => test));
    const paths = [...markdown.matchAll(PATH)].map(([, test, path = '']) => ({ test, path }));
    expect(new Set(paths.map(({ test }) => test))).toEqual(marks);
    expect(marks.size).toBeGreaterThan(least);
    const missing = paths.filter(
      ({ path }) => !path.endsWith('.spec.ts') || !existsSync(resolve(docs, path)),
    );
    expect(missing).toEqual([]);
  });
});

it.each([
  ['a paragraph', 'It is fast.\n'],
  ['an item behind one that is marked', '- It is fast. ○\n- It is small.\n'],
  ['a configuration', '```ini\nfast = yes\n```\n\nIt is fast. ○\n'],
  ['a configuration at the end', 'So: \n\n```ini\nfast = yes\n```\n'],
  ['a table', '| fast |\n| ---- |\n| yes  |\n'],
  ['what is said after a mark', '○ It is fast.\n'],
])('knows when %s has no mark', (_, markdown) => {
  expect(unmarked(markdown)).not.toEqual([]);
});
