import type { Incident } from '../pipeline/incident.ts';
import type { Contribution, IncidentStore, IncidentStoreListener, Inheritance } from '../pipeline/incident-store.ts';

interface Member {
  readonly id: string;
  readonly webhookIds: ReadonlySet<string>;
  readonly service: string | undefined;
  readonly environment: string | undefined;
  readonly startedMs: number;
  readonly incidents: Map<string, { readonly webhookId: string; readonly incident: Incident }>;
  inbox: (Contribution & { readonly webhookId: string })[];
  listener: IncidentStoreListener | undefined;
  isAlive: boolean;
}

/** Who opens a memory store, and when. */
export interface MemoryMember {
  readonly webhookIds: readonly string[];
  readonly service?: string | undefined;
  readonly environment?: string | undefined;
  readonly startedMs: number;
}

/** A store in memory that several members of one process may open. Gone with it. */
export interface MemoryIncidentStoreHub {
  open(member: MemoryMember): IncidentStore;
  /** As if that member's process had been killed. */
  kill(store: IncidentStore): void;
}

/** @param now the time of day, for what members tell each other. */
export function createMemoryIncidentStoreHub(now: () => number = () => 0): MemoryIncidentStoreHub {
  const members = new Map<IncidentStore, Member>();
  /** Webhook and fingerprint → member. */
  const claims = new Map<string, Member>();
  let nextId = 0;

  function open(given: MemoryMember): IncidentStore {
    const member: Member = {
      id: `member-${++nextId}`,
      webhookIds: new Set(given.webhookIds),
      service: given.service,
      environment: given.environment,
      startedMs: given.startedMs,
      incidents: new Map(),
      inbox: [],
      listener: undefined,
      isAlive: true,
    };
    const keyOf = (webhookId: string, fingerprint: string): string => `${webhookId}/${fingerprint}`;

    function inherit(from: Member): Inheritance[] {
      const incidents = [...from.incidents.values()].filter(({ webhookId }) => member.webhookIds.has(webhookId));
      const contributions = from.inbox.filter(({ webhookId }) => member.webhookIds.has(webhookId));
      from.inbox = from.inbox.filter((one) => !contributions.includes(one));
      for (const { webhookId, incident } of incidents) {
        const key = keyOf(webhookId, incident.fingerprint);
        from.incidents.delete(key);
        if ((claims.get(key) ?? from) === from) claims.set(key, member);
      }
      return incidents.length + contributions.length === 0
        ? []
        : [{ incidents, contributions, settled: () => Promise.resolve() }];
    }

    const store: IncidentStore = {
      isDurable: false,
      start(listener) {
        member.listener = listener;
      },
      adopt: () =>
        Promise.resolve([...members.values()].filter(({ isAlive }) => !isAlive).flatMap((dead) => inherit(dead))),
      claim(webhookId, fingerprint) {
        const key = keyOf(webhookId, fingerprint);
        const holder = claims.get(key);
        if (holder !== undefined && holder !== member && holder.isAlive) {
          return Promise.resolve({ kind: 'theirs', member: holder.id });
        }
        const inherited = holder === undefined || holder === member ? [] : inherit(holder);
        claims.set(key, member);
        return Promise.resolve({ kind: 'ours', inherited });
      },
      holder(fingerprint) {
        for (const webhookId of member.webhookIds) {
          const found = claims.get(keyOf(webhookId, fingerprint));
          if (found !== undefined && found !== member) {
            return Promise.resolve({ webhookId, member: found.id, isAlive: found.isAlive });
          }
        }
        return Promise.resolve(undefined);
      },
      put(webhookId, incident) {
        // A copy: what is changed later counts once it was put.
        if (member.isAlive)
          member.incidents.set(keyOf(webhookId, incident.fingerprint), { webhookId, incident: { ...incident } });
      },
      remove(webhookId, fingerprint) {
        const key = keyOf(webhookId, fingerprint);
        member.incidents.delete(key);
        if (claims.get(key) === member) claims.delete(key);
      },
      forward(webhookId, to, contribution) {
        const target = [...members.values()].find(({ id }) => id === to);
        if (target === undefined || !target.isAlive) return Promise.resolve(false);
        if (target.listener === undefined) target.inbox.push({ webhookId, ...contribution });
        else target.listener.contributed([contribution]);
        return Promise.resolve(true);
      },
      noteRequest(webhookId, kind) {
        for (const other of members.values()) {
          if (other !== member && other.webhookIds.has(webhookId)) {
            other.listener?.requested(webhookId, [{ kind, atMs: now() }]);
          }
        }
      },
      hasStartedSince: (service, environment, sinceMs) =>
        [...members.values()].some(
          (one) => one.service === service && one.environment === environment && one.startedMs > sinceMs,
        ),
      flush: () => Promise.resolve(true),
      flushSync: () => true,
      close() {
        member.isAlive = false;
        return Promise.resolve();
      },
    };
    members.set(store, member);
    return store;
  }

  return {
    open,
    kill(store) {
      const member = members.get(store);
      if (member !== undefined) member.isAlive = false;
    },
  };
}
