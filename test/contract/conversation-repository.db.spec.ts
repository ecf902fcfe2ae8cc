import { describeConversationRepositoryContract } from './conversation-repository.contract.js';
import { describeDeletedConversationContract } from './deleted-conversation.contract.js';
import { fakeChatSubject } from './fake-chat-subject.js';
import { realChatSubject } from './real-chat-subject.js';

describeConversationRepositoryContract('the fake', fakeChatSubject);
describeConversationRepositoryContract('PostgreSQL', realChatSubject);
describeDeletedConversationContract('the fake', fakeChatSubject);
describeDeletedConversationContract('PostgreSQL', realChatSubject);
