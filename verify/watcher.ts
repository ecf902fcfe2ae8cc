import type { Account } from './account.ts';
import { LiveSocket } from './live-socket.ts';
import type { OpenConnection, Recorder } from './recorder.ts';
import { OWN_EVENTS, type WireOwnUpdate } from './wire.ts';

/** A second socket of a member that joins no room: it must receive `conversation_added` and `me_updated`, and no event of
 * a room. */
export class Watcher {
  readonly socket: LiveSocket;
  private readonly client: number;
  private readonly account: Account;
  private readonly recorder: Recorder;
  private connection: OpenConnection | undefined;

  constructor(client: number, account: Account, recorder: Recorder) {
    this.client = client;
    this.account = account;
    this.recorder = recorder;
    this.socket = new LiveSocket(account, {
      onConnect: () => this.onConnect(),
      onDisconnect: () => {
        if (this.connection) this.connection.untilEnd = false;
      },
      onEvent: (event, payload) => this.onEvent(event, payload),
    });
  }

  end(): void {
    this.connection = undefined;
    this.socket.close();
  }

  private onConnect(): void {
    const { client, socket, recorder } = this;
    const begun = recorder.tick();
    this.connection = { client, connection: socket.connection, begun, untilEnd: true, invitations: [] };
    recorder.connections.push(this.connection);
  }

  private onEvent(event: string, payload: unknown): void {
    this.recorder.eventCount += 1;
    if (event === 'conversation_added') this.connection?.invitations.push((payload as { id: string }).id);
    else if (event === 'me_updated') this.recorder.recordOwnUpdate(this.client, payload as WireOwnUpdate);
    else if (!OWN_EVENTS.has(event))
      this.recorder.leaks.push(`${this.account.name} received ${event} on a socket that has joined no room`);
  }
}
