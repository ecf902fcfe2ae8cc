import { Body, Controller, Delete, HttpCode } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '../../../../common/domain/principal.js';
import {
  ApiBodyErrors,
  ApiCommonErrors,
  ApiErrors,
} from '../../../../common/interface/http/decorators/api-errors.decorator.js';
import { Authenticated } from '../../../../common/interface/http/decorators/authenticated.decorator.js';
import { Can } from '../../../../common/interface/http/decorators/can.decorator.js';
import { CurrentDevice } from '../../../../common/interface/http/decorators/current-device.decorator.js';
import { CurrentUser } from '../../../../common/interface/http/decorators/current-user.decorator.js';
import { DeleteAccountCommand } from '../../application/commands/delete-account.command.js';
import { type DeleteAccountDto, deleteAccountSchema } from './dto/delete-account.dto.js';

/** Routes for an account as a whole. */
@ApiTags('users')
@Authenticated()
@ApiErrors('USER_NOT_FOUND')
@ApiCommonErrors()
@Controller('users/me')
export class AccountController {
  constructor(private readonly commands: CommandBus) {}

  @Delete()
  @HttpCode(204)
  @Can('user', 'update')
  @ApiOperation({
    summary:
      'Delete my account: private posts are deleted; messages and public posts stay, by a “Deleted user”',
    description:
      'Needs the password once more. Ends every session and socket, leaves every conversation, and cannot be undone. Erases the profile with its e-mail address, the avatar, private posts, and the sessions’ tokens, addresses and user agents. Messages and public posts stay as they are, under the name “Deleted user”.',
  })
  @ApiNoContentResponse({ description: 'The account is deleted, and all its sessions have ended.' })
  @ApiBodyErrors('INVALID_CREDENTIALS')
  async deleteAccount(
    @CurrentUser() user: Principal,
    @Body({ schema: deleteAccountSchema }) { password }: DeleteAccountDto,
    @CurrentDevice() { ip }: { readonly ip: string | null },
  ): Promise<void> {
    await this.commands.execute(new DeleteAccountCommand(user.sub, password, ip));
  }
}
