import type { Socket } from 'node:net';
import { Injectable } from '@nestjs/common';
import { guardListener } from '../../../application/guard-listener.js';

/** Milliseconds for an answer to be sent once the server is shutting down; afterwards its connection is destroyed. */
const LEAVE_LIMIT = 2_000;

/**
 * Computed answers that have not been sent completely: a client may take for ever to read them. They are in lists, not
 * in sets: outgrown tables of a busy set keep removed entries reachable, here whole requests, and once these are in the
 * old generation only a full garbage collection frees them.
 */
@Injectable()
export class OpenAnswers {
  private readonly byConnection = new Map<Socket, (() => void)[]>();
  private hurrying = false;

  /**
   * @param left called once, when the answer has been sent or its connection is closed. An answer behind others of its
   * connection does not notice the close by itself
   * @returns a function to call when the answer has been sent
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
      // Usually the first one: answers are sent in order.
      const place = answers.indexOf(left);
      if (place === -1) return;
      answers.splice(place, 1);
      left();
    };
  }

  /** From now on each computed answer has a limited time to be sent. */
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
