import { fakeChatSubject } from './fake-chat-subject.js';
import { describeReachContract } from './reach.contract.js';
import { realChatSubject } from './real-chat-subject.js';

describeReachContract('the fake', fakeChatSubject);
describeReachContract('PostgreSQL', realChatSubject);
