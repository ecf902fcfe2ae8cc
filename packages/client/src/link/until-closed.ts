import { nothing } from '../defaults/deferred.ts';
import { CauserieError } from '../errors/causerie-error.ts';

/** Work that is given up when the client is closed. */
export interface UntilClosed {
  run<T>(work: () => Promise<T>): Promise<T>;
  close(): void;
}

export function createUntilClosed(): UntilClosed {
  const rejections = new Set<(error: CauserieError) => void>();
  let isClosed = false;
  return {
    async run(work) {
      if (isClosed) throw new CauserieError('CLOSED');
      let giveUp = nothing as (error: CauserieError) => void;
      const closed = new Promise<never>((_, reject) => (giveUp = reject));
      rejections.add(giveUp);
      return Promise.race([work(), closed]).finally(() => rejections.delete(giveUp));
    },
    close() {
      isClosed = true;
      for (const reject of rejections) reject(new CauserieError('CLOSED'));
    },
  };
}
