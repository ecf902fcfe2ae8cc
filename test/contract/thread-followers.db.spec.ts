import { ThreadFollowersAdapter } from '../../src/arch/modules/chat/infrastructure/adapters/thread-followers.adapter.js';
import { addReplies, openThread } from '../support/threads.js';
import { realChatSubject } from './real-chat-subject.js';
import { describeThreadFollowersContract } from './thread-followers.contract.js';

describeThreadFollowersContract('PostgreSQL', async () => {
  const subject = await realChatSubject();
  return {
    ...subject,
    followers: new ThreadFollowersAdapter(subject.database),
    openThread: (...place) => openThread(subject, ...place),
    reply: (...replies) => addReplies(subject, ...replies),
  };
});
