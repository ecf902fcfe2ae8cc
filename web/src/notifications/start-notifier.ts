import type { CauserieClient } from '@causerie/client';
import type { Texts } from '../texts/en.ts';
import { createTeller } from './create-teller.ts';
import type { NewMessage } from './new-messages.ts';
import { becomeNotifier } from './tab-roles.ts';
import { watchThreads } from './watch-threads.ts';

/**
 * Tells of messages, and of replies in threads that one follows, once for all tabs, when nobody looks at them. Returns how to
 * end it.
 * @param open shows a message
 */
export function startNotifier(
  client: CauserieClient,
  texts: Texts,
  open: (found: NewMessage) => void,
): () => void {
  const { conversations } = client;
  const messages = createTeller(client, texts, open);
  const replies = createTeller(client, texts, open);
  let hasBegun = false;
  let endThreads: (() => void) | undefined;

  function update(): void {
    const { items, status } = conversations.getSnapshot();
    // Until then everything that comes was there before.
    hasBegun ||= status === 'ready';
    if (hasBegun) messages.update(items);
  }

  const endRole = becomeNotifier(() => {
    messages.begin();
    replies.begin();
    // They cost questions to the server, which one tab asks.
    endThreads = watchThreads(client, replies.update);
  });
  const endWatch = conversations.subscribe(update);
  update();
  const closeAll = (): void => [messages, replies].forEach((teller) => teller.closeAll());
  // Who could close them, or answer a click, is gone then.
  addEventListener('pagehide', closeAll);
  return () => {
    endRole();
    endWatch();
    endThreads?.();
    removeEventListener('pagehide', closeAll);
    messages.end();
    replies.end();
  };
}
