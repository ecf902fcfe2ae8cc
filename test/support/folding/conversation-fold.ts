import type { ChangesDto } from '../../../src/arch/modules/chat/interface/http/dto/changes.dto.js';
import type { ConversationDto } from '../../../src/arch/modules/chat/interface/http/dto/conversation.dto.js';
import type { MemberDto } from '../../../src/arch/modules/chat/interface/http/dto/member.dto.js';
import type { MessageDto } from '../../../src/arch/modules/chat/interface/http/dto/message.dto.js';
import { type FoldedChange, inRevOrder, toFoldedChange } from './folded-change.js';
import { isNewer, presentMe } from './own-membership-fold.js';
import { type OwnBeside, OwnReactionsFold } from './own-reactions-fold.js';
import { hideTarget, mentionsOf } from './shown-messages.js';

/** The state of a conversation, as its routes answer it. */
export interface ConversationState {
  readonly conversation: ConversationDto;
  /** By `userId`. */
  readonly members: ReadonlyMap<string, MemberDto>;
  /** By `id`. */
  readonly messages: ReadonlyMap<string, MessageDto>;
  /** The reader's own reactions, by the message's `id`: those to messages without any are left out. */
  readonly own: ReadonlyMap<string, readonly string[]>;
}

/** A page of `changes?events=true`, or what is answered of one of several conversations. */
export type PageOfChanges = Omit<ChangesDto, 'epoch'>;

/** What a live event did: a repeat is known already; before a gap the changes have to be requested. */
export type FoldOutcome = 'applied' | 'repeat' | 'gap' | 'unknown';

/** Settings with these values are left out of a conversation. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  metadata: null,
  posting: 'all',
  adding: 'admins',
  slowModeSeconds: 0,
};

/**
 * What a client keeps of one conversation, and how it applies live events and pages of `changes?events=true` to it:
 * docs/realtime.md, "Missing nothing", in code. All that it needs is the state, and the `rev` up to which it is complete.
 */
export class ConversationFold implements ConversationState {
  readonly members: Map<string, MemberDto>;
  readonly messages: Map<string, MessageDto>;
  protected readonly ownReactions = this.makeOwnReactions();
  /** With `me` as it was received. */
  private shown: ConversationDto;
  /** The newest message of one's own that an event or a page has brought. */
  private sentSeq = 0;

  /**
   * @param rev all changes up to it are in the state, which may have later ones, too
   * @param userId the account whose client it is
   */
  constructor(
    read: ConversationState,
    public rev: number,
    private readonly userId: string,
  ) {
    this.members = new Map(read.members);
    this.messages = new Map(read.messages);
    const { lastMessage } = read.conversation;
    // Messages are read after the conversation: its last one may have changed meanwhile.
    const newest = lastMessage && (read.messages.get(lastMessage.id) ?? lastMessage);
    this.shown = { ...read.conversation, lastMessage: newest };
    this.ownReactions.read([...read.messages.values()], { reactions: Object.fromEntries(read.own) });
  }

  get own(): ReadonlyMap<string, readonly string[]> {
    return this.ownReactions.all;
  }

  get conversation(): ConversationDto {
    const { lastSeq } = this.shown;
    const { role = this.shown.me.role } = this.members.get(this.userId) ?? {};
    const { mentionCount: _then, ...me } = { ...presentMe(this.shown.me, this.sentSeq, lastSeq), role };
    const mentions = mentionsOf(this.messages.values(), this.userId, me.lastReadSeq);
    return {
      ...this.shown,
      memberCount: this.members.size,
      me: { ...me, ...(mentions > 0 && { mentionCount: mentions }) },
    };
  }

  /** @param payload of the event `name` of this conversation's room */
  applyEvent(name: string, payload: unknown): FoldOutcome {
    const change = toFoldedChange(name, payload);
    if (!change) return 'unknown';
    if (this.isKnown(change)) return 'repeat';
    if (this.isGap(change)) return 'gap';
    this.apply(change);
    this.rev = Math.max(this.rev, change.rev);
    this.shown = { ...this.shown, rev: this.rev };
    return 'applied';
  }

