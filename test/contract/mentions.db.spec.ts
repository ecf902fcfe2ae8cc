import { fakeChatSubject } from './fake-chat-subject.js';
import { describeMentionsContract } from './mentions.contract.js';
import { realChatSubject } from './real-chat-subject.js';

describeMentionsContract('the fake', fakeChatSubject);
describeMentionsContract('PostgreSQL', realChatSubject);
