import { beforeEach, expect, it } from 'vitest';
import { LivingNodes, SILENT_AFTER } from './living-nodes.js';

let nodes: LivingNodes;
beforeEach(() => {
  nodes = new LivingNodes();
});

it('a node lives as long as it is heard', () => {
  expect(nodes.hear('a', 1_000)).toBe(true);
  expect(nodes.hear('a', 1_500)).toBe(false);
  nodes.hear('b', 2_000);
  expect(nodes.heardWithin(SILENT_AFTER, 1_500 + SILENT_AFTER)).toEqual(['a', 'b']);
  expect(nodes.heardWithin(SILENT_AFTER, 1_501 + SILENT_AFTER)).toEqual(['b']);
});

it('all nodes have been heard since the last one became known, or came back', () => {
  expect(nodes.heardSince(0)).toBe(0);
  nodes.hear('a', 1_000);
  expect(nodes.heardSince(1_000 + SILENT_AFTER)).toBe(1_000);
  expect(nodes.heardSince(1_001 + SILENT_AFTER)).toBeNull();
  nodes.hear('a', 9_000);
  expect(nodes.heardSince(9_001)).toBe(9_000);
});

it('a node that has stopped is not missed, one that is silent for ten minutes is given up', () => {
  for (const node of ['a', 'b']) nodes.hear(node, 1_000);
  nodes.forget('a');
  expect(nodes.heardSince(500_000)).toBeNull();
  expect(nodes.heardSince(601_000)).toBeNull();
  expect(nodes.heardSince(601_001)).toBe(601_001);
  expect(nodes.heardWithin(SILENT_AFTER, 601_001)).toEqual([]);
});
