import type { Account } from './account.ts';
import { LiveSocket } from './live-socket.ts';
import type { OpenConnection, Recorder } from './recorder.ts';
import { OWN_EVENTS } from './wire.ts';

/** A second socket of a member's that joins nothing: it hears of new conversations, and of nothing else. */
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
      connected: () => this.connected(),
      disconnected: () => {
        if (this.connection) this.connection.untilEnd = false;
      },
      heard: (event, payload) => this.heard(event, payload),
    });
  }

  end(): void {
    this.connection = undefined;
    this.socket.close();
  }

  private connected(): void {
    const { client, socket, recorder } = this;
    const begun = recorder.tick();
    this.connection = { client, connection: socket.connection, begun, untilEnd: true, invitations: [] };
    recorder.connections.push(this.connection);
  }

  private heard(event: string, payload: unknown): void {
    this.recorder.news += 1;
    if (event === 'conversation_added') this.connection?.invitations.push((payload as { id: string }).id);
    else if (!OWN_EVENTS.has(event))
      this.recorder.leaks.push(`${this.account.name} heard ${event} on a socket that has joined nothing`);
  }
}
