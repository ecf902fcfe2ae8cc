import type { Message, Pending, TimelineItem } from '@causerie/client';
import { expect, it } from 'vitest';
import { recallable } from './recallable.ts';

const message = (content: string, fields: Partial<Message> = {}): TimelineItem => ({
  kind: 'message',
  key: content,
  message: { content, senderId: 'me', deletedAt: null, ...fields } as Message,
  own: [],
});
const pending = (content: string, status: Pending['status']): TimelineItem => ({
  kind: 'pending',
  key: content,
  pending: { content, status } as Pending,
});

it('recalls the newest message that could not be sent before anything else', () => {
  const items = [
    message('stored'),
    pending('one', 'failed'),
    pending('two', 'failed'),
    pending('x', 'queued'),
  ];
  expect(recallable(items, 'me')).toMatchObject({ kind: 'recall', text: 'two' });
});

it('edits the last message of one’s own that is not deleted', () => {
  const items = [message('mine'), message('', { deletedAt: 'then' }), message('theirs', { senderId: 'you' })];
  expect(recallable(items, 'me')).toMatchObject({ kind: 'edit', text: 'mine' });
});

it('has nothing where one has said nothing', () => {
  expect(recallable([message('theirs', { senderId: 'you' }), pending('x', 'sending')], 'me')).toBeNull();
});
