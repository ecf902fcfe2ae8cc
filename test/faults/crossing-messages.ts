import type { Traffic } from './traffic.js';
import { waitUntil } from './wait-until.js';

interface Message {
  readonly seq: number;
  readonly clientMessageId: string;
}

export const receivedMessages = (traffic: Traffic): Message[] => traffic.listener.all<Message>('new_message');
export const receivedIds = (traffic: Traffic): Set<string> =>
  new Set(receivedMessages(traffic).map(({ clientMessageId }) => clientMessageId));

/** Waits until each node's sockets have received a new message from the other. */
export async function expectToCross(one: Traffic, two: Traffic): Promise<void> {
  for (const [from, to] of [
    [one, two],
    [two, one],
  ] as const) {
    const before = new Set(from.acknowledged.keys());
    await waitUntil(
      'a message from the other node',
      () =>
        receivedMessages(to).some(({ clientMessageId: id }) => !before.has(id) && from.acknowledged.has(id)),
      20_000,
    );
  }
}
