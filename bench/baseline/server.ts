// A handwritten chat server without a framework and without batching: Socket.IO, Fastify, pg.
import fastify from 'fastify';
import { Server, type Socket } from 'socket.io';
import { HOST, readSetting, SOCKET_IO } from './settings.js';
import { POST_MESSAGE } from './post-message.schema.js';
import { type Message, Store } from './store.js';
import { subjectOf } from './token.js';

interface Sent {
  readonly conversationId: string;
  readonly content: string;
  readonly clientMessageId?: string;
}

type Ack = (answer: object) => void;
type AuthenticatedSocket = Socket<never, never, never, { userId: string }>;

const secret = readSetting('JWT_ACCESS_SECRET');
const store = new Store();
await store.openConnections(readSetting('DATABASE_URL'), Number(readSetting('DATABASE_POOL_SIZE')));

const http = fastify();
const io = new Server(http.server, SOCKET_IO);
const chat = io.of('/chat');

const publish = (message: Message) => chat.to(message.conversationId).emit('new_message', message);

chat.use((socket: AuthenticatedSocket, next) => {
  const userId = subjectOf(String(socket.handshake.auth['token']), secret);
  if (userId === undefined) return next(new Error('Unauthorized'));
  socket.data.userId = userId;
  next();
});

chat.on('connection', (socket: Socket) => {
  const { userId } = socket.data as { userId: string };
  socket.on('join_room', ({ conversationId }: Sent, ack: Ack) => {
    store.isMember(conversationId, userId, (isMember) => {
      if (isMember) void socket.join(conversationId);
      ack({ ok: isMember, data: { conversationId } });
    });
  });
  socket.on('send_message', ({ conversationId, content, clientMessageId }: Sent, ack: Ack) => {
    store.storeMessage(conversationId, userId, content, clientMessageId ?? null, (error, message) => {
      if (!message)
        return ack({ ok: false, error: { code: error ? 'INTERNAL' : 'NOT_CONVERSATION_MEMBER' } });
      ack({ ok: true, data: { message, duplicate: false } });
      publish(message);
    });
  });
});

http.get('/health', async () => 'ok');
http.post<{ Params: { id: string }; Body: Sent }>(
  '/chat/conversations/:id/messages',
  { schema: POST_MESSAGE },
  (request, reply) => {
    const userId = subjectOf((request.headers.authorization ?? '').slice('Bearer '.length), secret);
    if (userId === undefined) return reply.code(401).send();
    const { content, clientMessageId = null } = request.body;
    store.storeMessage(request.params.id, userId, content, clientMessageId, (error, message) => {
      void (message ? reply.code(201).send(message) : reply.code(error ? 500 : 403).send());
      if (message) publish(message);
    });
    return reply;
  },
);

await http.listen({ port: Number(readSetting('PORT')), host: HOST });
process.on('SIGTERM', () => process.exit(0));
