import { fakeChatSubject } from './fake-chat-subject.js';
import { realChatSubject } from './real-chat-subject.js';
import { describeThreadRepositoryContract } from './thread-repository.contract.js';

describeThreadRepositoryContract('the fake', fakeChatSubject);
describeThreadRepositoryContract('PostgreSQL', realChatSubject);
