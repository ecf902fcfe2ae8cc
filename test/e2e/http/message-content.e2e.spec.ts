import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { refusal, storedHead } from './support.js';

const it = apiTest
  .extend('id', PER_FILE, ({ server, owner }) => server.createConversation(owner))
  .extend('steps', PER_FILE, ({ server, id, owner }) => ({
    send: (body: unknown) =>
      server.call('POST', `/chat/conversations/${id}/messages`, { token: owner.token, body }),
  }));

it.for([
  ['one character', 'x'],
  ['blanks around words', '  \t two  words \n\n'],
  ['line breaks of every kind', 'a\nb\r\nc\rd\u2028e\u2029f'],
  ['an emoji of many parts', '👩🏽‍🚀👨‍👩‍👧‍👦🏳️‍🌈🇫🇷'],
  ['combining characters, composed and not', 'e\u0301 é Z\u0351\u036b\u0343 \u1e9b\u0323'],
  ['right to left with marks', '\u202eabc\u202c שלום مرحبا \u200f!'],
  ['invisible characters beside visible ones', '\u200b\u2060x\ufeff'],
  ['control characters', 'a\u0001\u0007\u001b[31m\u007f'],
  ['noncharacters', '\ufffe\uffff\u{10ffff}'],
  ['the replacement character', '\ufffd'],
  ['HTML', '<script>alert("&amp;")</script>'],
  ['SQL', `'; drop table messages; -- \\ $1 %s`],
  ['JSON', '{"__proto__":{"a":1}}'],
  ['backslashes', '\\u0000 \\0 \\'],
  ['4000 letters', 'x'.repeat(4_000)],
  ['4000 emoji', '🦊'.repeat(4_000)],
  ['4000 combining characters', `e${'\u0301'.repeat(3_999)}`],
] as const)('keeps %s exactly as sent', async ([_label, content], { steps, server, id, owner }) => {
  const { status, body } = await steps.send({ content });
  expect(status).toBe(201);
  expect(body.content).toBe(content);
  const page = await server.call('GET', `/chat/conversations/${id}/messages?limit=1`, { token: owner.token });
  expect(page.body.data[0].content).toBe(content);
  const [row] = await server.database.query<{ content: string }>(
    'select content from messages where id = $1',
    [body.id],
  );
  expect(row?.content).toBe(content);
});

it.for([
  ['nothing', ''],
  ['a blank', ' '],
  ['blanks of every kind', ' \t\n\r\v\f\u00a0\u1680\u2003\u2028\u3000\ufeff'],
  ['invisible characters alone', '\u200b\u2060\u3164\u2800\u{e0041}\u0007'],
  ['4001 letters', 'x'.repeat(4_001)],
  ['4001 emoji', '🦊'.repeat(4_001)],
  ['4001 blanks', ' '.repeat(4_001)],
  ['U+0000', 'a\0b'],
  ['U+0000 alone', '\0'],
  ['a lone high surrogate', 'a\ud83e'],
  ['a lone low surrogate', '\udd8ab'],
  ['surrogates the wrong way round', '\udd8a\ud83e'],
  ['null', null],
  ['a number', 42],
  ['a truth', true],
  ['a list', ['Hello']],
  ['an object', { text: 'Hello' }],
  ['absence', undefined],
] as const)('refuses %s as content', async ([_label, content], { steps, server, id }) => {
  const before = await storedHead(server, id);
  const answer = await steps.send({ content });
  expect(refusal(answer)).toBe('400 VALIDATION_FAILED');
  expect(answer.body.details[0].path).toBe('content');
  expect(await storedHead(server, id)).toEqual(before);
});
