import { AsyncLocalStorage } from 'node:async_hooks';
import type { TransactionRunnerPort } from '../../src/arch/common/application/ports/transaction-runner.port.js';

/** What can be put back as it was: `ChatState`. */
interface Rememberable {
  remember(): () => void;
}

/** One transaction at a time; puts the state back when its work rejects. */
export class TransactionRunnerFake implements TransactionRunnerPort {
  private readonly running = new AsyncLocalStorage<true>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly state: Rememberable) {}

  run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running.getStore()) return work();
    const begin = () => this.running.run(true, () => this.transact(work));
    const mine = this.last.then(begin, begin);
    this.last = mine;
    return mine;
  }

  private async transact<T>(work: () => Promise<T>): Promise<T> {
    const rollBack = this.state.remember();
    try {
      return await work();
    } catch (error) {
      rollBack();
      throw error;
    }
  }
}
