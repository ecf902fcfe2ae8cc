// First terminal: user1 listens to the conversation with user2.   node examples/listen.mjs
import { connect } from './connect.mjs';

const { follow, conversation, name } = await connect('user1@example.com');

await follow(conversation.id, (message) => {
  console.log(`#${message.seq} ${message.sender.displayName}: ${message.content}`);
});
console.log(
  `${name} listens to “${conversation.title}” (${conversation.lastSeq} messages so far). Ctrl-C ends.`,
);
