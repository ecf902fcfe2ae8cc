import { fakeAccountSubject, realAccountSubject } from './account-subject.js';
import { describeProfileChangesContract } from './profile-changes.contract.js';

describeProfileChangesContract('the fake', fakeAccountSubject);
describeProfileChangesContract('PostgreSQL', realAccountSubject);
