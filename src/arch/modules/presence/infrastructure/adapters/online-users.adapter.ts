import { randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { guardListener } from '../../../../common/application/guard-listener.js';
import { BusPort } from '../../../../common/application/ports/bus.port.js';
import { ConnectedUsersPort } from '../../../../common/application/ports/connected-users.port.js';
import type { OnlineUsersPort } from '../../application/ports/online-users.port.js';
import { type NodeMessage, parseNodeMessage } from '../nodes/node-message.js';
import { OwnUsers } from '../nodes/own-users.js';
import { RemoteUsers } from '../nodes/remote-users.js';

/** The channel of the bus. */
const CHANNEL = 'presence';
/** Milliseconds between the signs of life of a node. */
const HEARTBEAT = 5_000;

/**
 * Each node publishes its users, and knows those of the others. While Redis is unavailable the others are silent: their
 * users count as offline after a while, and come back with the next sign of life.
 */
@Injectable()
export class OnlineUsersAdapter implements OnlineUsersPort, OnApplicationBootstrap, OnApplicationShutdown {
  private readonly listeners: ((userId: string) => void)[] = [];
  private readonly own: OwnUsers;
  private readonly remote: RemoteUsers;
  private heartbeat: NodeJS.Timeout | undefined;

  constructor(
    private readonly connected: ConnectedUsersPort,
    private readonly bus: BusPort,
  ) {
    this.own = new OwnUsers(randomUUID(), connected, (message) => this.publish(message));
    this.remote = new RemoteUsers((userId) => {
      if (!connected.isConnected(userId)) this.notifyListeners(userId);
    });
    connected.onChange((userId, isConnected) => {
      if (bus.reachesNodes) this.own.userChanged(userId, isConnected);
      if (!this.remote.has(userId)) this.notifyListeners(userId);
    });
    bus.subscribe(CHANNEL, (message) => this.receive(parseNodeMessage(message)));
  }

  isOnline(userId: string): boolean {
    return this.connected.isConnected(userId) || this.remote.has(userId);
  }

  onChange(listener: (userId: string) => void): void {
    this.listeners.push(listener);
  }

  onApplicationBootstrap(): void {
    if (!this.bus.reachesNodes) return;
    this.own.publishAlive();
    this.heartbeat = setInterval(
      guardListener(() => {
        this.own.publishAlive();
        this.remote.evictSilent(performance.now());
      }),
      HEARTBEAT,
    ).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.heartbeat);
    if (this.bus.reachesNodes) this.own.stop();
  }

  private notifyListeners(userId: string): void {
    for (const listener of this.listeners) listener(userId);
  }

  private receive(message: NodeMessage | null): void {
    if (!message) return;
    if (message.kind === 'asked') {
      if (message.node === this.own.node) this.own.publishAllSoon();
      return;
    }
    const { introduces, asks } = this.remote.receiveMessage(message, performance.now());
    if (introduces) this.own.publishAlive();
    if (asks) this.publish({ kind: 'asked', node: message.node });
  }

  private publish(message: NodeMessage): void {
    this.bus.publish(CHANNEL, JSON.stringify(message));
  }
}
