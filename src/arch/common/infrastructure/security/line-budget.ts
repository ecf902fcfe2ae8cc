import { guardListener } from '../../application/guard-listener.js';

/** Lines of one key a minute. */
const LINES_PER_KEY = 5;
/** Keys that are distinguished in a minute; further ones count together under their event's name. */
const MAX_KEYS = 1_000;
/** Milliseconds. */
const MINUTE = 60_000;

interface Written<Line> {
  lines: number;
  omitted: number;
  /** The last omitted line, which stands for the others in the summary. */
  last: Line;
}

/**
 * Limits lines that callers can provoke, so that they cannot flood the log: further ones are counted, and summarised
 * once a minute.
 */
export class LineBudget<Line> {
  private readonly keys = new Map<string, Written<Line>>();
  private timer: NodeJS.Timeout | undefined;

  /** @param summarise writes the last omitted line and the number of omitted ones */
  constructor(private readonly summarise: (last: Line, omitted: number) => void) {}

  /**
   * @param name common name of the keys above the bound
   * @returns whether the line may be written; otherwise it is counted
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

  /** Writes the summaries and resets the counts: every minute, and at the end of the process. */
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
