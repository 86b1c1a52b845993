import { type ArgumentsHost, Catch, HttpException, Inject } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import type { Pager } from 'otel-discord-pager';
import { PAGER } from './pager.token.js';

/** Pages what went wrong on our side; Nest goes on to log and to answer it as ever. */
@Catch()
export class PagingExceptionFilter extends BaseExceptionFilter {
  constructor(@Inject(PAGER) private readonly pager: Pager) {
    super();
  }

  override catch(exception: unknown, host: ArgumentsHost): void {
    if (!isClientsFault(exception)) {
      const { method, route } = host.switchToHttp().getRequest<{ method: string; route?: { path: string } }>();
      this.pager.page({ error: exception, message: `${method} ${route?.path ?? ''} failed` });
    }
    super.catch(exception, host);
  }
}

function isClientsFault(exception: unknown): boolean {
  return exception instanceof HttpException && exception.getStatus() < 500;
}
