import { fakeChatSubject } from './fake-chat-subject.js';
import { realChatSubject } from './real-chat-subject.js';
import { describeTimelineContract } from './timeline.contract.js';

describeTimelineContract('the fake', fakeChatSubject);
describeTimelineContract('PostgreSQL', realChatSubject);
