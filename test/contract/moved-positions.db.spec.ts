import { fakeChatSubject } from './fake-chat-subject.js';
import { describeMovedPositionsContract } from './moved-positions.contract.js';
import { realChatSubject } from './real-chat-subject.js';

describeMovedPositionsContract('the fake', fakeChatSubject);
describeMovedPositionsContract('PostgreSQL', realChatSubject);
