// Second terminal: user2 writes.   node examples/send.mjs            every line you type is a message
//                                  node examples/send.mjs Hello!     or: one message, and done
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { connect } from './connect.mjs';

const { socket, ask, conversation, name } = await connect('user2@example.com');
const words = process.argv.slice(2).join(' ');

/** With an id of our own, so that a repeat after a lost answer makes no second one. */
async function send(content) {
  const message = { conversationId: conversation.id, content, clientMessageId: randomUUID() };
  const answer = await ask('send_message', message).catch(() => undefined);
  if (answer) console.log(`sent as #${answer.message.seq}`);
}

if (words) {
  await send(words);
} else {
  console.log(`${name} writes to “${conversation.title}”. Type a line; Ctrl-D ends.`);
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim()) await send(line);
  }
}
socket.disconnect();
