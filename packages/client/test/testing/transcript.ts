const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
/** Texts for people, and what belongs to one run. */
const UNSAID = new Set(['message', 'error', 'requestId', 'timestamp', 'path', 'details']);
const SECRET = new Set([
  'accessToken',
  'refreshToken',
  'token',
  'epoch',
  'nextCursor',
  'membersCursor',
  'email',
]);

/** What a server has answered and emitted, without what differs from one run to another. */
export class Transcript {
  private readonly ids = new Map<string, string>();
  readonly entries: unknown[] = [];

  note(what: string, said: unknown): void {
    this.entries.push([what, this.plain(JSON.parse(JSON.stringify(said ?? null)), '')]);
  }

  private plain(value: unknown, name: string): unknown {
    if (typeof value === 'string') return SECRET.has(name) ? `<${name}>` : this.text(value);
    // The version of a profile is a time in microseconds.
    if (typeof value === 'number' && value > 1e15) return '<version>';
    if (Array.isArray(value)) return value.map((item) => this.plain(item, ''));
    if (value === null || typeof value !== 'object') return value;
    const isError = 'code' in value;
    const entries = Object.entries(value)
      .filter(([key]) => !isError || !UNSAID.has(key))
      .filter(([key]) => !['userAgent', 'ip'].includes(key))
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([key, item]) => [this.text(key), this.plain(item, key)]));
  }

  /** Ids by the order in which they were seen. */
  private text(value: string): string {
    if (TIME.test(value)) return '<time>';
    return value.replace(UUID, (id) => {
      const known = this.ids.get(id) ?? `id ${this.ids.size + 1}`;
      this.ids.set(id, known);
      return known;
    });
  }
}
