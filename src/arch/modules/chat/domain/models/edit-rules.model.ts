/** Who sees what a message said before its edits; `off`: nobody, and it is not kept. */
export type EditHistory = 'moderators' | 'members' | 'off';

/** What the operator has set for edits. */
export class EditRules {
  /** @param windowSeconds how long after it was sent a message may be edited; 0 is always */
  constructor(
    readonly windowSeconds = 0,
    readonly history: EditHistory = 'moderators',
  ) {}
}
