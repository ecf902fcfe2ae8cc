import type { Contestant } from '../contestants/contestant.js';
import type { Options } from '../options.js';
import type { User } from '../setup/population.js';
import type { Estimate } from '../statistics/median-interval.js';

export type Goal = { readonly atLeast: number } | { readonly atMost: number };

/** Something that has a goal; ratios are Causerie to baseline unless the name says otherwise. */
export interface Figure {
  readonly name: string;
  readonly unit: 'ratio' | 'ms';
  readonly estimate: Estimate;
  readonly goal: Goal;
}

/** What was measured of one server, for the reader to judge the ratios by. */
export interface Detail {
  readonly of: string;
  readonly measures: Readonly<Record<string, number>>;
}

export interface WorkloadResult {
  readonly figures: readonly Figure[];
  readonly details: readonly Detail[];
  /** What must never be: losses, doubles, disorder where order is promised. Any makes the run fail. */
  readonly violations: readonly string[];
}

export interface Context {
  readonly options: Options;
  /** Causerie and the baseline, with `--self` the baseline twice, with `--before` Causerie twice. */
  readonly contestants: readonly [Contestant, Contestant];
  /** Who sits in the rooms of the workloads; as many as the largest room has. */
  readonly users: readonly User[];
  /** Two, who are in no room of `users`. */
  readonly beside: readonly User[];
  /** Five, who are in no room at all. */
  readonly apart: readonly User[];
  /** A Causerie of its own on the same database, for what needs a fresh process. */
  startCauserie(nodeArguments: readonly string[]): Promise<Contestant>;
}

export interface Workload {
  readonly name: string;
  readonly title: string;
  /** Compares nothing with the baseline, so `--self` and `--before` leave it out. */
  readonly withoutBaseline?: true;
  run(context: Context): Promise<WorkloadResult>;
}

export function isReached({ estimate, goal }: Figure): boolean {
  return 'atLeast' in goal ? estimate.median >= goal.atLeast : estimate.median <= goal.atMost;
}
