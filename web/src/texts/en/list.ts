import { plural } from '../plural.ts';

export const list = {
  conversations: 'Conversations',
  search: 'Search',
  noneYet: 'No conversations yet',
  noneFound: 'No conversation is called that.',
  start: 'Start one',
  newConversation: 'New conversation',
  couldNotLoad: 'The conversations could not be loaded.',
  unread: (count: number) => plural('en', count, { one: '# unread message', other: '# unread messages' }),
  mentions: (count: number) => plural('en', count, { one: '# mention', other: '# mentions' }),
  draft: 'Draft:',
  you: 'You:',
  nothingYet: 'Nothing said yet',
  deleted: 'Message deleted',
  notSent: 'Not sent',
  untitled: 'Group',
  muted: 'Muted',
  pinned: 'Pinned',
};
