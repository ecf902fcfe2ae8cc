import { describeAddMemberContract } from './add-member.contract.js';
import { describeConversationListContract } from './conversation-list.contract.js';
import { describeConversationMemberRepositoryContract } from './conversation-member-repository.contract.js';
import { fakeChatSubject } from './fake-chat-subject.js';
import { realChatSubject } from './real-chat-subject.js';

describeConversationMemberRepositoryContract('the fake', fakeChatSubject);
describeConversationMemberRepositoryContract('PostgreSQL', realChatSubject);
describeAddMemberContract('the fake', fakeChatSubject);
describeAddMemberContract('PostgreSQL', realChatSubject);
describeConversationListContract('the fake', fakeChatSubject);
describeConversationListContract('PostgreSQL', realChatSubject);
