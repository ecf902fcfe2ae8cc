import { catchUp } from '../../src/merge/catch-up.ts';
import type { MergeInput } from '../../src/merge/merge-input.ts';
import { emptyState, type MergeState } from '../../src/merge/merge-state.ts';
import { merge } from '../../src/merge/merge.ts';
import type { ModelMessage } from './model-server.ts';

/** The module that is tested, or one with a fault. */
export const merging = { merge, emptyState, catchUp };
export type Merging = typeof merging;
export type State = MergeState<ModelMessage>;
export type Input = MergeInput<ModelMessage>;
