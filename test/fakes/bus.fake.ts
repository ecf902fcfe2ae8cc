import type { BusPort } from '../../src/arch/common/application/ports/bus.port.js';

type Listener = (message: string) => void;

/** Records published messages, and plays those of another node; a topic is a channel with its name. */
export class BusFake implements BusPort {
  readonly reachesNodes = true;
  connection: { since: number; heardAt: number } | null = null;
  readonly published: { channel: string; message: string }[] = [];
  private readonly listeners = new Map<string, Listener[]>();

  publish(channel: string, message: string): void {
    this.published.push({ channel, message });
  }

  subscribe(channel: string, listener: Listener): void {
    this.listeners.set(channel, [...(this.listeners.get(channel) ?? []), listener]);
  }

  publishToTopic(topic: string, message: string): void {
    this.publish(topic, message);
  }

  subscribeToTopic(topic: string, listener: Listener): void {
    this.listeners.set(topic, [listener]);
  }

  /** Delivers a message as if another node had published it. */
  deliverMessage(channel: string, message: string): void {
    for (const listener of this.listeners.get(channel) ?? []) listener(message);
  }
}
