import type { Options } from '../options.js';
import type { Machine } from '../setup/machine.js';
import type { WorkloadResult } from '../workloads/workload.js';

export interface NamedResult extends WorkloadResult {
  readonly name: string;
  readonly title: string;
}

export interface Report {
  readonly date: Date;
  readonly options: Options;
  readonly machine: Machine;
  readonly results: readonly NamedResult[];
}
