import { Module } from '@nestjs/common';
import { PagerModule } from './pager/pager.module.js';
import { TicketsController } from './tickets.controller.js';
import { TicketsService } from './tickets.service.js';

@Module({
  imports: [PagerModule],
  controllers: [TicketsController],
  providers: [TicketsService],
})
export class AppModule {}
