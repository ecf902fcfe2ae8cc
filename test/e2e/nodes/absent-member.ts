import type { ApiAnswer } from '../../support/api.js';
import { rounds } from '../../support/rounds.js';
import type { Landed } from './absences.js';

/** Where a member acts. */
export interface Place {
  /** A request below `/chat/conversations/:id`, to one node after the other. */
  readonly call: (method: string, path: string, body?: object) => Promise<ApiAnswer>;
  /** Messages of which nobody else changes the first two. */
  readonly messages: Readonly<Record<'edited' | 'reactedTo' | 'repliedTo', string>>;
  /** A request to a thread of the conversation in which nobody else writes. */
  readonly callInThread: Place['call'];
}

/** @param n how often it was done before */
type Act = (place: Place, n: number) => Promise<ApiAnswer>;

/** Its `rev` is one of the thread. In the conversation it shows as a change of the message at which the thread has begun. */
export const IN_THREAD = 'reply in a thread';

/** What a member does all the time, whether it may or not. All of it takes a `rev` of the conversation. */
export const ACTS = {
  edit: ({ call, messages }, n) => call('PATCH', `/messages/${messages.edited}`, { content: `edit ${n}` }),
  reaction: ({ call, messages }, n) =>
    call(n % 2 === 0 ? 'PUT' : 'DELETE', `/messages/${messages.reactedTo}/reactions/x`),
  reply: ({ call, messages }, n) =>
    call('POST', '/messages', { content: `reply ${n}`, replyToId: messages.repliedTo }),
  [IN_THREAD]: ({ callInThread }, n) => callInThread('POST', '/messages', { content: `in the thread ${n}` }),
} satisfies Record<string, Act>;
export type ActName = keyof typeof ACTS;

type Outcome = 'accepted' | 'refused';

/** Does one thing again and again. */
export class Doer {
  /** With a `rev` of the conversation. */
  readonly accepted: Landed[] = [];
  /** How often it was accepted. */
  count = 0;
  private awaited: { readonly outcome: Outcome; readonly resolve: () => void } | undefined;
  private isOver = false;

  constructor(
    readonly name: ActName,
    private readonly place: Place,
  ) {}

  /** Until it is stopped; rejects when it is refused for any other reason than that it is no member. */
  async run(): Promise<void> {
    for (const n of rounds(1_000_000)) {
      if (this.isOver) return;
      const outcome = this.note(await ACTS[this.name](this.place, n));
      if (this.awaited?.outcome !== outcome) continue;
      this.awaited.resolve();
      this.awaited = undefined;
    }
  }

  stop(): void {
    this.isOver = true;
  }

  /** Resolves when it is answered so the next time. */
  until(outcome: Outcome): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.awaited = { outcome, resolve };
    return promise;
  }

  private note({ status, body }: ApiAnswer): Outcome {
    if (body.code === 'NOT_CONVERSATION_MEMBER') return 'refused';
    if (status >= 300) throw new Error(`${this.name} is answered ${status} ${body.code}.`);
    this.count += 1;
    const rev = body.message?.rev ?? body.rev;
    if (this.name !== IN_THREAD) this.accepted.push({ what: this.name, rev });
    return 'accepted';
  }
}
