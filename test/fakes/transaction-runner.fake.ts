import { AsyncLocalStorage } from 'node:async_hooks';
import type {
  Telling,
  TransactionRunnerPort,
} from '../../src/arch/common/application/ports/transaction-runner.port.js';
import { UnavailableError } from '../../src/arch/common/domain/errors/unavailable.error.js';

/** What can be put back as it was: `ChatState`. */
interface Rememberable {
  remember(): () => void;
}

/** One transaction at a time; puts the state back when its work rejects. */
export class TransactionRunnerFake implements TransactionRunnerPort {
  /** Whether the answer to the next COMMIT is lost, and whether it has taken place all the same. */
  losesCommit: 'stored' | 'undone' | undefined;
  private readonly running = new AsyncLocalStorage<Telling[]>();
  private last: Promise<unknown> = Promise.resolve();
  private readonly interrupted: Telling[] = [];

  constructor(private readonly state: Rememberable) {}

  runInTransaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.running.getStore()) return work();
    const begin = () => this.transact(work);
    const mine = this.last.then(begin, begin);
    this.last = mine;
    return mine;
  }

  afterCommit(telling: Telling): void {
    const tellings = this.running.getStore();
    if (tellings) tellings.push(telling);
    else telling.tell();
  }

  /** The database answers again. */
  async recover(): Promise<void> {
    for (const { isStored, tell } of this.interrupted.splice(0)) if (await isStored()) tell();
  }

  private async transact<T>(work: () => Promise<T>): Promise<T> {
    const tellings: Telling[] = [];
    const rollBack = this.state.remember();
    let result: T;
    try {
      result = await this.running.run(tellings, work);
    } catch (error) {
      rollBack();
      throw error;
    }
    this.commit(tellings, rollBack);
    return result;
  }

  private commit(tellings: readonly Telling[], rollBack: () => void): void {
    const lost = this.losesCommit;
    this.losesCommit = undefined;
    if (!lost) return tellings.forEach(({ tell }) => tell());
    if (lost === 'undone') rollBack();
    this.interrupted.push(...tellings);
    throw new UnavailableError();
  }
}
