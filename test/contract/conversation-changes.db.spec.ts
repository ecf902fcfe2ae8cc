import { describeConversationChangesContract } from './conversation-changes.contract.js';
import { fakeChatSubject } from './fake-chat-subject.js';
import { realChatSubject } from './real-chat-subject.js';

describeConversationChangesContract('the fake', fakeChatSubject);
describeConversationChangesContract('PostgreSQL', realChatSubject);
