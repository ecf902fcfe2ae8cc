import { ConversationFold } from './conversation-fold.js';

/** Takes what comes last, also when it is an earlier state. */
export class TakesTheLast extends ConversationFold {
  protected override isKnown(): boolean {
    return false;
  }

  protected override replaces(): boolean {
    return true;
  }
}

/** Takes every change as the next one, whatever was missed before it. */
export class SeesNoGap extends ConversationFold {
  protected override isGap(): boolean {
    return false;
  }
}
