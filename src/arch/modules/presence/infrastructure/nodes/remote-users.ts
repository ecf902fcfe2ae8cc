import type { NodeMessage } from './node-message.js';

/** Milliseconds without a message after which a node counts as dead. */
const SILENCE = 30_000;
/** Milliseconds between two requests to one node for all of its users. */
const ASK_INTERVAL = 1_000;
/** Nodes that are known, at most; the messages of others are ignored. */
const MAX_NODES = 128;
/** Users of one node, at most; further ones count as offline. Five times as many as a process has connections. */
const MAX_USERS = 100_000;

interface RemoteNode {
  /** The version of `users`; -1 before all of them are known. */
  version: number;
  users: Set<string>;
  aliveAt: number;
  askedAt: number;
  /** The users of the parts so far, while a node publishes all of its users. */
  incoming: { readonly version: number; parts: number; readonly users: Set<string> } | undefined;
}

type Published = Exclude<NodeMessage, { kind: 'asked' }>;

/** What this node does next: introduce itself to a new node, ask for all of its users. */
export interface Answer {
  readonly introduces: boolean;
  readonly asks: boolean;
}

const NOTHING: Answer = { introduces: false, asks: false };

/**
 * The users of the other nodes, as these publish them. Messages may be lost: versions tell it, and then all users of a
 * node are asked for.
 */
export class RemoteUsers {
  private readonly nodes = new Map<string, RemoteNode>();

  /** @param changed called for each user who is online elsewhere now and was not before, or the reverse */
  constructor(private readonly changed: (userId: string) => void) {}

  has(userId: string): boolean {
    for (const { users } of this.nodes.values()) if (users.has(userId)) return true;
    return false;
  }

  /** @param now milliseconds on a monotonic clock */
  receiveMessage(message: Published, now: number): Answer {
    const known = this.nodes.get(message.node);
    if (!known && this.nodes.size >= MAX_NODES) return NOTHING;
    const node = known ?? {
      version: -1,
      users: new Set<string>(),
      aliveAt: now,
      askedAt: -Infinity,
      incoming: undefined,
    };
    this.nodes.set(message.node, node);
    node.aliveAt = now;
    const asks = !this.applyMessage(node, message) && now - node.askedAt >= ASK_INTERVAL;
    if (asks) node.askedAt = now;
    return { introduces: !known, asks };
  }

  /** Ends what is known of nodes that have been silent for too long. */
  evictSilent(now: number): void {
    for (const [id, node] of this.nodes) {
      if (now - node.aliveAt < SILENCE) continue;
      this.replaceUsers(node, new Set());
      this.nodes.delete(id);
    }
  }

  /** Returns whether the users of the node are known now. */
  private applyMessage(node: RemoteNode, message: Published): boolean {
    if (message.kind === 'all') return this.applyPart(node, message);
    if (message.kind === 'alive') return node.version === message.version;
    if (node.version !== message.version - 1) return false;
    node.version = message.version;
    for (const userId of message.went) this.removeUser(node, userId);
    for (const userId of message.came) this.addUser(node, userId);
    return true;
  }

  private applyPart(
    node: RemoteNode,
    { version, part, isLast, users }: Published & { kind: 'all' },
  ): boolean {
    if (part === 0) node.incoming = { version, parts: 0, users: new Set() };
    const { incoming } = node;
    if (!incoming || incoming.version !== version || incoming.parts !== part) return false;
    incoming.parts += 1;
    for (const userId of users) if (incoming.users.size < MAX_USERS) incoming.users.add(userId);
    if (!isLast) return true;
    node.incoming = undefined;
    node.version = version;
    this.replaceUsers(node, incoming.users);
    return true;
  }

  private replaceUsers(node: RemoteNode, users: ReadonlySet<string>): void {
    for (const userId of node.users) if (!users.has(userId)) this.removeUser(node, userId);
    for (const userId of users) this.addUser(node, userId);
  }

  private addUser({ users }: RemoteNode, userId: string): void {
    if (users.has(userId) || users.size >= MAX_USERS) return;
    const wasOnline = this.has(userId);
    users.add(userId);
    if (!wasOnline) this.changed(userId);
  }

  private removeUser({ users }: RemoteNode, userId: string): void {
    if (users.delete(userId) && !this.has(userId)) this.changed(userId);
  }
}
