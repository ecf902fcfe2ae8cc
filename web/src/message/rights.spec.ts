import type { ConversationSummary, Message } from '@causerie/client';
import { expect, it } from 'vitest';
import { allowedWith, rightsOf } from './rights.ts';

const summary = (fields: object): ConversationSummary =>
  ({ type: 'group', role: 'member', details: {}, ...fields }) as ConversationSummary;
const message = (fields: Partial<Message> = {}): Message =>
  ({ senderId: 'me', deletedAt: null, editedAt: null, ...fields }) as Message;
const allowed = (found: ReturnType<typeof allowedWith>): string =>
  Object.entries(found)
    .filter(([, isAllowed]) => isAllowed)
    .map(([name]) => name)
    .join(' ');

it.for([
  ['a member with their own message', {}, {}, 'react reply edit delete openThread'],
  ['a member with that of another', {}, { senderId: 'you' }, 'react reply openThread'],
  [
    'an admin with that of another',
    { role: 'admin' },
    { senderId: 'you' },
    'react reply delete pin openThread',
  ],
  [
    'one of two with that of the other',
    { type: 'direct' },
    { senderId: 'you' },
    'react reply pin openThread',
  ],
  ['a member where only admins write', { details: { posting: 'admins' } }, {}, 'delete'],
  [
    'an admin where only admins write',
    { role: 'admin', details: { posting: 'admins' } },
    {},
    'react reply edit delete pin openThread',
  ],
  ['in a thread', { type: 'thread' }, { senderId: 'you' }, 'react reply'],
  ['a deleted message', { role: 'owner' }, { deletedAt: 'then', editedAt: 'then' }, ''],
  [
    'a deleted message with a thread',
    {},
    { deletedAt: 'then', thread: { id: 't', replyCount: 1 } },
    'openThread',
  ],
  ['their own edited message', {}, { editedAt: 'then' }, 'react reply edit delete seeHistory openThread'],
  ['an edited message of another', {}, { editedAt: 'then', senderId: 'you' }, 'react reply openThread'],
] as const)('%s', ([, conversation, fields, expected]) => {
  expect(allowed(allowedWith(message(fields), 'me', rightsOf(summary(conversation))))).toBe(expected);
});

it('of a conversation that is not known nothing is offered that may be refused', () => {
  expect(allowed(allowedWith(message({ senderId: 'you' }), 'me', rightsOf(null)))).toBe('react reply');
});
