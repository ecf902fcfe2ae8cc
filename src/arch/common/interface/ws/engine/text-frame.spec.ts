import { expect, test } from 'vitest';
import * as ws from 'ws';
import { textFrame } from './text-frame.js';

const { Sender } = ws as unknown as { Sender: { frame(data: Buffer, options: object): Buffer[] } };
const TEXT = { fin: true, rsv1: false, opcode: 1, mask: false, readOnly: true };

test.each([0, 1, 125, 126, 127, 65_535, 65_536, 70_000])(
  'a frame of %i bytes is the one that ws makes',
  (length) => {
    const text = 'x'.repeat(length);
    for (const own of [true, false]) {
      expect(textFrame(text, own)).toEqual(Buffer.concat(Sender.frame(Buffer.from(text), TEXT)));
    }
  },
);

test('the length is that of the bytes', () => {
  const text = 'ü🙂'.repeat(30);
  expect(textFrame(text, false)).toEqual(Buffer.concat(Sender.frame(Buffer.from(text), TEXT)));
});

test('a frame of its own shares its memory with nothing', () => {
  const own = textFrame('4hello', true);
  expect(own.buffer.byteLength).toBe(own.length);
});
