import { expect, it } from 'vitest';
import { changeIn, withoutTarget } from './change-in-payload.js';

const replyTo = { id: 'target', seq: 2, senderId: 'somebody', excerpt: 'secret', deletedAt: 'then' };
const message = { id: 'reply', conversationId: 'room', seq: 5, rev: 7, content: 'Yes.', replyTo };
const updated = { conversationId: 'room', rev: 9, prevRev: 6, change: 'edited', message };

it('finds the message that an event shows, and the one to which that replies', () => {
  expect(changeIn('room', 'new_message', message)).toEqual({ rev: 7, seq: 5, replyToSeq: 2 });
  expect(changeIn('room', 'message_updated', updated)).toEqual({ rev: 9, prevRev: 6, seq: 5, replyToSeq: 2 });
  const { replyTo: _, ...plain } = message;
  expect(changeIn('room', 'new_message', plain)).toEqual({ rev: 7, seq: 5 });
});

it.each([
  ['new_message', { ...message, replyTo: null }],
  ['new_message', { ...message, replyTo: 'x' }],
  ['new_message', { ...message, replyTo: { seq: '2' } }],
])('of a strange target nothing is known: %s %j', (event, payload) => {
  expect(changeIn('room', event, payload)).toEqual({ rev: 7, seq: 5 });
});

it('leaves of a target its id and its place, and everything else as it is', () => {
  const place = { id: 'target', seq: 2 };
  expect(withoutTarget('new_message', message)).toEqual({ ...message, replyTo: place });
  expect(withoutTarget('message_updated', updated)).toEqual({
    ...updated,
    message: { ...message, replyTo: place },
  });
});
