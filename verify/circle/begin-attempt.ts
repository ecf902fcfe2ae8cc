import type { OpenAttempt } from './circle-record.ts';

/** A request that is about to be made. Without an answer it remains as it is. */
export function beginAttempt(): OpenAttempt {
  return { outcome: 'unknown', begun: performance.now(), ended: Infinity, code: '' };
}

/** Takes note of an answer. @param code of the refusal */
export function endAttempt(attempt: OpenAttempt, code = ''): void {
  attempt.outcome = code === '' ? 'done' : 'refused';
  attempt.ended = performance.now();
  attempt.code = code;
}
