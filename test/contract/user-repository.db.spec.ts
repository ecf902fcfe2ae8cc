import { fakeChatSubject } from './fake-chat-subject.js';
import { realChatSubject } from './real-chat-subject.js';
import { describeUserRepositoryContract } from './user-repository.contract.js';

describeUserRepositoryContract('the fake', fakeChatSubject);
describeUserRepositoryContract('PostgreSQL', realChatSubject);
