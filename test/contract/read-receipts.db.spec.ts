import { fakeChatSubject } from './fake-chat-subject.js';
import { describeReadReceiptsContract } from './read-receipts.contract.js';
import { realChatSubject } from './real-chat-subject.js';

describeReadReceiptsContract('the fakes', fakeChatSubject);
describeReadReceiptsContract('PostgreSQL', realChatSubject);
