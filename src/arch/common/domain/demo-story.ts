/** What happened in a conversation of the demo data, in order. People are named by their e-mail addresses. */
export type DemoStory = {
  readonly id: string;
  /** How much older than `DEMO_CONVERSATION` it is. */
  readonly hoursBefore: number;
  readonly createdBy: string;
  readonly steps: readonly DemoStep[];
} & (
  | { readonly title: string; readonly members: readonly string[] }
  /** With the creator: notes to oneself. */
  | { readonly directWith: string }
);

/** A message, a change of one, which is named by its `seq`, or a change that the log has. */
export type DemoStep = {
  readonly by: string;
  /** Minutes since the step before; one unless it is said. */
  readonly after?: number;
} & (
  | DemoSaying
  | { readonly edits: number; readonly to: string }
  | { readonly deletes: number }
  | { readonly pins: number }
  | { readonly reacts: string; readonly on: number }
  /** Begins a thread at a message. */
  | { readonly opensThread: string; readonly at: number }
  | { readonly replies: string; readonly inThreadAt: number }
  | { readonly adds: string }
  | { readonly makesAdmin: string }
  | { readonly leaves: true }
  | { readonly sets: { readonly title?: string; readonly posting?: 'admins' } }
);

export interface DemoSaying {
  readonly says: string;
  /** The message that this one replies to. */
  readonly replyTo?: number;
  readonly mentions?: readonly string[];
}
