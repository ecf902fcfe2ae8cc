import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { NodesPort } from '../../src/arch/common/application/ports/nodes.port.js';

interface NodesSubject {
  /** Nodes that hear each other. */
  readonly nodes: readonly [NodesPort, NodesPort, NodesPort];
  /** The last node is not heard any more, without having stopped. */
  crashLast(): Promise<void>;
  stop(): Promise<void>;
}

export function describeNodesContract(name: string, start: () => Promise<NodesSubject>): void {
  describe(`NodesPort on ${name}`, () => {
    let subject: NodesSubject;
    const done: string[] = [];
    beforeAll(async () => {
      subject = await start();
      for (const [index, node] of subject.nodes.entries()) {
        node.onRequest('work', (request) => done.push(`${index} ${request}`));
      }
    });
    afterAll(() => subject.stop());

    it('all other nodes have done what one asks for when it continues', async () => {
      const [one, two] = subject.nodes;
      await one.askNodes('work', 'a');
      expect(done.toSorted()).toEqual(['1 a', '2 a']);
      await two.askNodes('work', 'b');
      expect(done.toSorted()).toEqual(['0 b', '1 a', '2 a', '2 b']);
      await one.askNodes('another subject', 'c');
      expect(done).toHaveLength(4);
    });

    it('a node hears all others, until one is silent; the others still answer', async () => {
      const [one] = subject.nodes;
      await vi.waitFor(() => expect(one.hearsAllSince).not.toBeNull(), { timeout: 10_000 });
      await subject.crashLast();
      await vi.waitFor(() => expect(one.hearsAllSince).toBeNull(), { timeout: 10_000 });
      done.length = 0;
      await one.askNodes('work', 'd');
      expect(done).toContain('1 d');
    });
  });
}
