import type { Counts } from './counts.ts';

/** Milliseconds between two lines. */
const PAUSE = 5_000;

/** What is being done, for whoever waits: lines on standard error, as standard output is left to the result. */
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

  /** Another stage begins. */
  tell(stage: string): void {
    this.stage = stage;
    process.stderr.write(`${stage} …\n`);
  }

  /** From here on the counts are told, too, until the end. */
  begin(): void {
    this.begun = Date.now();
    this.timer = setInterval(() => this.tellCounts(), PAUSE);
  }

  end(): void {
    clearInterval(this.timer);
  }

  private tellCounts(): void {
    const { acknowledged, duplicatesAnswered, drops, deliveries, toldToWait } = this.counts;
    const seconds = Math.round((Date.now() - this.begun) / 1000);
    const planned = Number.isFinite(this.minutes) ? ` of ${Math.round(this.minutes * 60)}` : '';
    process.stderr.write(
      `… ${seconds} s${planned} (${this.stage}): ${acknowledged} acknowledged, ${duplicatesAnswered} duplicates, ${drops} drops, ${deliveries} deliveries, ${toldToWait} told to wait\n`,
    );
  }
}

/** Of the callers that show nothing. */
export type Teller = Pick<Progress, 'tell'>;
