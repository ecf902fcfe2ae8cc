import { afterAll, vi } from 'vitest';

const clocks = (): unknown[] => [
  setTimeout,
  setInterval,
  setImmediate,
  Date,
  Reflect.get(performance, 'now'),
];
const before = new Set(clocks());

/**
 * Spec files share a worker and its globals: on a clock that one of them leaves behind, the timers of the next one never
 * fire. Vitest restores all spies after a file; of a spy on a faked function this brings the fake back, unless it was
 * restored before the real clock.
 */
afterAll(() => {
  vi.restoreAllMocks();
  if (!clocks().every((clock) => before.has(clock)))
    throw new Error('The file leaves a fake clock to the next one.');
});
