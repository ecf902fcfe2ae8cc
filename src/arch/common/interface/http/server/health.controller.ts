import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DatabaseHealthPort } from '../../../application/ports/database-health.port.js';
import { InFlightWork } from '../../../application/in-flight-work.js';
import { ShuttingDownError } from '../../../domain/errors/shutting-down.error.js';
import { ApiErrors } from '../decorators/api-errors.decorator.js';
import { Public } from '../decorators/public.decorator.js';
import { type HealthDto, healthSchema } from '../dto/health.dto.js';

@ApiTags('health')
@Public('Supervisors and load balancers have no account.')
@Controller('health')
export class HealthController {
  constructor(
    private readonly database: DatabaseHealthPort,
    private readonly work: InFlightWork,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Is the server there?',
    description: 'Answers as soon as the process listens, whatever the state of the database.',
    security: [],
  })
  @ApiOkResponse({ standardSchema: healthSchema, description: 'It is.' })
  health(): HealthDto {
    return { status: 'ok', timestamp: new Date().toISOString() };
  }

  @Get('live')
  @ApiOperation({
    summary: 'Does the process answer? For a supervisor that restarts it otherwise.',
    description: 'Looks at nothing but the process itself: a database that is away is no reason to restart.',
    security: [],
  })
  @ApiOkResponse({ standardSchema: healthSchema, description: 'It answers.' })
  live(): HealthDto {
    return this.health();
  }

  @Get('ready')
  @ApiOperation({
    summary: 'Should it get traffic? For a load balancer.',
    description:
      'Asks the database, at most once a second however often it is called; 503 while that is away or only reads, and while the server shuts down.',
    security: [],
  })
  @ApiOkResponse({ standardSchema: healthSchema, description: 'It should.' })
  @ApiErrors('UNAVAILABLE', 'SHUTTING_DOWN')
  async ready(): Promise<HealthDto> {
    if (this.work.isDraining) throw new ShuttingDownError();
    await this.database.pingDatabase();
    return this.health();
  }
}
