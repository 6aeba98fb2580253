import { ConfigApi } from '@backstage/frontend-plugin-api';

/** One entry of the sign-in page. */
export interface SignInChoice {
  /** Unique, kept in the browser: `guest`, or `person:` and the name. */
  id: string;
  displayName: string;
  /** Role and team in words. */
  description?: string;
  /** The auth provider that signs in. */
  provider: string;
  /** What the provider needs to know. */
  headers: Record<string, string>;
}

/**
 * Who may be chosen: the guest, where there is one, then the listed people.
 *
 * One switch for all of them (`portal.signIn.sandbox`), because a later
 * configuration file cannot take a value away from the frontend, only change it.
 */
export function readSignInChoices(config: ConfigApi): SignInChoice[] {
  if (!config.getOptionalBoolean('portal.signIn.sandbox')) {
    return [];
  }
  const choices: SignInChoice[] = [];

  const guest = config.getOptionalString('portal.signIn.guest');
  if (guest) {
    choices.push({
      id: 'guest',
      displayName: 'Guest',
      description: guest,
      provider: 'guest',
      headers: {},
    });
  }

  const people =
    config.getOptionalConfigArray('auth.providers.sandboxPeople.people') ?? [];
  for (const person of people) {
    const name = person.getString('name');
    choices.push({
      id: `person:${name}`,
      displayName: person.getOptionalString('displayName') ?? name,
      description: person.getOptionalString('description'),
      provider: 'sandboxPeople',
      headers: { 'X-Sandbox-Person': name },
    });
  }

  return choices;
}
