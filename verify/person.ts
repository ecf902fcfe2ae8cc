import type { Account } from './account.ts';
import type { MessageList } from './history.ts';
import type { Overview } from './overview.ts';
import type { Recorder } from './recorder.ts';

/** Somebody who sends and receives messages: with requests and a socket of its own, or with the client library. */
export interface Person {
  readonly client: number;
  readonly account: Account;
  readonly recorder: Recorder;
  readonly overview: Overview;
  /** Connects. */
  open(): Promise<void>;
  /** To be called when the person has become a member of a conversation. */
  addConversation(conversation: number): void;
  /** Acts until `enough()`, and resolves when every message is acknowledged or refused. */
  run(enough: () => boolean): Promise<void>;
  /** Resolves when everything has been received; nobody acts any more. */
  settle(): Promise<void>;
  /** What the person has of the messages of each of its conversations. */
  lists(): readonly MessageList[];
  end(): void;
}
