import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '../../../../common/domain/principal.js';
import {
  ApiAddressErrors,
  ApiBodyErrors,
  ApiCommonErrors,
  ApiPageErrors,
} from '../../../../common/interface/http/decorators/api-errors.decorator.js';
import { Authenticated } from '../../../../common/interface/http/decorators/authenticated.decorator.js';
import { Can } from '../../../../common/interface/http/decorators/can.decorator.js';
import { CurrentUser } from '../../../../common/interface/http/decorators/current-user.decorator.js';
import {
  type PageQueryDto,
  pageQuerySchema,
} from '../../../../common/interface/validation/parameter.schema.js';
import { DeleteMessageCommand } from '../../application/commands/delete-message.command.js';
import { EditMessageCommand } from '../../application/commands/edit-message.command.js';
import { GetMessageQuery } from '../../application/queries/get-message.query.js';
import { ListVersionsQuery } from '../../application/queries/list-versions.query.js';
import { conversationId, MESSAGE_ERRORS, messageId as messageIdParameter } from './conversation-path.js';
import { type EditMessageDto, editMessageSchema } from './dto/edit-message.dto.js';
import { type MessageAnswerDto, messageAnswerSchema, toMessageAnswerDto } from './dto/message-answer.dto.js';
import { toVersionPageDto, type VersionPageDto, versionPageSchema } from './dto/message-version.dto.js';
import { refusalOf } from './dto/role-errors.js';

@ApiTags('chat')
@Authenticated()
@ApiCommonErrors()
@Controller('chat/conversations/:id/messages/:messageId')
export class MessageController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Can('messages', 'read')
  @ApiOperation({
    summary: 'One message',
    description:
      'In its latest state: for links to a message, and for the message to which another one replies.',
  })
  @ApiOkResponse({ standardSchema: messageAnswerSchema, description: 'The message.' })
  @ApiAddressErrors(...MESSAGE_ERRORS)
  async getMessage(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
    @Param('messageId', { schema: messageIdParameter }) messageId: string,
  ): Promise<MessageAnswerDto> {
    return toMessageAnswerDto(await this.queries.execute(new GetMessageQuery(id, user.sub, messageId)));
  }

  @Patch()
  @Can('messages', 'update')
  @ApiOperation({
    summary: 'Edit a message',
    description:
      'By its author, as long as the server allows it after it was sent. It keeps its place, and `editedAt` shows that it was edited; what it said before is in `…/versions`. What is left out stays; empty `mentions` or `metadata` end. What it has already changes nothing, nor does mentioning who is not a member.',
  })
  @ApiOkResponse({ standardSchema: messageAnswerSchema, description: 'The message after the edit.' })
  @ApiBodyErrors(
    ...MESSAGE_ERRORS,
    refusalOf('editMessage'),
    'EDIT_WINDOW_CLOSED',
    'POSTING_RESTRICTED',
    'USER_NOT_REACHABLE',
    'CANNOT_MENTION_ALL',
    'MESSAGE_DELETED',
    'MESSAGE_CHANGED',
  )
  async editMessage(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
    @Param('messageId', { schema: messageIdParameter }) messageId: string,
    @Body({ schema: editMessageSchema }) { expectedRev, ...edit }: EditMessageDto,
  ): Promise<MessageAnswerDto> {
    const command = new EditMessageCommand(id, user.sub, messageId, edit, expectedRev);
    return toMessageAnswerDto(await this.commands.execute(command));
  }

  @Delete()
  @HttpCode(204)
  @Can('messages', 'delete')
  @ApiOperation({
    summary: 'Delete a message',
    description:
      'By its author, or, in a group, by its owner or an admin. Its place stays, with an empty text and `deletedAt`: neither the pages nor the numbers of others change. Deleting it again changes nothing.',
  })
  @ApiNoContentResponse({ description: 'The message is deleted.' })
  @ApiAddressErrors(...MESSAGE_ERRORS, refusalOf('deleteMessage'))
  async deleteMessage(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
    @Param('messageId', { schema: messageIdParameter }) messageId: string,
  ): Promise<void> {
    await this.commands.execute(new DeleteMessageCommand(id, user.sub, messageId));
  }

  @Get('versions')
  @Can('messages', 'read')
  @ApiOperation({
    summary: 'What a message said before its edits',
    description:
      'For its author, the owner and the admins, unless the server is set otherwise (`EDIT_HISTORY`). A deleted message has none.',
  })
  @ApiOkResponse({ standardSchema: versionPageSchema, description: 'One page of them.' })
  @ApiPageErrors(...MESSAGE_ERRORS, refusalOf('seeVersions'))
  async listVersions(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
    @Param('messageId', { schema: messageIdParameter }) messageId: string,
    @Query({ schema: pageQuerySchema }) { limit, cursor }: PageQueryDto,
  ): Promise<VersionPageDto> {
    const query = new ListVersionsQuery(id, user.sub, messageId, limit, cursor);
    return toVersionPageDto(await this.queries.execute(query));
  }
}
