import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type {
  EnvironmentRule,
  ScoreboardRow,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import type { Handlers } from '../http/Handlers';
import { cutPage, decodeCursor } from '../http/cursor';
import { iso, parseRange, type Range } from '../http/range';
import type { VisibleServices } from '../permissions/VisibleServices';
import type { AnswerContext } from '../sources/AnswerContext';
import type { SourceFeed } from '../sources/SourceFeed';
import type { DeliveryReads } from './DeliveryReads';
import type { DeliveryRecordReads } from './DeliveryRecordReads';
import type { GroupDirectory } from './GroupDirectory';
import { loadMembers } from './loadMembers';
import { byTitle, type NamedGroup } from './namedGroup';
import { ScoreboardBuilder, type RowRequest } from './ScoreboardBuilder';
import { standingOfAll } from './standingOfAll';
import { whileReading } from './whileReading';
import { whyNoGroups, whyNoRecords } from './whyNoFigures';

/** Delivery figures of services and of groups of them, and the rows behind. */
export function deliveryRoutes(options: {
  database: Knex;
  reads: DeliveryReads;
  records: DeliveryRecordReads;
  groups: GroupDirectory;
  visible: VisibleServices;
  feed: SourceFeed;
  context: AnswerContext;
  environments: EnvironmentRule[];
  now: () => number;
}): Pick<
  Handlers,
  'getServiceDelivery' | 'getScoreboard' | 'listDeliveryRecords'
> {
  const { reads } = options;
  const namesOf = (asked: string | undefined) =>
    asked === undefined
      ? options.environments
          .filter(({ tier }) => tier === 'production')
          .map(({ name }) => name)
      : [asked];

  const membersFor = loadMembers(options);
  const standing = (credentials: BackstageCredentials) =>
    standingOfAll({ ...options, credentials, now: options.now() });

  return {
    async getServiceDelivery({ service, query, credentials }) {
      const now = options.now();
      const range = parseRange({ query, now });
      const { zone } = query;
      const { feed, sources } = await options.context.standing({
        part: 'delivery',
        serviceId: service.id,
        credentials,
      });
      const reading = sources.reading.length > 0;
      const compare = query.compare && !reading;
      const environments = namesOf(query.environment);
      const builder = await ScoreboardBuilder.create({
        reads,
        request: {
          environments,
          range,
          zone,
          now,
          compare,
          trend: true,
          serviceIds: [service.id],
          ownBorders: [],
        },
      });
      const span = { serviceId: service.id, assumed: false };
      const row = await builder.row({
        grouping: 'service',
        ref: service.ref,
        title: service.title,
        members: {
          spans: [{ ...span, ...range }],
          services: 1,
          hidden: 0,
          assumed: false,
        },
        before: compare ? [{ ...span, ...builder.before }] : [],
      });
      const { asOf, empty } = await options.context.of({
        of: 'deployments',
        feed,
        service,
        credentials,
        range,
        environment: environments.length === 1 ? environments[0] : undefined,
        isEmpty: row.figures.every(({ figure }) => figure.n === 0),
      });
      return {
        from: iso(range.from),
        to: iso(range.to),
        zone,
        comparedWith: compare ? isoRange(builder.before) : undefined,
        environments,
        row: reading ? whileReading(row) : row,
        asOf: reading ? undefined : asOf,
        sources,
        empty,
      };
    },

    async getScoreboard({ query, credentials }) {
      const now = options.now();
      const range = parseRange({ query, now });
      const { groupBy: grouping, membership: mode, zone } = query;
      const { asOf, sources } = await standing(credentials);
      const reading = sources.reading.length > 0;
      const compare = query.compare && !reading;
      const after = decodeCursor({ cursor: query.cursor, kind: 'string' });
      const members = await membersFor({
        credentials,
        grouping,
        mode,
        within: query.within,
      });
      const whole = members.all(range);
      const grouped = members.grouped(range);
      const environments = namesOf(query.environment);
      const builder = await ScoreboardBuilder.create({
        reads,
        request: {
          environments,
          range,
          zone,
          now,
          compare,
          trend: query.trend,
          serviceIds: members.isAll ? undefined : members.visibleIds(),
          ownBorders: members.borders(),
        },
      });
      const { before } = builder;
      const rowOf = async (row: RowRequest) =>
        reading ? whileReading(await builder.row(row)) : builder.row(row);
      const total = await rowOf({
        grouping: 'organisation',
        title: 'All',
        members: whole,
        before: compare ? members.all(before).spans : [],
      });
      const left = members
        .named(range)
        .filter(
          each =>
            !after || byTitle(each, { title: after.at, ref: after.id }) > 0,
        );
      const page = cutPage<NamedGroup>({
        rows: left.slice(0, query.limit + 1),
        limit: query.limit,
        position: ({ title, ref = '' }) => ({ at: title, id: ref }),
      });
      const items: ScoreboardRow[] = [];
      for (const { ref, title } of page.rows) {
        items.push(
          await rowOf({
            grouping,
            ref,
            title,
            members: members.of(ref, range),
            before: compare ? members.of(ref, before).spans : [],
          }),
        );
      }
      return {
        from: iso(range.from),
        to: iso(range.to),
        zone,
        comparedWith: compare ? isoRange(before) : undefined,
        environments,
        grouping,
        membership: mode,
        total,
        ungrouped: whole.services - grouped.services,
        items:
          grouping === 'organisation' && total.services > 0 ? [total] : items,
        nextCursor: page.nextCursor,
        asOf,
        sources,
        empty:
          grouped.services === 0 && !query.cursor
            ? whyNoGroups({
                grouping,
                within: query.within,
                hidden: grouped.hidden,
              })
            : undefined,
      };
    },

    async listDeliveryRecords({ query, credentials }) {
      const range = parseRange({ query, now: options.now() });
      const { grouping, ref, membership: mode } = query;
      if ((grouping === 'organisation') !== (ref === undefined)) {
        throw new InputError(
          grouping === 'organisation'
            ? 'query.ref: the organisation has none; leave it out'
            : `query.ref: name the ${grouping} by its entity ref`,
        );
      }
      const members = await membersFor({ credentials, grouping, mode, ref });
      const found = members.of(ref, range);
      const page = await options.records.list({
        ...query,
        range,
        spans: found.spans,
        isAll: members.isAll && grouping === 'organisation',
      });
      return {
        ...page,
        membership: mode,
        hidden: found.hidden,
        asOf: (await standing(credentials)).asOf,
        empty:
          page.items.length === 0 && !query.cursor
            ? whyNoRecords({ range, services: found.services })
            : undefined,
      };
    },
  };
}

function isoRange({ from, to }: Range): { from: string; to: string } {
  return { from: iso(from), to: iso(to) };
}
