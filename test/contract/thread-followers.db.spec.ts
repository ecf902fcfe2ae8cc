import { ThreadFollowersAdapter } from '../../src/arch/modules/chat/infrastructure/adapters/thread-followers.adapter.js';
import { randomUUIDv7 } from 'node:crypto';
import { toThreadId } from '../../src/arch/modules/chat/domain/models/thread.model.js';
import { FakeChat } from '../fakes/fake-chat.js';
import { fakeChatOf } from './fake-chat-subject.js';
import { addReplies, openThread } from '../support/threads.js';
import { realChatSubject } from './real-chat-subject.js';
import { describeThreadFollowersContract } from './thread-followers.contract.js';

describeThreadFollowersContract('the fake', async () => {
  const chat = new FakeChat();
  const subject = fakeChatOf(chat);
  const { state, followers } = chat;
  return {
    ...subject,
    followers,
    async openThread(conversationId, seq, openedBy) {
      const id = toThreadId(randomUUIDv7());
      const root = state.messagesOf(conversationId)[seq - 1];
      if (!root) throw new Error('There is no such message.');
      state.openThread(id, openedBy, { conversationId, messageId: root.id, seq });
      return id;
    },
    async reply(conversationId, senderId, count) {
      const before = structuredClone(state.followers);
      for (let content = 1; content <= count; content += 1)
        await subject.messages.create({ conversationId, senderId, content: `Reply ${content}` });
      state.followers = before;
    },
  };
});
describeThreadFollowersContract('PostgreSQL', async () => {
  const subject = await realChatSubject();
  return {
    ...subject,
    followers: new ThreadFollowersAdapter(subject.database),
    openThread: (...place) => openThread(subject, ...place),
    reply: (...replies) => addReplies(subject, ...replies),
  };
});
