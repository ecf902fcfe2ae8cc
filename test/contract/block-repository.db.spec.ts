import { describeBlockRepositoryContract } from './block-repository.contract.js';
import { fakeChatSubject } from './fake-chat-subject.js';
import { realChatSubject } from './real-chat-subject.js';

describeBlockRepositoryContract('the fake', fakeChatSubject);
describeBlockRepositoryContract('PostgreSQL', realChatSubject);
