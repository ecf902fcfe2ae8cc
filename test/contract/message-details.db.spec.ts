import { fakeChatSubject } from './fake-chat-subject.js';
import { describeMessagePinsContract } from './message-pins.contract.js';
import { describeMessageVersionsContract } from './message-versions.contract.js';
import { realChatSubject } from './real-chat-subject.js';

describeMessagePinsContract('the fake', fakeChatSubject);
describeMessagePinsContract('PostgreSQL', realChatSubject);
describeMessageVersionsContract('the fake', fakeChatSubject);
describeMessageVersionsContract('PostgreSQL', realChatSubject);
