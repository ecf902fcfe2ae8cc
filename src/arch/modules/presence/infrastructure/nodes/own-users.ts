import { guardListener } from '../../../../common/application/guard-listener.js';
import type { ConnectedUsersPort } from '../../../../common/application/ports/connected-users.port.js';
import { inParts, type NodeMessage } from './node-message.js';

/** Milliseconds in which changes, and requests for all users, share a message. */
const COLLECTED = 200;

/** Publishes the users of this node: what changes, and all of them to nodes that ask. */
export class OwnUsers {
  /** Users whose state is not the published one, with the new state. */
  private readonly pending = new Map<string, boolean>();
  private version = 0;
  private isAsked = false;
  private timer: NodeJS.Timeout | undefined;

  /** @param node the id of this node since its start */
  constructor(
    readonly node: string,
    private readonly connected: ConnectedUsersPort,
    private readonly publish: (message: NodeMessage) => void,
  ) {}

  /** Must be called after each change of a user's state. */
  userChanged(userId: string, isConnected: boolean): void {
    if (!this.pending.delete(userId)) this.pending.set(userId, isConnected);
    this.schedule();
  }

  publishAlive(): void {
    this.publish({ kind: 'alive', node: this.node, version: this.version });
  }

  publishAllSoon(): void {
    this.isAsked = true;
    this.schedule();
  }

  /** Publishes what waits, and nothing afterwards. */
  stop(): void {
    clearTimeout(this.timer);
    this.publishWaiting();
  }

  private schedule(): void {
    this.timer ??= setTimeout(this.publishWaiting, COLLECTED).unref();
  }

  private readonly publishWaiting = guardListener(() => {
    this.timer = undefined;
    this.publishChanges();
    if (this.isAsked) this.publishAll();
    this.isAsked = false;
  });

  private publishChanges(): void {
    const changes = [...this.pending];
    this.pending.clear();
    for (const part of inParts(changes)) {
      if (part.length === 0) continue;
      this.version += 1;
      const [came, went] = [true, false].map((state) =>
        part.filter(([, isConnected]) => isConnected === state).map(([userId]) => userId),
      );
      this.publish({
        kind: 'changed',
        node: this.node,
        version: this.version,
        came: came ?? [],
        went: went ?? [],
      });
    }
  }

  private publishAll(): void {
    const { node, version } = this;
    const parts = inParts(this.connected.listConnected());
    for (const [part, users] of parts.entries()) {
      this.publish({ kind: 'all', node, version, part, isLast: part === parts.length - 1, users });
    }
  }
}
