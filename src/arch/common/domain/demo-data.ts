/**
 * The contents of a new development database: three accounts, and a conversation and posts of the first two. The ids
 * are the same everywhere, so that the examples of the API document work unchanged.
 */
export const DEMO_PASSWORD = 'Password123!';

const id = (last: string) => `0199d0a2-6c1e-7000-8000-${last.padStart(12, '0')}`;

export const DEMO_USERS = [
  { id: id('1'), email: 'user1@example.com', displayName: 'User One' },
  { id: id('2'), email: 'user2@example.com', displayName: 'User Two' },
  { id: id('3'), email: 'user3@example.com', displayName: 'User Three' },
] as const;

export const DEMO_CONVERSATION = { id: id('c1'), title: 'Demo' };

/** Messages: the sender as an index of `DEMO_USERS`, and the content. */
export const DEMO_MESSAGES = [
  { id: id('a1'), by: 0, content: 'Hi! Did you get the server running?' },
  { id: id('a2'), by: 1, content: 'One command, and here we are.' },
  { id: id('a3'), by: 0, content: 'Does it survive a restart?' },
  { id: id('a4'), by: 1, content: 'It does: everything acknowledged is on disk.' },
  { id: id('a5'), by: 0, content: 'Then let us chat.' },
] as const;

/** Posts, the oldest first: the author as an index of `DEMO_USERS`, and the texts. */
export const DEMO_POSTS = [
  { id: id('d1'), by: 0, title: 'Welcome', content: 'This server is yours.', visibility: 'public' },
  { id: id('d2'), by: 0, title: 'Ideas', content: 'Nobody else reads this.', visibility: 'private' },
  { id: id('d3'), by: 1, title: 'Hello', content: 'I have just arrived.', visibility: 'public' },
  { id: id('d4'), by: 0, title: 'On order', content: 'A message has one place.', visibility: 'public' },
  { id: id('d5'), by: 1, title: 'Draft', content: 'Not ready yet.', visibility: 'private' },
  { id: id('d6'), by: 1, title: 'On retries', content: 'Twice sent, once stored.', visibility: 'public' },
  { id: id('d7'), by: 0, title: 'On restarts', content: 'It all came back.', visibility: 'public' },
] as const;
