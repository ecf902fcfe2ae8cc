// A connection that lasts as long as its session. Copy it, with session.mjs; it needs socket.io-client 4.
import { io } from 'socket.io-client';
import { untilAnswered } from './session.mjs';

/** `onEnd(reason)` hears when the session is over, or refused for good: then somebody must log in again. */
export function connectLive(url, session, onEnd) {
  // A function, so that each new connection brings the newest token.
  const socket = io(`${url}/chat`, { auth: (give) => give({ token: session.token() }) });

  // The end of a token is announced; a newer one, told in time, keeps the connection.
  socket.on('token_expiring', () => renew(() => socket.emit('authenticate', { token: session.token() })));

  // Breaks mend by themselves. A refusal does not: who slept until the token was over gets another and connects.
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

  /** Sends an event and resolves with its answer. Give messages a `clientMessageId`: repeats then make no second one. */
  const ask = (event, payload) =>
    untilAnswered(async () => {
      const answer = await socket.timeout(10_000).emitWithAck(event, payload);
      if (answer.ok) return answer.data;
      throw Object.assign(new Error(answer.error.message), answer.error);
    });

  /** Every message from now on, each once and in order, whatever breaks in between. Resolves when it listens. */
  function follow(conversationId, onMessage) {
    const NOTHING = { rev: Infinity };
    let known = NOTHING; // up to which `rev`, and in which `epoch` that counts
    let turn = Promise.resolve();
    const inTurn = (step) => (turn = turn.then(step).catch(startOver));

    // Join first, then ask for the changes: the other way round something could fall in between.
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
      known = NOTHING; // the database was restored: what we know is of another history
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
