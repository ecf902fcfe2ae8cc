import { fakeChatSubject } from './fake-chat-subject.js';
import { realChatSubject } from './real-chat-subject.js';
import { describeTransactionRunnerContract } from './transaction-runner.contract.js';

describeTransactionRunnerContract('the fake', fakeChatSubject);
describeTransactionRunnerContract('PostgreSQL', realChatSubject);
