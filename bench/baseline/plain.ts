// Plain Socket.IO: sockets can join rooms, and nothing else.
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { HOST, readSetting, SOCKET_IO } from './settings.js';

const http = createServer((_request, response) => response.end('ok'));
const io = new Server(http, SOCKET_IO);

io.of('/chat').on('connection', (socket) => {
  socket.on('join_room', ({ conversationId }: { conversationId: string }, ack: (answer: object) => void) => {
    void socket.join(conversationId);
    ack({ ok: true, data: { conversationId } });
  });
});

http.listen(Number(readSetting('PORT')), HOST);
process.on('SIGTERM', () => process.exit(0));
