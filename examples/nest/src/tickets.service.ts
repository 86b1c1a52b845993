import { connect } from 'node:net';
import { Injectable, NotFoundException } from '@nestjs/common';

export interface Ticket {
  readonly id: string;
  readonly subject: string;
}

@Injectable()
export class TicketsService {
  private readonly databaseUrl = process.env.DATABASE_URL ?? 'postgres://tickets@127.0.0.1:5432/tickets';
  private readonly tickets = new Map<string, Ticket>([['1', { id: '1', subject: 'The lift is stuck' }]]);

  findOne(id: string): Ticket {
    const ticket = this.tickets.get(id);
    if (ticket === undefined) throw new NotFoundException(`no ticket ${id}`);
    return ticket;
  }

  async create(subject: string): Promise<void> {
    try {
      await openDatabase(this.databaseUrl);
    } catch (cause) {
      throw new Error(`ticket "${subject}" was not saved to ${this.databaseUrl}`, { cause });
    }
  }
}

/** Stands for a database driver. */
function openDatabase(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    connect(Number(port), hostname).once('connect', resolve).once('error', reject);
  });
}
