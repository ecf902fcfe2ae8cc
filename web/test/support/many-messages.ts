import type { TestServer, TestUser } from '../../../test/support/test-server.js';
import { post } from './rows.ts';

const AT_A_TIME = 10;

/** Posts messages of different lengths into a conversation; the last one says that it is. */
export async function postMany(
  server: TestServer,
  user: TestUser,
  conversationId: string,
  count: number,
): Promise<void> {
  const say = (text: string): Promise<string> => post(server, user, conversationId, text);
  for (let number = 1; number < count; number += AT_A_TIME) {
    const numbers = Array.from({ length: Math.min(AT_A_TIME, count - number) }, (_, index) => number + index);
    await Promise.all(
      numbers.map((each) => say(`Message ${each}. ${'And so on. '.repeat((each % 9) ** 2)}`)),
    );
  }
  await say('The last one');
}
