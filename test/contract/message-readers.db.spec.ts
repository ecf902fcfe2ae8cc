import { fakeChatSubject } from './fake-chat-subject.js';
import { describeMessageReadersContract } from './message-readers.contract.js';
import { realChatSubject } from './real-chat-subject.js';

describeMessageReadersContract('the fake', fakeChatSubject);
describeMessageReadersContract('PostgreSQL', realChatSubject);
