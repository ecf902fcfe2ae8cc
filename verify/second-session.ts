import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './account.ts';
import type { Conversation, EndedSession } from './history.ts';
import { LiveSocket } from './live-socket.ts';
import type { Random } from './random.ts';
import type { OpenStream, Recorder } from './recorder.ts';
import { hearInto, openStream } from './stream.ts';
import type { WireHead } from './wire.ts';

/** Milliseconds for the end of the connection once the logout is answered. */
const PATIENCE = 10_000;
/** Milliseconds that it listens, at least and at most. */
const LISTENS = [200, 600] as const;

/** Logs in a second time, listens for a while, logs that session out, and must hear nothing any more. */
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

  /** @param rooms that the user is a member of */
  async run(rooms: readonly Conversation[], random: Random): Promise<void> {
    const session = await this.account.again();
    const lost = Promise.withResolvers<void>();
    const socket = new LiveSocket(session, {
      connected: () => undefined,
      disconnected: () => lost.resolve(),
      heard: (event, payload) => this.heard(event, payload),
    });
    try {
      await socket.open();
      const { connection } = socket;
      await Promise.all(rooms.map(({ id }) => this.join(socket, id)));
      await delay(random.integer(...LISTENS));
      const { status } = await session.settle('POST', '/auth/logout');
      // 401: an earlier request was taken, and its answer lost.
      if (status !== 204 && status !== 401) throw new Error(`no logout: ${status}`);
      const ended = this.recorder.tick();
      await Promise.race([lost.promise, delay(PATIENCE, undefined, { ref: false })]);
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

  private async join(socket: LiveSocket, conversationId: string): Promise<void> {
    const stream = openStream(
      this.client,
      this.recorder.conversation(conversationId) ?? -1,
      socket.connection,
    );
    this.recorder.streams.push(stream);
    this.streams.set(conversationId, stream);
    const answer = await socket.ask('join_room', { conversationId });
    if (answer.kind !== 'ok') return;
    const { lastSeq, rev } = answer.data as WireHead;
    stream.lastSeqAtJoin = lastSeq;
    stream.revAtJoin = rev;
    stream.joined = this.recorder.tick();
  }

  private heard(event: string, payload: unknown): void {
    const stream = this.streams.get((payload as { conversationId?: string }).conversationId ?? '');
    if (stream) hearInto(stream, this.recorder, event, payload);
  }
}

async function isRefused(session: Account): Promise<boolean> {
  const { status } = await session.settle('GET', '/users/me');
  return status === 401;
}
