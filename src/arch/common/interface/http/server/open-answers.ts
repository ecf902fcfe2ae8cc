import type { Socket } from 'node:net';
import { Injectable } from '@nestjs/common';
import { guardListener } from '../../../application/guard-listener.js';

/** Milliseconds for an answer to leave once the server is shutting down; afterwards its connection is destroyed. */
const LEAVE_LIMIT = 2_000;

/**
 * Answers that are computed and have not left yet: a caller may take for ever to read them. In lists, not sets: a set
 * that much goes through keeps what it has let go of reachable from its outgrown tables, all of a request in this case,
 * and past the young generation only a full garbage collection finds out.
 */
@Injectable()
export class OpenAnswers {
  private readonly byConnection = new Map<Socket, (() => void)[]>();
  private hurrying = false;

  /**
   * @param left called once, when the answer has left or its connection is gone. An answer that waits behind others of
   * its connection does not learn of the end by itself
   * @returns to be called when the answer has left
   */
  addAnswer(connection: Socket, left: () => void): () => void {
    if (connection.destroyed) {
      left();
      return () => undefined;
    }
    const answers = this.byConnection.get(connection) ?? this.answersOf(connection);
    answers.push(left);
    if (this.hurrying) destroyLater(connection, answers, left);
    return () => {
      // The first one, as a rule: answers leave in their order.
      const place = answers.indexOf(left);
      if (place === -1) return;
      answers.splice(place, 1);
      left();
    };
  }

  /** From now on what has been computed gets so long to leave, and no longer. */
  limitRemainingTime(): void {
    this.hurrying = true;
    for (const [connection, answers] of this.byConnection) {
      for (const left of answers) destroyLater(connection, answers, left);
    }
  }

  private answersOf(connection: Socket): (() => void)[] {
    const answers: (() => void)[] = [];
    this.byConnection.set(connection, answers);
    const close = guardListener(() => {
      this.byConnection.delete(connection);
      for (const left of answers.splice(0)) left();
    });
    connection.once('close', close);
    return answers;
  }
}

function destroyLater(connection: Socket, answers: readonly (() => void)[], left: () => void): void {
  const cut = guardListener(() => {
    if (answers.includes(left)) connection.destroy();
  });
  setTimeout(cut, LEAVE_LIMIT).unref();
}
