import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './account.ts';
import type { Conversation, EndedSession } from './history.ts';
import { LiveSocket } from './live-socket.ts';
import type { Random } from './random.ts';
import type { OpenStream, Recorder } from './recorder.ts';
import { recordEvent, openStream } from './stream.ts';
import type { WireHead } from './wire.ts';

/** Milliseconds in which the connection must end after the logout is answered. */
const DISCONNECT_LIMIT = 10_000;
/** Minimum and maximum milliseconds between joining and logging out. */
const LISTENING_TIME = [200, 600] as const;

/** Logs in a second time, joins rooms, logs that session out, and records what it still receives. */
export class SecondSession {
  private readonly client: number;
  private readonly account: Account;
  private readonly recorder: Recorder;
  private readonly streams = new Map<string, OpenStream>();

  constructor(client: number, account: Account, recorder: Recorder) {
    this.client = client;
    this.account = account;
    this.recorder = recorder;
  }

  /** @param rooms conversations that the user is a member of */
  async run(rooms: readonly Conversation[], random: Random): Promise<void> {
    const session = await this.account.logInAgain();
    const lost = Promise.withResolvers<void>();
    const socket = new LiveSocket(session, {
      onConnect: () => undefined,
      onDisconnect: () => lost.resolve(),
      onEvent: (event, payload) => this.onEvent(event, payload),
    });
    try {
      await socket.open();
      const { connection } = socket;
      await Promise.all(rooms.map(({ id }) => this.joinRoom(socket, id)));
      await delay(random.integer(...LISTENING_TIME));
      const { status } = await session.requestUntilAnswered('POST', '/auth/logout');
      // 401: an earlier request has succeeded, and its answer was lost.
      if (status !== 204 && status !== 401) throw new Error(`no logout: ${status}`);
      const ended = this.recorder.tick();
      await Promise.race([lost.promise, delay(DISCONNECT_LIMIT, undefined, { ref: false })]);
      const known: EndedSession = {
        client: this.client,
        connection,
        ended,
        closed: socket.connection !== connection && (await isRefused(session)),
      };
      this.recorder.endedSessions.push(known);
    } finally {
      socket.close();
    }
  }

  private async joinRoom(socket: LiveSocket, conversationId: string): Promise<void> {
    const stream = openStream(
      this.client,
      this.recorder.indexOfConversation(conversationId) ?? -1,
      socket.connection,
    );
    this.recorder.streams.push(stream);
    this.streams.set(conversationId, stream);
    const answer = await socket.emitWithAck('join_room', { conversationId });
    if (answer.kind !== 'ok') return;
    const { lastSeq, rev } = answer.data as WireHead;
    stream.lastSeqAtJoin = lastSeq;
    stream.revAtJoin = rev;
    stream.joined = this.recorder.tick();
  }

  private onEvent(event: string, payload: unknown): void {
    const stream = this.streams.get((payload as { conversationId?: string }).conversationId ?? '');
    if (stream) recordEvent(stream, this.recorder, event, payload);
  }
}

async function isRefused(session: Account): Promise<boolean> {
  const { status } = await session.requestUntilAnswered('GET', '/users/me');
  return status === 401;
}
