import type { Routes } from '../contract.ts';

/** What a route takes: `params` of its path, `query`, and `body`, which is a form for an upload. */
export type CallInput<R extends keyof Routes> = Omit<Routes[R], 'answer'>;
