import { randomUUID } from 'node:crypto';
import { vi } from 'vitest';
import { UnavailableError } from '../../src/arch/common/domain/errors/unavailable.error.js';
import type { ChatPublisherFake } from '../fakes/chat-publisher.fake.js';
import { FakeChat } from '../fakes/fake-chat.js';
import { DatabaseProxy } from '../support/database-proxy.js';
import type { ChatSubject } from './chat-subject.js';
import { fakeChatOf } from './fake-chat-subject.js';
import { realChatSubject } from './real-chat-subject.js';

/** Whether a transaction whose COMMIT was not answered was committed. */
export type LostCommit = 'stored' | 'undone';

export interface InterruptibleSubject extends ChatSubject {
  /** The published events. */
  readonly live: ChatPublisherFake;
  /**
   * Changes a conversation while the answer to COMMIT is lost, and waits until the outcome is known.
   * @param outcome whether the transaction was committed
   * @param meanwhile what others do before the outcome is known
   * @returns the error with which it failed
   */
  interrupt(
    outcome: LostCommit,
    conversationId: string,
    change: () => Promise<unknown>,
    meanwhile?: () => Promise<unknown>,
  ): Promise<unknown>;
}

const failure = (work: Promise<unknown>) => work.catch((error: unknown) => error);

export async function fakeInterruptibleSubject(): Promise<InterruptibleSubject> {
  const chat = new FakeChat();
  const ports = [chat.change, chat.messageChange, chat.reactions];
  return {
    ...fakeChatOf(chat),
    live: chat.live,
    async interrupt(outcome, _conversationId, change, meanwhile) {
      for (const port of ports) port.losesCommit = outcome;
      const failed = await failure(change());
      for (const port of ports) port.losesCommit = undefined;
      await meanwhile?.();
      for (const port of ports) port.recover();
      return failed;
    },
  };
}

/** The subject behind a relay that can lose an answer. */
export async function realInterruptibleSubject(): Promise<InterruptibleSubject> {
  const opened = Promise.withResolvers<DatabaseProxy>();
  const subject = await realChatSubject(async (postgres) => {
    opened.resolve(DatabaseProxy.open(postgres));
    return (await opened.promise).connection;
  });
  const proxy = await opened.promise;
  return {
    ...subject,
    async interrupt(outcome, conversationId, change, meanwhile) {
      const cut = proxy.cutAtCommitOf('lock_conversation', outcome === 'stored' ? 'after' : 'before');
      const failed = failure(change());
      await cut;
      await failed;
      await meanwhile?.();
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
