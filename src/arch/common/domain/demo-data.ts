/**
 * The contents of a new development database: three accounts, and a conversation and posts of the first two; further
 * people, with whom they have the conversations of `demo-stories.ts`. The ids are the same everywhere, so that the
 * examples of the API document work unchanged.
 */
export const DEMO_PASSWORD = 'Password123!';

/** The id of demo data that ends with these digits. */
export const demoId = (last: string) => `0199d0a2-6c1e-7000-8000-${last.padStart(12, '0')}`;

/** The id of a thread: a UUID of version 8. */
export const demoThreadId = (last: string) => demoId(last).replace('-7000-', '-8000-');

export const DEMO_USERS = [
  { id: demoId('1'), email: 'user1@example.com', displayName: 'User One' },
  { id: demoId('2'), email: 'user2@example.com', displayName: 'User Two' },
  { id: demoId('3'), email: 'user3@example.com', displayName: 'User Three' },
] as const;

/** The third demo user is in no conversation; these people are in those that the first two have besides. */
export const DEMO_PEOPLE = [
  { id: demoId('4'), email: 'user4@example.com', displayName: 'Amina Diallo' },
  { id: demoId('5'), email: 'user5@example.com', displayName: 'Jonas Weber' },
  { id: demoId('6'), email: 'user6@example.com', displayName: 'Mei Tanaka' },
] as const;

/** All accounts with the demo password: a production server refuses to start with one of them. */
export const DEMO_ACCOUNTS = [...DEMO_USERS, ...DEMO_PEOPLE] as const;

export const DEMO_CONVERSATION = { id: demoId('c1'), title: 'Demo' };

/** Messages: the sender as an index of `DEMO_USERS`, and the content. */
export const DEMO_MESSAGES = [
  { id: demoId('a1'), by: 0, content: 'Hi! Did you get the server running?' },
  { id: demoId('a2'), by: 1, content: 'One command, and here we are.' },
  { id: demoId('a3'), by: 0, content: 'Does it survive a restart?' },
  { id: demoId('a4'), by: 1, content: 'It does: everything acknowledged is on disk.' },
  { id: demoId('a5'), by: 0, content: 'Then let us chat.' },
] as const;

/** Posts, the oldest first: the author as an index of `DEMO_USERS`, and the texts. */
export const DEMO_POSTS = [
  { id: demoId('d1'), by: 0, title: 'Welcome', content: 'This server is yours.', visibility: 'public' },
  { id: demoId('d2'), by: 0, title: 'Ideas', content: 'Nobody else reads this.', visibility: 'private' },
  { id: demoId('d3'), by: 1, title: 'Hello', content: 'I have just arrived.', visibility: 'public' },
  { id: demoId('d4'), by: 0, title: 'On order', content: 'A message has one place.', visibility: 'public' },
  { id: demoId('d5'), by: 1, title: 'Draft', content: 'Not ready yet.', visibility: 'private' },
  { id: demoId('d6'), by: 1, title: 'On retries', content: 'Twice sent, once stored.', visibility: 'public' },
  { id: demoId('d7'), by: 0, title: 'On restarts', content: 'It all came back.', visibility: 'public' },
] as const;