  /** @param page of the changes since `rev` */
  applyPage(page: PageOfChanges): void {
    for (const change of inRevOrder(page)) this.apply(change);
    this.ownReactions.read(page.data, page.own);
    if (page.members) this.replaceMembers(page.members);
    const { me } = this.shown;
    this.shown = page.conversation;
    this.hideMessages();
    this.applyMe(me);
    this.rev = page.rev;
  }

  /** All members: those of a page replace what its events gave. */
  replaceMembers(members: readonly MemberDto[]): void {
    this.members.clear();
    for (const member of members) this.members.set(member.userId, member);
  }

  /** `message_read` takes no `rev`, and may be lost: it is a lower bound. */
  applyRead(userId: string, lastReadSeq: number): void {
    const member = this.members.get(userId);
    if (member && member.lastReadSeq < lastReadSeq) this.members.set(userId, { ...member, lastReadSeq });
  }

  /** `own` of `me_updated`. */
  applyOwn(own: OwnBeside): void {
    this.ownReactions.update(own);
  }

  /** `me` of `me_updated`. */
  applyMe(me: ConversationDto['me']): void {
    if (!isNewer(me, this.shown.me)) return;
    this.shown = { ...this.shown, me };
    this.hideMessages();
  }

  protected makeOwnReactions(): OwnReactionsFold {
    return new OwnReactionsFold();
  }

  protected isKnown({ rev }: FoldedChange): boolean {
    return rev <= this.rev;
  }

  protected isGap({ rev, prevRev = rev - 1 }: FoldedChange): boolean {
    return prevRev > this.rev;
  }

  protected replaces(message: MessageDto, known?: MessageDto): boolean {
    return message.rev > (known?.rev ?? 0);
  }

  private hideMessages(): void {
    const { me, lastMessage } = this.shown;
    const { visibleFromSeq = 1 } = me;
    for (const { id, seq } of this.messages.values()) if (seq < visibleFromSeq) this.messages.delete(id);
    for (const [id, message] of this.messages) this.messages.set(id, hideTarget(message, visibleFromSeq));
    if (lastMessage && lastMessage.seq < visibleFromSeq) this.shown = { ...this.shown, lastMessage: null };
  }

  private apply(change: FoldedChange): void {
    if (change.kind === 'message') {
      this.ownReactions.follow(change.message, this.userId, change.delta ?? []);
      this.applyMessage(change.message);
    }
    if (change.kind === 'member') this.members.set(change.member.userId, change.member);
    if (change.kind === 'removal') this.removeMember(change.userId, change.heirId);
    if (change.kind === 'settings') this.applySettings(change.changed);
  }

  private applyMessage(shown: MessageDto): void {
    const { visibleFromSeq = 1 } = this.shown.me;
    const message = hideTarget(shown, visibleFromSeq);
    const { id, seq, senderId } = message;
    // A connection that was in the room when the history was cleared is still told of changes of what was hidden by that.
    if (seq < visibleFromSeq || !this.replaces(message, this.messages.get(id))) return;
    this.messages.set(id, message);
    const { lastMessage, lastSeq } = this.shown;
    if (seq >= (lastMessage?.seq ?? 1)) this.shown = { ...this.shown, lastMessage: message };
    if (seq > lastSeq) this.shown = { ...this.shown, lastSeq: seq, updatedAt: message.createdAt };
    this.applyRead(senderId, seq);
    if (senderId === this.userId) this.sentSeq = Math.max(this.sentSeq, seq);
  }

  private removeMember(userId: string, heirId?: string): void {
    this.members.delete(userId);
    const heir = this.members.get(heirId ?? '');
    if (heir) this.members.set(heir.userId, { ...heir, role: 'owner' });
  }

  private applySettings(changed: Readonly<Record<string, unknown>>): void {
    const merged = { ...this.shown, ...changed };
    const shown = Object.entries(merged).filter(
      ([name, value]) => DEFAULTS[name] !== value || !(name in DEFAULTS),
    );
    this.shown = Object.fromEntries(shown) as ConversationDto;
  }
}
