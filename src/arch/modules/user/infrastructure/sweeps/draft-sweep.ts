import { Injectable } from '@nestjs/common';
import { JanitorPort } from '../../../../common/application/ports/janitor.port.js';
import { AppConfig } from '../../../../common/infrastructure/config/app-config.js';
import { avatarFolder } from '../avatar-folder.js';

/** Milliseconds: no upload takes that long, so its process has ended. */
const DRAFT_KEPT = 3_600_000;

/** Drafts of avatars that a killed process has left. */
@Injectable()
export class DraftSweep {
  constructor(config: AppConfig, janitor: JanitorPort) {
    const folder = avatarFolder(config);
    janitor.registerSweeps({
      name: 'uploads.drafts',
      of: 'node',
      batch: (limit) => folder.removeDrafts(Date.now() - DRAFT_KEPT, limit),
    });
  }
}
