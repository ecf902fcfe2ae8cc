export const thread = {
  thread: 'Thread',
  beginning: 'The message at which the thread begins',
  noReplies: 'No replies yet. Write the first one.',
  write: 'Reply in the thread',
  follow: 'Follow',
  unfollow: 'Unfollow',
  followHint: 'Whoever follows a thread is told of new replies.',
};
