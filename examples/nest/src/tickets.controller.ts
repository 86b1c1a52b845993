import { BadRequestException, Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { type Ticket, TicketsService } from './tickets.service.js';

@Controller('tickets')
export class TicketsController {
  constructor(private readonly tickets: TicketsService) {}

  @Get(':id')
  findOne(@Param('id') id: string): Ticket {
    return this.tickets.findOne(id);
  }

  @Post()
  @HttpCode(201)
  async create(@Body('subject') subject: unknown): Promise<void> {
    if (typeof subject !== 'string') throw new BadRequestException('a ticket needs a subject');
    await this.tickets.create(subject);
  }
}
