import { randomUUID } from 'node:crypto';
import { vi } from 'vitest';
import { UnavailableError } from '../../src/arch/common/domain/errors/unavailable.error.js';
import { DatabaseProxy } from '../support/database-proxy.js';
import { type ChangeSubject, describeConversationChangeContract } from './conversation-change.contract.js';
import { fakeChatOf } from './fake-chat-subject.js';
import { realChatSubject } from './real-chat-subject.js';
import { FakeChat } from '../fakes/fake-chat.js';

const failure = (work: Promise<unknown>) => work.catch((error: unknown) => error);

async function fakeSubject(): Promise<ChangeSubject> {
  const chat = new FakeChat();
  return {
    ...fakeChatOf(chat),
    live: chat.live,
    async interrupt(outcome, _conversationId, change) {
      chat.change.losesCommit = outcome;
      const failed = await failure(change());
      chat.change.recover();
      return failed;
    },
  };
}

/** The subject behind a relay that can lose an answer. */
async function realSubject(): Promise<ChangeSubject> {
  const opened = Promise.withResolvers<DatabaseProxy>();
  const subject = await realChatSubject(async (postgres) => {
    opened.resolve(DatabaseProxy.open(postgres));
    return (await opened.promise).connection;
  });
  const proxy = await opened.promise;
  return {
    ...subject,
    async interrupt(outcome, conversationId, change) {
      const cut = proxy.cutAt('commit', outcome === 'stored' ? 'after' : 'before');
      const failed = failure(change());
      await cut;
      await failed;
      proxy.reopen();
      const probe = () => subject.change.change(conversationId, randomUUID(), () => []);
      await vi.waitUntil(async () => !((await failure(probe())) instanceof UnavailableError), {
        interval: 5,
        timeout: 10_000,
      });
      return failed;
    },
    async close() {
      await subject.close();
      await proxy.close();
    },
  };
}

describeConversationChangeContract('the fake', fakeSubject);
describeConversationChangeContract('PostgreSQL', realSubject);
