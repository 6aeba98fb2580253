const { askJson } = require('../support/askJson.cjs');
const { waitFor } = require('../support/waitFor.cjs');

/** Looks after the sources (app-config.yaml), so may see how far they are. */
const PERSON = 'dana';

const SERVICES = '/api/day2/services/component/default';
const PARALLEL = 6;

/**
 * What there is to see in the portal that starts: asked for over its own API, as
 * one of the sandbox's people.
 */
class PortalData {
  #backend;
  #cancelled;
  #token;

  constructor({ backend, cancelled }) {
    this.#backend = backend;
    this.#cancelled = cancelled;
  }

  /**
   * Waits until the catalog knows the people who may sign in, and signs in.
   * Answers false where they are not known in time, or may not sign in here:
   * a configuration of one's own has other providers.
   */
  async signIn({ ms }) {
    const guest = await this.#tokenFrom('/api/auth/guest/refresh');
    if (guest) {
      // The guest needs no catalog. To try a person it does not know yet would
      // be an error in the log, each time.
      this.#token = guest;
      const path = `/api/catalog/entities/by-name/user/default/${PERSON}`;
      const known = async () => (await this.#ask(path))?.status === 200;
      if (!(await this.#wait(ms, known))) {
        return false;
      }
    }
    this.#token = await this.#tokenFrom(
      `/api/auth/sandboxPeople/refresh?person=${PERSON}`,
    );
    return this.#token !== undefined;
  }

  /** Waits until a service's page has a deployment to show. */
  hasDeployments({ service, ms }) {
    return this.#wait(ms, async () => {
      const answer = await this.#ask(`${SERVICES}/${service}/deployments`);
      return answer?.body?.items?.length > 0;
    });
  }

  /**
   * Waits until services are there. To ask for one by name makes the directory
   * read it at once, where its next pass may be a minute away.
   */
  async hasServices({ services, ms }) {
    const left = [...services];
    const there = await Promise.all(
      Array.from({ length: PARALLEL }, async () => {
        for (let name = left.shift(); name; name = left.shift()) {
          const path = `${SERVICES}/${encodeURIComponent(name)}/summary`;
          const found = async () => (await this.#ask(path))?.status === 200;
          if (!(await this.#wait(ms, found))) {
            return false;
          }
        }
        return true;
      }),
    );
    return there.every(Boolean);
  }

  /** The titles of what is read regularly and has neither been read once nor failed. */
  async unreadSources() {
    const answer = await this.#ask('/api/day2/sources');
    return (answer?.body?.items ?? [])
      .filter(
        ({ everySeconds, lastSuccessAt, error }) =>
          everySeconds && !lastSuccessAt && !error,
      )
      .map(({ id, title }) => title ?? id);
  }

  #ask(path) {
    return askJson(`${this.#backend}${path}`, {
      Authorization: `Bearer ${this.#token}`,
    });
  }

  async #tokenFrom(path) {
    const answer = await askJson(`${this.#backend}${path}`);
    return answer?.body?.backstageIdentity?.token;
  }

  #wait(ms, check) {
    return waitFor({ check, ms, everyMs: 500, cancelled: this.#cancelled });
  }
}

module.exports = { PortalData };
