import { guardListener } from '../../../../common/application/guard-listener.js';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';

/** Maximum writes that wait for one turn of a conversation, as in its lane. */
const SHARED_MAX = 4_096;

interface Waiting<Draft, Result> {
  readonly draft: Draft;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** Collects what waits for the turn of one conversation, and has it written together when the turn comes. */
export class SharedWrites<Draft, Result> {
  private readonly open = new Map<string, Waiting<Draft, Result>[]>();

  /**
   * @param write waits for the conversation's turn, then calls `close` for all drafts that are there, in their order;
   * returns a result for each of them
   */
  constructor(
    private readonly write: (
      conversationId: string,
      close: () => readonly Draft[],
    ) => Promise<readonly Result[]>,
  ) {}

  /** @throws UnavailableError when too much waits already; whatever `write` throws, for all that wait */
  add(conversationId: string, draft: Draft): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    const waiting = { draft, resolve, reject };
    const batch = this.open.get(conversationId);
    if (batch && batch.length >= SHARED_MAX) throw new UnavailableError();
    if (batch) batch.push(waiting);
    else this.begin(conversationId, [waiting]);
    return promise;
  }

  private readonly begin = guardListener(async (conversationId: string, batch: Waiting<Draft, Result>[]) => {
    this.open.set(conversationId, batch);
    const close = () => {
      if (this.open.get(conversationId) === batch) this.open.delete(conversationId);
      return batch.map(({ draft }) => draft);
    };
    try {
      const results = await this.write(conversationId, close);
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result);
    } catch (error) {
      close();
      for (const { reject } of batch) reject(error);
    }
  });
}
