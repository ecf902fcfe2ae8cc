import { type CauserieClient, createClient } from '@causerie/client';
import { createTestServer, type TestAccount } from '@causerie/client/testing';
import { type Counts, createCountedClient } from './counted-client.ts';

declare global {
  interface Window {
    stage: Stage;
  }
}

/** What the page shows: all hooks on a conversation, or nothing. */
export interface Shown {
  readonly id: string | null;
  /** Whether the conversation is marked as read as soon as it is shown. */
  readonly marksRead?: boolean;
}

/** Ada looks at the page; Bob has a client without one; both are in two conversations on a server in memory. */
export class Stage {
  readonly server = createTestServer();
  readonly ada = this.server.user('Ada');
  readonly bob = this.server.user('Bob');
  readonly first = this.server.conversation(this.ada, this.bob);
  readonly second = this.server.conversation(this.ada, this.bob);
  readonly counts: Counts;
  readonly client: CauserieClient;
  readonly other = createClient({ url: this.server.url, transport: this.server.transport() });
  shown: Shown = { id: this.first };
  /** The hooks whose component was rendered again, in the order of time. */
  rendered: string[] = [];
  show: (shown: Shown) => void = () => undefined;

  constructor() {
    const { client, counts } = createCountedClient(this.server.url, this.server.transport());
    this.client = client;
    this.counts = counts;
  }

  signIn(user: TestAccount): Promise<unknown> {
    return this.client.session.adopt(user.tokens);
  }

  /** What a hook gives now, as it is shown. */
  given(hook: string): unknown {
    const text = document.querySelector(`[data-hook=${hook}]`)?.textContent;
    return text === undefined ? undefined : JSON.parse(text);
  }

  /** Two frames later: what was to be rendered has been. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
    });
  }
}
