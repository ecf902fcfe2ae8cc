import { fakeAccountSubject, realAccountSubject } from './account-subject.js';
import { describeProfileRepositoryContract } from './profile-repository.contract.js';
import { describeProfileSearchContract } from './profile-search.contract.js';

describeProfileRepositoryContract('the fake', fakeAccountSubject);
describeProfileRepositoryContract('PostgreSQL', realAccountSubject);
describeProfileSearchContract('the fake', fakeAccountSubject);
describeProfileSearchContract('PostgreSQL', realAccountSubject);
