import { plural } from '../plural.ts';

export const inbox = {
  threads: 'Threads',
  mentions: 'Mentions',
  unread: (count: number) => plural('en', count, { one: '# unread', other: '# unread' }),
  newReplies: (count: number) => plural('en', count, { one: '# new', other: '# new' }),
  noThreads: 'You follow no thread yet. Threads in which you write, or which you follow, stand here.',
  noMentions: 'Nobody has mentioned you yet.',
  showNew: 'Show what is new',
};
