import { AsyncLocalStorage } from 'node:async_hooks';
import type {
  Publication,
  TransactionRunnerPort,
} from '../../src/arch/common/application/ports/transaction-runner.port.js';
import { UnavailableError } from '../../src/arch/common/domain/errors/unavailable.error.js';

/** A state that can be restored, such as `ChatState`. */
interface Rememberable {
  remember(): () => void;
}

/** Runs one transaction at a time; restores the state when its work rejects. */
export class TransactionRunnerFake implements TransactionRunnerPort {
  /** Whether the answer to the next COMMIT is lost, and whether the transaction was committed nevertheless. */
  losesCommit: 'stored' | 'undone' | undefined;
  private readonly running = new AsyncLocalStorage<Publication[]>();
  private last: Promise<unknown> = Promise.resolve();
  private readonly interrupted: Publication[] = [];

  constructor(private readonly state: Rememberable) {}

  runInTransaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.running.getStore()) return work();
    const begin = () => this.transact(work);
    const turn = this.last.then(begin, begin);
    this.last = turn;
    return turn;
  }

  afterCommit(publication: Publication): void {
    const publications = this.running.getStore();
    if (publications) publications.push(publication);
    else publication.publish();
  }

  /** The database answers again. */
  async recover(): Promise<void> {
    for (const { isStored, publish } of this.interrupted.splice(0)) if (await isStored()) publish();
  }

  private async transact<T>(work: () => Promise<T>): Promise<T> {
    const publications: Publication[] = [];
    const rollBack = this.state.remember();
    let result: T;
    try {
      result = await this.running.run(publications, work);
    } catch (error) {
      rollBack();
      throw error;
    }
    this.commit(publications, rollBack);
    return result;
  }

  private commit(publications: readonly Publication[], rollBack: () => void): void {
    const lost = this.losesCommit;
    this.losesCommit = undefined;
    if (!lost) return publications.forEach(({ publish }) => publish());
    if (lost === 'undone') rollBack();
    this.interrupted.push(...publications);
    throw new UnavailableError();
  }
}
