import { BanRepositoryFake } from './ban-repository.fake.js';
import { ChatPublisherFake } from './chat-publisher.fake.js';
import { ChatState } from './chat-state.js';
import { ConversationChangeFake } from './conversation-change.fake.js';
import { ConversationCatchUpFake } from './conversation-catch-up.fake.js';
import { ConversationHeadsFake } from './conversation-heads.fake.js';
import { ConversationMemberRepositoryFake } from './conversation-member-repository.fake.js';
import { ConversationRepositoryFake } from './conversation-repository.fake.js';
import { DatabaseEpochFake } from './database-epoch.fake.js';
import { InviteRepositoryFake } from './invite-repository.fake.js';
import { DirectConversationRepositoryFake } from './direct-conversation-repository.fake.js';
import { BlockRepositoryFake } from './block-repository.fake.js';
import { ProfileAudienceFake } from './profile-audience.fake.js';
import { ReachFake } from './reach.fake.js';
import { ConversationQuotaFake } from './conversation-quota.fake.js';
import { MessageChangeFake } from './message-change.fake.js';
import { MessagePinsFake } from './message-pins.fake.js';
import { MessageVersionsFake } from './message-versions.fake.js';
import { MentionsFake } from './mentions.fake.js';
import { MessageQuotaFake } from './message-quota.fake.js';
import { MessageReactionsFake } from './message-reactions.fake.js';
import { MessageReadersFake } from './message-readers.fake.js';
import { MovedPositionsFake } from './moved-positions.fake.js';
import { MessageRepositoryFake } from './message-repository.fake.js';
import { ThreadRepositoryFake } from './thread-repository.fake.js';
import { ThreadFollowersFake } from './thread-followers.fake.js';
import { TimelineFake } from './timeline.fake.js';
import { OwnMembershipFake } from './own-membership.fake.js';
import { TransactionRunnerFake } from './transaction-runner.fake.js';
import { UserRepositoryFake } from './user-repository.fake.js';

/** All ports of the chat module on one state, and methods that fill it. */
export class FakeChat {
  readonly state = new ChatState();
  readonly conversations = new ConversationRepositoryFake(this.state);
  readonly members = new ConversationMemberRepositoryFake(this.state);
  readonly memberships = new OwnMembershipFake(this.state);
  readonly mentions = new MentionsFake(this.state);
  readonly readers = new MessageReadersFake(this.state);
  readonly positions = new MovedPositionsFake(this.state);
  readonly directs = new DirectConversationRepositoryFake(this.state);
  readonly blocks = new BlockRepositoryFake(this.state);
  readonly audiences = new ProfileAudienceFake(this.state);
  readonly reach = new ReachFake(this.state);
  readonly messages = new MessageRepositoryFake(this.state);
  readonly bans = new BanRepositoryFake(this.state);
  readonly invites = new InviteRepositoryFake(this.state);
  readonly live = new ChatPublisherFake();
  readonly change = new ConversationChangeFake(this.state, this.live);
  readonly messageChange = new MessageChangeFake(this.state, this.live);
  readonly threads = new ThreadRepositoryFake(this.state);
  readonly pins = new MessagePinsFake(this.state);
  readonly versions = new MessageVersionsFake(this.state);
  readonly reactions = new MessageReactionsFake(this.state, this.live);
  readonly changes = new ConversationCatchUpFake(this.state);
  readonly followers = new ThreadFollowersFake(this.state);
  readonly timeline = new TimelineFake(this.state);
  readonly heads = new ConversationHeadsFake(this.state);
  readonly users = new UserRepositoryFake(this.state);
  readonly transactions = new TransactionRunnerFake(this.state);
  readonly epoch = new DatabaseEpochFake();
  readonly quota = new MessageQuotaFake();
  readonly conversationQuota = new ConversationQuotaFake();

  /** Returns the new user's id. */
  async signUp(displayName = 'Somebody'): Promise<string> {
    const email = `user-${this.state.users.size}@test.example`;
    return (await this.users.create({ email, displayName })).id;
  }

  /** Returns the new conversation's id. */
  async converse(owner: string, ...others: string[]): Promise<string> {
    const memberCount = others.length + 1;
    const { id } = await this.conversations.create({ createdBy: owner, title: null, memberCount });
    await this.members.addFirstMembers(id, [owner, ...others]);
    return id;
  }
}
