import express, { type Request, type Response, type Router } from 'express';
import { timingSafeEqual } from 'crypto';
import type { World } from '../world/World';
import { incidentPage } from './incidentPage';
import { incidentsOf, type ToldIncident } from './incidentsOf';
import { logPage } from './logPage';
import { many, rangeOf, sendPage } from './paging';
import { RequestBudget } from './RequestBudget';
import { sendError } from './sendError';
import { serviceOf } from './serviceOf';
import {
  onCallsAt,
  staff,
  teams,
  scheduleReference,
  userReference,
} from './staff';

/**
 * PagerDuty's REST API (v2) of the company's account, read-only: services,
 * users, schedules, who is on call, incidents and their log.
 */
export function createPagerdutyRouter(options: {
  world: World;
  /** The account's one API key. */
  token: string;
  /** Requests; 960 where absent. */
  perMinute?: number;
}): Router {
  const { world, token, perMinute } = options;
  const router = express.Router();
  let known: { end: number; url: string; told: ToldIncident[] } | undefined;
  const toldTo = (request: Request<any>) => {
    const url = urlOf(request);
    if (known?.end !== world.end || known.url !== url) {
      known = { end: world.end, url, told: incidentsOf(world, url) };
    }
    return known.told;
  };

  router.get('/web/incidents/:id', (request, response) => {
    const found = toldTo(request).find(
      ({ incident }) => incident.id === request.params.id,
    );
    if (found) {
      response.type('text/html').send(incidentPage(found));
    } else {
      response.status(404).type('text/plain').send('No such incident\n');
    }
  });

  router.use((request, response, next) => {
    if (isKey(request.headers.authorization, token)) {
      next();
    } else {
      sendError(response, 401);
    }
  });
  router.use(RequestBudget.create({ perMinute }).middleware());
  router.use((request, response, next) => {
    if (request.method === 'GET') {
      next();
    } else {
      sendError(response, 403, 'This key only reads.');
    }
  });

  const services = (request: Request<any>) =>
    world.state.specs().map(spec =>
      serviceOf({
        spec,
        start: world.state.start,
        incidents: toldTo(request),
        url: urlOf(request),
      }),
    );
  const users = (request: Request<any>) =>
    staff().map(person => ({
      ...userReference(person, urlOf(request)),
      type: 'user',
      name: person.name,
      email: person.email,
      time_zone: 'UTC',
      role: 'user',
      teams: [],
    }));

  router.get('/services', (request, response) => {
    sendPage({ request, response, key: 'services', items: services(request) });
  });
  router.get('/services/:id', (request, response) => {
    const { id } = request.params;
    sendOne(
      response,
      'service',
      services(request).find(each => each.id === id),
    );
  });
  router.get('/users', (request, response) => {
    sendPage({ request, response, key: 'users', items: users(request) });
  });
  router.get('/users/:id', (request, response) => {
    const { id } = request.params;
    sendOne(
      response,
      'user',
      users(request).find(each => each.id === id),
    );
  });
  router.get('/schedules', (request, response) => {
    const items = teams.map(team => ({
      ...scheduleReference(team, urlOf(request)),
      type: 'schedule',
      time_zone: 'UTC',
    }));
    sendPage({ request, response, key: 'schedules', items });
  });
  router.get('/oncalls', (request, response) => {
    const items = onCallsAt(world.end, urlOf(request));
    sendPage({ request, response, key: 'oncalls', items });
  });

  router.get('/incidents', (request, response) => {
    const range = rangeOf(request, world.end);
    if (!range) {
      sendError(response, 400, 'The date range is invalid.');
      return;
    }
    const { query } = request;
    const isOneOf = (name: string, value: string) =>
      many(query[name]).length === 0 || many(query[name]).includes(value);
    const items = toldTo(request)
      .map(({ incident }) => incident)
      .filter(
        ({ created_at, status, urgency, service }) =>
          (query.date_range === 'all' || range.has(Date.parse(created_at))) &&
          isOneOf('statuses', status) &&
          isOneOf('urgencies', urgency) &&
          isOneOf('service_ids', service.id),
      );
    if (`${query.sort_by}`.endsWith(':desc')) {
      items.reverse();
    }
    sendPage({ request, response, key: 'incidents', items });
  });
  router.get('/incidents/:id', (request, response) => {
    const { id } = request.params;
    const found = toldTo(request).find(({ incident }) => incident.id === id);
    sendOne(response, 'incident', found?.incident);
  });
  router.get('/incidents/:id/log_entries', (request, response) => {
    const { id } = request.params;
    const found = toldTo(request).find(({ incident }) => incident.id === id);
    if (found) {
      logPage({ request, response, entries: found.entries });
    } else {
      sendError(response, 404);
    }
  });
  router.get('/incidents/:id/custom_fields/values', (request, response) => {
    const { id } = request.params;
    if (toldTo(request).some(({ incident }) => incident.id === id)) {
      response.json({ custom_fields: [] });
    } else {
      sendError(response, 404);
    }
  });
  router.get('/log_entries', (request, response) => {
    const range = rangeOf(request, world.end);
    if (!range) {
      sendError(response, 400, 'The date range is invalid.');
      return;
    }
    const entries = toldTo(request)
      .flatMap(told => told.entries)
      .filter(({ at }) => range.has(at));
    logPage({ request, response, entries });
  });

  router.use((_request, response) => sendError(response, 404));
  return router;
}

function sendOne(response: Response, key: string, item?: object): void {
  if (item) {
    response.json({ [key]: item });
  } else {
    sendError(response, 404);
  }
}

function isKey(authorization: string | undefined, token: string): boolean {
  const given = /^Token token=(.+)$/.exec(authorization ?? '')?.[1] ?? '';
  const [one, other] = [Buffer.from(given), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** The sandbox's own address, whatever name it was asked by. */
function urlOf(request: Request<any>): string {
  return `http://localhost:${request.socket.localPort}${request.baseUrl}`;
}
