import { expect, it } from 'vitest';
import { rowParts } from './row-parts.js';

async function* chunksOf(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

async function parts(size: number, ...texts: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for await (const part of rowParts(chunksOf(...texts), size)) {
    let text = '';
    for await (const bytes of part) text += Buffer.from(bytes).toString();
    found.push(text);
  }
  return found;
}

it.each([
  ['nothing', 4, [], []],
  ['less than a part', 40, ['a\nb\n'], ['a\nb\n']],
  ['a part that ends with its chunk', 4, ['a\nb\n', 'c\n'], ['a\nb\n', 'c\n']],
  ['a row that goes on in the next chunk', 4, ['a\nb\nc', 'c\nd\n'], ['a\nb\n', 'cc\nd\n']],
  [
    'a row longer than a part, over several chunks',
    2,
    ['long', ' row', ' at last\nb\n', 'c\n'],
    ['long row at last\nb\n', 'c\n'],
  ],
  ['chunks without bytes', 2, ['', 'a\n', '', 'b\n'], ['a\n', 'b\n']],
])('%s', async (_, size, texts, expected) => {
  expect(await parts(size, ...texts)).toEqual(expected);
});

it('reads no further than what it hands on', async () => {
  let asked = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for (const text of ['a\n', 'b\n', 'c\n', 'd\n']) {
      asked += 1;
      yield Buffer.from(text);
    }
  }
  for await (const part of rowParts(counted(), 2)) {
    for await (const _ of part);
    break;
  }
  expect(asked).toBeLessThan(3);
});
