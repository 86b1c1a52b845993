import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { createPager, type Pager } from 'otel-discord-pager';
import { PAGER } from './pager.token.js';
import { PagingExceptionFilter } from './paging-exception.filter.js';

/** Import it once, in the root module. A provider that has more to tell takes `@Inject(PAGER) pager: Pager`. */
@Global()
@Module({
  providers: [
    // The webhook is in DISCORD_PAGER_WEBHOOK_URL.
    { provide: PAGER, useFactory: () => createPager({ serviceName: 'tickets', environment: 'production' }) },
    { provide: APP_FILTER, useClass: PagingExceptionFilter },
  ],
  exports: [PAGER],
})
export class PagerModule implements OnApplicationShutdown {
  constructor(@Inject(PAGER) private readonly pager: Pager) {}

  async onApplicationShutdown(): Promise<void> {
    await this.pager.shutdown();
  }
}
