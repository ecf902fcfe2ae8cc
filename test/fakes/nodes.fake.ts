import type { NodesPort } from '../../src/arch/common/application/ports/nodes.port.js';

/** A node among others of this class, which hear each other unless one is silent. */
export class NodesFake implements NodesPort {
  readonly asked: { readonly subject: string; readonly request: string }[] = [];
  hearsAllSince: number | null = -Infinity;
  private readonly others: NodesFake[] = [];
  private readonly listeners = new Map<string, (request: string) => void>();
  private isSilent = false;

  meet(other: NodesFake): void {
    this.others.push(other);
    other.others.push(this);
  }

  /** The node crashes: the others miss it. */
  crash(): void {
    this.isSilent = true;
    for (const other of this.others) other.hearsAllSince = null;
  }

  async askNodes(subject: string, request: string): Promise<void> {
    this.asked.push({ subject, request });
    for (const other of this.others) other.receive(subject, request);
  }

  onRequest(subject: string, listener: (request: string) => void): void {
    this.listeners.set(subject, listener);
  }

  /** Another node asks this one. */
  receive(subject: string, request: string): void {
    if (!this.isSilent) this.listeners.get(subject)?.(request);
  }
}
