import { guardListener } from '../../application/guard-listener.js';

/** Lines that one key may write a minute. */
const LINES_PER_KEY = 5;
/** Keys that are told apart in a minute; what comes from others then counts under the name they share. */
const MAX_KEYS = 1_000;
/** Milliseconds. */
const MINUTE = 60_000;

interface Written<Line> {
  lines: number;
  omitted: number;
  /** What was left out last, which stands for the others when they are summed up. */
  last: Line;
}

/** So that whoever can provoke a line cannot flood the log: the rest is counted, and summed up once a minute. */
export class LineBudget<Line> {
  private readonly keys = new Map<string, Written<Line>>();
  private timer: NodeJS.Timeout | undefined;

  /** @param summarise writes what was left out: the last such line, and how many there were */
  constructor(private readonly summarise: (last: Line, omitted: number) => void) {}

  /**
   * @param name what keys beyond the bound share
   * @returns whether the line may be written; else it is counted
   */
  takeLine(name: string, key: string, line: Line): boolean {
    this.timer ??= setTimeout(
      guardListener(() => this.flushCounts()),
      MINUTE,
    ).unref();
    const written = this.keys.get(`${name} ${key}`) ?? this.openCount(name, key, line);
    if (written.lines < LINES_PER_KEY) {
      written.lines += 1;
      return true;
    }
    written.omitted += 1;
    written.last = line;
    return false;
  }

  /** Sums up and begins anew: at the end of a minute, and at that of the process. */
  flushCounts(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const over = [...this.keys.values()];
    this.keys.clear();
    for (const { omitted, last } of over) if (omitted > 0) this.summarise(last, omitted);
  }

  private openCount(name: string, key: string, last: Line): Written<Line> {
    const own = this.keys.size < MAX_KEYS ? `${name} ${key}` : name;
    const found = this.keys.get(own);
    if (found) return found;
    const written = { lines: 0, omitted: 0, last };
    this.keys.set(own, written);
    return written;
  }
}
