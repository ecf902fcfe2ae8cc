import { describeConversationCatchUpContract } from './conversation-catch-up.contract.js';
import { fakeChatSubject } from './fake-chat-subject.js';
import { realChatSubject } from './real-chat-subject.js';

describeConversationCatchUpContract('the fake', fakeChatSubject);
describeConversationCatchUpContract('PostgreSQL', realChatSubject);
