import { describeClientMessageIdContract } from './client-message-id.contract.js';
import { fakeChatSubject } from './fake-chat-subject.js';
import { describeMessageHistoryContract } from './message-history.contract.js';
import { describeMessageRepositoryContract } from './message-repository.contract.js';
import { realChatSubject } from './real-chat-subject.js';
import { describeRichMessagesContract } from './rich-messages.contract.js';
import { describeSendingGuardsContract } from './sending-guards.contract.js';

describeMessageRepositoryContract('the fake', fakeChatSubject);
describeMessageRepositoryContract('PostgreSQL', realChatSubject);
describeClientMessageIdContract('the fake', fakeChatSubject);
describeClientMessageIdContract('PostgreSQL', realChatSubject);
describeMessageHistoryContract('the fake', fakeChatSubject);
describeMessageHistoryContract('PostgreSQL', realChatSubject);
describeRichMessagesContract('the fake', fakeChatSubject);
describeRichMessagesContract('PostgreSQL', realChatSubject);
describeSendingGuardsContract('the fake', fakeChatSubject);
describeSendingGuardsContract('PostgreSQL', realChatSubject);
