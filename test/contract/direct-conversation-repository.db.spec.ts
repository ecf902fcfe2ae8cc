import { describeDirectConversationRepositoryContract } from './direct-conversation-repository.contract.js';
import { fakeChatSubject } from './fake-chat-subject.js';
import { realChatSubject } from './real-chat-subject.js';

describeDirectConversationRepositoryContract('the fake', fakeChatSubject);
describeDirectConversationRepositoryContract('PostgreSQL', realChatSubject);
