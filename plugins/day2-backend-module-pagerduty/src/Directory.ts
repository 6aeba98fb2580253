import type { ObservedPerson } from '@day2/backstage-plugin-day2-node';
import type { PagerdutyClient } from './client';
import { oneLine } from './mapping/oneLine';
import { Service, User, type Reference } from './schema';

const FRESH_MS = 60 * 60 * 1000;

/** Users and services of an account, listed again each hour. */
export class Directory {
  readonly #client: PagerdutyClient;
  #users = new Map<string, User>();
  #services: Service[] = [];
  #isCut = false;
  #listedAt: number | undefined;

  private constructor(client: PagerdutyClient) {
    this.#client = client;
  }

  static create(options: { client: PagerdutyClient }): Directory {
    return new Directory(options.client);
  }

  /** Lists anew where that is due. @throws SourceError */
  async refresh(options: { signal: AbortSignal; now: number }): Promise<void> {
    const { signal, now } = options;
    if (this.#listedAt !== undefined && now - this.#listedAt < FRESH_MS) {
      return;
    }
    const [services, users] = await Promise.all([
      this.#client.list({ path: '/services', key: 'services', signal }),
      this.#client.list({ path: '/users', key: 'users', signal }),
    ]);
    this.#services = services.items.flatMap(item => {
      const parsed = Service.safeParse(item);
      return parsed.success ? [parsed.data] : [];
    });
    this.#users = new Map(
      users.items.flatMap(item => {
        const parsed = User.safeParse(item);
        return parsed.success ? [[parsed.data.id, parsed.data] as const] : [];
      }),
    );
    this.#isCut = services.isCut;
    this.#listedAt = now;
  }

  get services(): Service[] {
    return this.#services;
  }

  /** There are more services than PagerDuty lists. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** By the address where there is one: so others call the same person. */
  personOf(reference: Reference): ObservedPerson {
    const user = this.#users.get(reference.id);
    const name = oneLine(user?.name ?? user?.summary ?? reference.summary, 200);
    const address = oneLine(user?.email, 320)?.toLowerCase();
    return {
      ...(address?.includes('@')
        ? { namespace: 'email', key: address }
        : { namespace: 'pagerduty', key: reference.id }),
      ...(name ? { name } : {}),
    };
  }
}
