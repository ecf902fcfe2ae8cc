import type { Contestant } from '../contestants/contestant.js';
import type { Options } from '../options.js';
import type { User } from '../setup/population.js';
import type { Estimate } from '../statistics/median-interval.js';

export type Goal = { readonly atLeast: number } | { readonly atMost: number };

/** A measured figure with a goal. Ratios are Causerie to baseline, unless the name says otherwise. */
export interface Figure {
  readonly name: string;
  readonly unit: 'ratio' | 'ms';
  readonly estimate: Estimate;
  readonly goal: Goal;
}

/** Absolute measurements of one server, as the context of the ratios. */
export interface Detail {
  readonly of: string;
  readonly measures: Readonly<Record<string, number>>;
}

export interface WorkloadResult {
  readonly figures: readonly Figure[];
  readonly details: readonly Detail[];
  /** Lost, doubled or, where order is promised, misordered messages. Any violation makes the run fail. */
  readonly violations: readonly string[];
}

export interface Context {
  readonly options: Options;
  /** Causerie and the baseline; with `--self` the baseline twice; with `--before` Causerie twice. */
  readonly contestants: readonly [Contestant, Contestant];
  /** Members of the workloads' rooms; as many as the largest room has. */
  readonly users: readonly User[];
  /** Two users, members of the small room of `big-room` only. */
  readonly smallRoomUsers: readonly User[];
  /** Five users, members of the conversations of `conversation-list` only. */
  readonly listUsers: readonly User[];
  /** Starts another Causerie on the same database, for workloads that need a fresh process. */
  startCauserie(nodeArguments: readonly string[]): Promise<Contestant>;
}

export interface Workload {
  readonly name: string;
  readonly title: string;
  /** The workload does not use the baseline; `--self` and `--before` omit it. */
  readonly withoutBaseline?: true;
  run(context: Context): Promise<WorkloadResult>;
}

export function isReached({ estimate, goal }: Figure): boolean {
  return 'atLeast' in goal ? estimate.median >= goal.atLeast : estimate.median <= goal.atMost;
}
