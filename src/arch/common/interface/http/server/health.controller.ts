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
    summary: 'Whether the process is alive',
    description: 'Answers as soon as the process listens, whatever the state of the database.',
    security: [],
  })
  @ApiOkResponse({ standardSchema: healthSchema, description: 'The process is alive.' })
  health(): HealthDto {
    return { status: 'ok', timestamp: new Date().toISOString() };
  }

  @Get('live')
  @ApiOperation({
    summary: 'Liveness probe: for a supervisor that restarts the process when it does not answer',
    description:
      'Checks only the process itself, because an unavailable database is no reason to restart it.',
    security: [],
  })
  @ApiOkResponse({ standardSchema: healthSchema, description: 'The process is alive.' })
  live(): HealthDto {
    return this.health();
  }

  @Get('ready')
  @ApiOperation({
    summary: 'Readiness probe: for a load balancer',
    description:
      'Checks the database, at most once a second however often it is called. Answers 503 while the database is unavailable or read-only, and while the server shuts down.',
    security: [],
  })
  @ApiOkResponse({ standardSchema: healthSchema, description: 'The server can take requests.' })
  @ApiErrors('UNAVAILABLE', 'SHUTTING_DOWN')
  async ready(): Promise<HealthDto> {
    if (this.work.isDraining) throw new ShuttingDownError();
    await this.database.pingDatabase();
    return this.health();
  }
}
