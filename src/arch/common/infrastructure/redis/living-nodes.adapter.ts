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
  /** Nodes that have not answered yet, also silent ones: those may hear again before they are heard again. */
  readonly missing: Set<string>;
  /** Those of them that the asker waits for. */
  readonly awaited: Set<string>;
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
    const missing = new Set(this.others.heardWithin(REPEATED_FOR, askedAt));
    const awaited = new Set(this.others.heardWithin(SILENT_AFTER, askedAt));
    const { promise, resolve } = Promise.withResolvers<void>();
    if (missing.size > 0) this.open.set(id, { text, askedAt, missing, awaited, resolve });
    if (awaited.size === 0) return;
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
    if (message.kind === 'heartbeat') this.onHeartbeat(message.node);
    else if (message.kind === 'request') this.answer(message);
    else if (message.to === this.node) this.onDone(message.node, message.id);
  }

  /** Only heartbeats say that a node lives: one that stops still answers what it is asked. */
  private onHeartbeat(node: string): void {
    const isNew = this.others.hear(node, performance.now());
    // A node that starts learns of the others at once.
    if (isNew && this.heartbeat) this.publish({ kind: 'heartbeat', node: this.node });
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
    const { missing, awaited, resolve } = request;
    missing.delete(node);
    awaited.delete(node);
    if (awaited.size === 0) resolve();
    if (missing.size === 0) this.open.delete(id);
  }

  private onStopped(node: string): void {
    this.others.forget(node);
    for (const id of this.open.keys()) this.onDone(node, id);
  }

  private publish(message: NodeMessage): void {
    this.bus.publish(CHANNEL, JSON.stringify(message));
  }
}
