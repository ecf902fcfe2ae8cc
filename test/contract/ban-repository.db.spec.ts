import { describeBanRepositoryContract } from './ban-repository.contract.js';
import { fakeChatSubject } from './fake-chat-subject.js';
import { realChatSubject } from './real-chat-subject.js';

describeBanRepositoryContract('the fake', fakeChatSubject);
describeBanRepositoryContract('PostgreSQL', realChatSubject);
