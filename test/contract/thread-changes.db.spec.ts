import { fakeChatSubject } from './fake-chat-subject.js';
import { realChatSubject } from './real-chat-subject.js';
import { describeThreadChangesContract } from './thread-changes.contract.js';

describeThreadChangesContract('the fake', fakeChatSubject);
describeThreadChangesContract('PostgreSQL', realChatSubject);
