import { describeConversationRepositoryContract } from './conversation-repository.contract.js';
import { fakeChatSubject } from './fake-chat-subject.js';
import { realChatSubject } from './real-chat-subject.js';

describeConversationRepositoryContract('the fake', fakeChatSubject);
describeConversationRepositoryContract('PostgreSQL', realChatSubject);
