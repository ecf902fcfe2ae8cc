import { CommonPasswordsAdapter } from '../../src/arch/modules/auth/infrastructure/adapters/common-passwords.adapter.js';
import { CommonPasswordsFake } from '../fakes/common-passwords.fake.js';
import { describeCommonPasswordsContract } from './common-passwords.contract.js';

describeCommonPasswordsContract('the fake', new CommonPasswordsFake());
describeCommonPasswordsContract("zxcvbn's list", new CommonPasswordsAdapter());
