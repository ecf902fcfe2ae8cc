import { ConversationFold } from './conversation-fold.js';
import { OwnReactionsFold } from './own-reactions-fold.js';

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

class LatestOwnReactions extends OwnReactionsFold {
  protected override replace(id: string, rev: number, emojis: readonly string[]): void {
    this.sets.set(id, { rev, emojis });
  }
}

/** Takes the own reactions that come last, whatever the `rev` to which they belong. */
export class TakesTheLastOwn extends ConversationFold {
  protected override makeOwnReactions(): OwnReactionsFold {
    return new LatestOwnReactions();
  }
}
