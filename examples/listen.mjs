// First terminal: user1 listens to the conversation with user2.   node examples/listen.mjs
import { connect } from './connect.mjs';

const { socket, conversation, name } = await connect('user1@example.com');

socket.on('connect', async () => {
  const { data } = await socket.emitWithAck('join_room', { conversationId: conversation.id });
  console.log(`${name} listens to “${conversation.title}” (${data.lastSeq} messages so far). Ctrl-C ends.`);
});

socket.on('new_message', (message) => {
  console.log(`#${message.seq} ${message.sender.displayName}: ${message.content}`);
});
