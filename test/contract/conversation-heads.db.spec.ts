import { describeConversationHeadsContract } from './conversation-heads.contract.js';
import { fakeChatSubject } from './fake-chat-subject.js';
import { realChatSubject } from './real-chat-subject.js';

describeConversationHeadsContract('the fake', fakeChatSubject);
describeConversationHeadsContract('PostgreSQL', realChatSubject);
