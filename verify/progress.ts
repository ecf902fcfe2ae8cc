import type { Counts } from './counts.ts';

/** Milliseconds between two reports of the counts. */
const REPORT_INTERVAL = 5_000;

/** Reports progress on standard error; standard output is for the result. */
export class Progress {
  private readonly counts: Counts;
  private readonly minutes: number;
  private begun = Date.now();
  private stage = '';
  private timer: NodeJS.Timeout | undefined;

  constructor(counts: Counts, { minutes }: { readonly minutes: number }) {
    this.counts = counts;
    this.minutes = minutes;
  }

  /** Reports that a stage begins. */
  report(stage: string): void {
    this.stage = stage;
    process.stderr.write(`${stage} …\n`);
  }

  /** Starts to report the counts periodically, until `end`. */
  begin(): void {
    this.begun = Date.now();
    this.timer = setInterval(() => this.reportCounts(), REPORT_INTERVAL);
  }

  end(): void {
    clearInterval(this.timer);
  }

  private reportCounts(): void {
    const { acknowledged, duplicatesAnswered, drops, deliveries, retryLaterAnswers } = this.counts;
    const seconds = Math.round((Date.now() - this.begun) / 1000);
    const planned = Number.isFinite(this.minutes) ? ` of ${Math.round(this.minutes * 60)}` : '';
    process.stderr.write(
      `… ${seconds} s${planned} (${this.stage}): ${acknowledged} acknowledged, ${duplicatesAnswered} duplicates, ${drops} drops, ${deliveries} deliveries, ${retryLaterAnswers} answered 429 or 503\n`,
    );
  }
}

/** The part of `Progress` that a round uses. */
export type StageReporter = Pick<Progress, 'report'>;
