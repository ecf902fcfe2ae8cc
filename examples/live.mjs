// A connection that stays open as long as its session is active. Copy this file and session.mjs; it needs socket.io-client 4.
import { io } from 'socket.io-client';
import { untilAnswered } from './session.mjs';

/** `onEnd(reason)` is called when the session has ended or is refused permanently: the user must then log in again. */
export function connectLive(url, session, onEnd) {
  // A function, so that each new connection sends the newest token.
  const socket = io(`${url}/chat`, { auth: (give) => give({ token: session.token() }) });

  // The server announces that a token expires; authenticating with a newer one keeps the connection.
  socket.on('token_expiring', () => renew(() => socket.emit('authenticate', { token: session.token() })));

  // After a break the client reconnects by itself, after a refusal it does not: an expired token is renewed.
  socket.on('connect_error', ({ message, data }) => {
    if (socket.active) return;
    if (data?.code.startsWith('TOKEN_')) renew(() => socket.connect());
    else end(data ?? { message });
  });
  socket.on('session_revoked', end);

  const renew = (andThen) => session.refresh().then(andThen, end);
  function end(reason) {
    socket.disconnect();
    onEnd(reason);
  }

  /** Sends an event and resolves with its `data`. Give messages a `clientMessageId`, so that a repeat stores no second one. */
  const ask = (event, payload) =>
    untilAnswered(async () => {
      const answer = await socket.timeout(10_000).emitWithAck(event, payload);
      if (answer.ok) return answer.data;
      throw Object.assign(new Error(answer.error.message), answer.error);
    });

  /** Passes on every message from now on, each once and in order, despite interruptions. Resolves when it has joined. */
  function follow(conversationId, onMessage) {
    const NOTHING = { rev: Infinity };
    let known = NOTHING; // the last `rev` that was received, and its `epoch`
    let turn = Promise.resolve();
    const inTurn = (step) => (turn = turn.then(step).catch(startOver));

    // Join first, then request the changes: in the opposite order, changes between the two would be missed.
    const join = () =>
      inTurn(async () => {
        const head = await ask('join_room', { conversationId });
        if (known.epoch === head.epoch) await catchUp();
        else known = head;
      });
    async function catchUp() {
      for (let page = { hasMore: true }; page.hasMore; known.rev = page.rev) {
        const { rev, epoch } = known;
        page = await session.get(`/chat/conversations/${conversationId}/changes?since=${rev}&epoch=${epoch}`);
        page.data.forEach(onMessage);
      }
    }
    function startOver(error) {
      if (error.code !== 'CURSOR_INVALID') return end(error);
      known = NOTHING; // the database was restored: the known `rev` belongs to another epoch
      void join();
    }
    socket.on('new_message', (message) =>
      inTurn(async () => {
        if (message.conversationId !== conversationId || message.rev <= known.rev) return;
        if (message.rev > known.rev + 1) return catchUp();
        known.rev = message.rev;
        onMessage(message);
      }),
    );
    socket.on('connect', join);
    return join();
  }

  return { socket, ask, follow };
}
