import { hotRoom, rooms } from './rooms.js';
import type { Workload } from './workload.js';

/** In the order in which they run. */
export const WORKLOADS: readonly Workload[] = [rooms, hotRoom];
