import { plural } from '../plural.ts';

export const conversation = {
  choose: 'Choose a conversation, or start one.',
  message: 'Message',
  messages: 'Messages',
  writeTo: (name: string) => `Message to ${name}`,
  send: 'Send',
  sayHello: 'Nothing here yet. Say hello.',
  couldNotLoad: 'The messages could not be loaded.',
  notThere: 'This conversation is not there, or you are no member of it.',
  deleted: 'Message deleted',
  edited: 'edited',
  sending: 'Being sent',
  failed: 'Not sent',
  copy: 'Copy',
  discard: 'Delete',
  newMessages: 'New messages',
  toTheEnd: 'To the newest message',
  newCount: (count: number) => plural('en', count, { one: '# new message', other: '# new messages' }),
  typing: (name: string) => `${name} is writing …`,
  severalTyping: 'Several people are writing …',
  online: 'Online',
  today: 'Today',
  yesterday: 'Yesterday',
  left: (count: number) => plural('en', count, { one: '# character left', other: '# characters left' }),
  tooLong: (count: number) =>
    plural('en', count, { one: '# character too many', other: '# characters too many' }),
  blocked: 'You cannot write to each other.',
  details: 'Details',
  scrub: 'Place in the conversation',
  place: (seq: number, count: number) =>
    `Message ${seq.toLocaleString('en')} of ${count.toLocaleString('en')}`,
};
