import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DatabaseHealthPort } from '../../application/ports/database-health.port.js';
import { OpenWork } from '../../application/open-work.js';
import { ShuttingDownError } from '../../domain/errors/shutting-down.error.js';
import { ApiErrors } from './decorators/api-errors.decorator.js';
import { Public } from './decorators/public.decorator.js';
import { type HealthDto, healthSchema } from './dto/health.dto.js';

@ApiTags('health')
@Public('Supervisors and load balancers have no account.')
@Controller('health')
export class HealthController {
  constructor(
    private readonly database: DatabaseHealthPort,
    private readonly work: OpenWork,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Is the server there?', security: [] })
  @ApiOkResponse({ standardSchema: healthSchema, description: 'It is.' })
  health(): HealthDto {
    return { status: 'ok', timestamp: new Date().toISOString() };
  }

  @Get('live')
  @ApiOperation({
    summary: 'Does the process answer? For a supervisor that restarts it otherwise.',
    security: [],
  })
  @ApiOkResponse({ standardSchema: healthSchema, description: 'It answers.' })
  live(): HealthDto {
    return this.health();
  }

  @Get('ready')
  @ApiOperation({ summary: 'Should it get traffic? For a load balancer.', security: [] })
  @ApiOkResponse({ standardSchema: healthSchema, description: 'It should.' })
  @ApiErrors('UNAVAILABLE', 'SHUTTING_DOWN')
  async ready(): Promise<HealthDto> {
    if (this.work.isDraining) throw new ShuttingDownError();
    await this.database.ping();
    return this.health();
  }
}
