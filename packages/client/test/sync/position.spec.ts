import { describe, expect, it } from 'vitest';
import { afterCreation, isFirst, noteMessage, type Position } from '../../src/sync/position.ts';
import { conversationOf, messageOf } from '../support/fake-scope.ts';

describe('how far a bot has come', () => {
  it('knows a message that is told late, because it has changed, as new', () => {
    let position: Position = { rev: 4, seq: 4, holes: [] };
    position = noteMessage(position, messageOf(6, { rev: 6 }));
    position = noteMessage(position, messageOf(7, { rev: 7 }));
    const edited = messageOf(5, { rev: 8 });
    expect(isFirst(position, edited)).toBe(true);
    position = noteMessage(position, edited);
    expect(position).toEqual({ rev: 8, seq: 7, holes: [] });
    expect(isFirst(position, messageOf(5, { rev: 9 }))).toBe(false);
    expect(isFirst(position, messageOf(3, { rev: 10 }))).toBe(false);
  });

  it('does not take the history before a membership for messages that are missing', () => {
    const before: Position = { rev: 0, seq: 0, holes: [], isNew: true };
    expect(noteMessage(before, messageOf(900)).holes).toEqual([]);
  });

  it('begins a direct conversation with its first message, also when later ones have come before', () => {
    for (const lastSeq of [1, 3]) {
      const direct = conversationOf({ type: 'direct', lastSeq, rev: lastSeq });
      expect(afterCreation(direct)).toMatchObject({ rev: 0, seq: 0 });
    }
    expect(afterCreation(conversationOf({ lastSeq: 9, rev: 12 }))).toMatchObject({ rev: 12, seq: 9 });
  });
});
