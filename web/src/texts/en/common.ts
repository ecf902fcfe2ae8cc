import { plural } from '../plural.ts';

export const common = {
  cancel: 'Cancel',
  close: 'Close',
  retry: 'Try again',
  save: 'Save',
  more: 'Show more',
  loading: 'Loading …',
  back: 'Back',
  you: 'You',
  deletedUser: 'Deleted account',
  people: (names: readonly string[]) => new Intl.ListFormat('en').format(names),
  memberCount: (count: number) => plural('en', count, { one: '# member', other: '# members' }),
  failed: 'That did not work.',
  noConnection: 'No connection. Nothing is lost: what you write is sent as soon as there is one.',
  connecting: 'Connecting …',
  noAnswer: 'The server does not answer. Try again.',
  tooManyRequests: (seconds: number) =>
    plural('en', seconds, {
      one: 'Too often. Try again in # second.',
      other: 'Too often. Try again in # seconds.',
    }),
  pageNotFound: 'There is no such page.',
  toConversations: 'To the conversations',
};
