import {
  Day2Client,
  type Operation,
  type OperationInput,
  type OperationOutput,
} from '@day2/backstage-plugin-day2-common';
import { until } from './until';

/** The sandbox's people. */
export type PersonName = 'ana' | 'bo' | 'chen' | 'dana' | 'eli';

type ListOperation = {
  [K in Operation]: OperationOutput<K> extends {
    items: unknown[];
    nextCursor?: string;
  }
    ? K
    : never;
}[Operation];

type Item<K extends ListOperation> = OperationOutput<K> extends {
  items: (infer T)[];
}
  ? T
  : never;

/** The API of Day 2 as one person sees it. */
export class PortalApi {
  readonly #client: Day2Client;

  private constructor(client: Day2Client) {
    this.#client = client;
  }

  /**
   * Signs in as one of the sandbox's people. Right after a first start the
   * catalog does not know them yet: that is waited for.
   */
  static async as(options: {
    /** Where the portal answers. */
    url: string;
    person: PersonName;
  }): Promise<PortalApi> {
    const { url, person } = options;
    const response = await until({
      what: `${person} to be able to sign in`,
      ask: () =>
        fetch(`${url}/api/auth/sandboxPeople/refresh`, {
          headers: { 'X-Sandbox-Person': person },
        }),
      accept: ({ status }) => status !== 503,
      ms: 120_000,
    });
    if (!response.ok) {
      throw new Error(
        `Signing in as ${person} failed: ${
          response.status
        } ${await response.text()}`,
      );
    }
    const { backstageIdentity } = (await response.json()) as {
      backstageIdentity: { token: string };
    };
    return new PortalApi(
      new Day2Client({
        baseUrl: async () => `${url}/api/day2`,
        headers: async () => ({
          authorization: `Bearer ${backstageIdentity.token}`,
        }),
      }),
    );
  }

  call<K extends Operation>(
    operation: K,
    input: OperationInput<K>,
  ): Promise<OperationOutput<K>> {
    return this.#client.call(operation, input);
  }

  /** Every item of a list, page by page. */
  async all<K extends ListOperation>(
    operation: K,
    input: OperationInput<K>,
  ): Promise<Item<K>[]> {
    const items: Item<K>[] = [];
    let cursor: string | undefined;
    do {
      const { query } = input as { query?: object };
      const page = (await this.#client.call(operation, {
        ...input,
        query: { limit: 200, ...query, cursor },
      } as OperationInput<K>)) as { items: Item<K>[]; nextCursor?: string };
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return items;
  }
}
