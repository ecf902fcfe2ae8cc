import { randomUUID } from 'node:crypto';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { guardListener } from '../../application/guard-listener.js';
import { BusPort } from '../../application/ports/bus.port.js';
import type { NodesPort } from '../../application/ports/nodes.port.js';
import { LivingNodes, SILENT_AFTER } from './living-nodes.js';
import { type NodeMessage, parseNodeMessage } from './node-message.js';

/** The channel of the bus. */
const CHANNEL = 'nodes';
/** Milliseconds between heartbeats. */
const HEARTBEAT = 500;
/** Milliseconds that an asker waits for answers. */
const ANSWER_LIMIT = 500;
/** Milliseconds for which silent nodes are asked again, with each heartbeat. */
const REPEATED_FOR = 5_000;

interface OpenRequest {
  readonly text: string;
  readonly askedAt: number;
  /** Nodes that have not answered yet. */
  readonly missing: Set<string>;
  readonly resolve: () => void;
}

/** Nodes know each other by heartbeats on the bus, and answer each other's requests on it. */
@Injectable()
export class LivingNodesAdapter implements NodesPort, OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Nodes');
  private readonly node = randomUUID();
  private readonly others = new LivingNodes();
  private readonly listeners = new Map<string, (request: string) => void>();
  private readonly open = new Map<string, OpenRequest>();
  private heartbeat: NodeJS.Timeout | undefined;

  constructor(private readonly bus: BusPort) {
    bus.subscribe(CHANNEL, (text) => this.receive(parseNodeMessage(text)));
  }

  onApplicationBootstrap(): void {
    if (!this.bus.reachesNodes) return;
    this.publish({ kind: 'heartbeat', node: this.node });
    this.heartbeat = setInterval(
      guardListener(() => this.beat()),
      HEARTBEAT,
    ).unref();
  }

  beforeApplicationShutdown(): void {
    if (this.heartbeat) this.publish({ kind: 'stopped', node: this.node });
    clearInterval(this.heartbeat);
    this.heartbeat = undefined;
  }

  get hearsAllSince(): number | null {
    const now = performance.now();
    const { connection } = this.bus;
    if (!connection || now - connection.heardAt > SILENT_AFTER) return null;
    const heardSince = this.others.heardSince(now);
    return heardSince === null ? null : Math.max(connection.since, heardSince);
  }

  async askNodes(subject: string, request: string): Promise<void> {
    if (!this.bus.reachesNodes) return;
    const id = randomUUID();
    const text = JSON.stringify({
      kind: 'request',
      node: this.node,
      id,
      subject,
      request,
    } satisfies NodeMessage);
    this.bus.publish(CHANNEL, text);
    const askedAt = performance.now();
    const missing = new Set(this.others.living(askedAt));
    if (missing.size === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.open.set(id, { text, askedAt, missing, resolve });
    const timer = setTimeout(resolve, ANSWER_LIMIT);
    await promise;
    clearTimeout(timer);
  }

  onRequest(subject: string, listener: (request: string) => void): void {
    this.listeners.set(subject, listener);
  }

  private beat(): void {
    this.publish({ kind: 'heartbeat', node: this.node });
    const now = performance.now();
    for (const [id, { text, askedAt }] of this.open) {
      if (now - askedAt > REPEATED_FOR) this.open.delete(id);
      else if (now - askedAt > HEARTBEAT / 2) this.bus.publish(CHANNEL, text);
    }
  }

  private receive(message: NodeMessage | null): void {
    if (!message || message.node === this.node) return;
    if (message.kind === 'stopped') return this.onStopped(message.node);
    const isNew = this.others.hear(message.node, performance.now());
    // A node that starts learns of the others at once.
    if (isNew && this.heartbeat) this.publish({ kind: 'heartbeat', node: this.node });
    if (message.kind === 'request') this.answer(message);
    else if (message.kind === 'done' && message.to === this.node) this.onDone(message.node, message.id);
  }

  private answer({ node: to, id, subject, request }: Extract<NodeMessage, { kind: 'request' }>): void {
    try {
      this.listeners.get(subject)?.(request);
      this.publish({ kind: 'done', node: this.node, to, id });
    } catch (error) {
      this.logger.error(error);
    }
  }

  private onDone(node: string, id: string): void {
    const request = this.open.get(id);
    if (!request) return;
    request.missing.delete(node);
    if (request.missing.size > 0) return;
    this.open.delete(id);
    request.resolve();
  }

  private onStopped(node: string): void {
    this.others.forget(node);
    for (const id of this.open.keys()) this.onDone(node, id);
  }

  private publish(message: NodeMessage): void {
    this.bus.publish(CHANNEL, JSON.stringify(message));
  }
}
