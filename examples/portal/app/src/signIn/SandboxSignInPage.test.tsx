import { IdentityApi } from '@backstage/frontend-plugin-api';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { SandboxSignInPage } from './SandboxSignInPage';

const config = {
  app: { title: 'Day 2' },
  backend: { baseUrl: 'http://localhost:7007' },
  portal: { signIn: { sandbox: true, guest: 'The same as Ana' } },
  auth: {
    providers: {
      sandboxPeople: {
        people: [
          {
            name: 'ana',
            displayName: 'Ana',
            description: 'Developer in the payments team',
          },
          { name: 'bo', displayName: 'Bo', description: 'Developer' },
        ],
      },
    },
  },
};

type TestConfig = Parameters<typeof renderInTestApp>[1] extends
  | { config?: infer T }
  | undefined
  ? T
  : never;

const session = {
  profile: { displayName: 'Bo' },
  backstageIdentity: {
    token: 'e30.e30.e30',
    identity: {
      type: 'user',
      userEntityRef: 'user:default/bo',
      ownershipEntityRefs: ['user:default/bo'],
    },
  },
};

describe('SandboxSignInPage', () => {
  const fetchMock = jest.fn<Promise<Response>, Parameters<typeof fetch>>();
  const realFetch = global.fetch;

  beforeEach(() => {
    window.localStorage.clear();
    fetchMock.mockReset();
    fetchMock.mockImplementation(async () => Response.json(session));
    global.fetch = fetchMock;
  });

  afterEach(() => {
    global.fetch = realFetch;
  });

  function renderPage(testConfig: TestConfig = config) {
    const onSignInSuccess = jest.fn<void, [IdentityApi]>();
    const { unmount } = renderInTestApp(
      <SandboxSignInPage onSignInSuccess={onSignInSuccess} />,
      { config: testConfig },
    );
    return { onSignInSuccess, unmount };
  }

  function requests() {
    return fetchMock.mock.calls.map(([url, init]) => ({
      url: String(url),
      person: new Headers(init?.headers).get('X-Sandbox-Person'),
    }));
  }

  it('offers the guest and the people, with role and team in words', async () => {
    renderPage();

    const list = await screen.findByRole('list', { name: 'Sign in as' });
    const names = within(list)
      .getAllByRole('button')
      .map(button => button.textContent);

    expect(names).toEqual([
      'GuestThe same as Ana',
      'AnaDeveloper in the payments team',
      'BoDeveloper',
    ]);
    expect(fetchMock).not.toHaveBeenCalled();
  });

  it('signs in as the chosen person, also after a reload', async () => {
    const first = renderPage();
    fireEvent.click(await screen.findByRole('button', { name: /^Bo/ }));
    await waitFor(() => expect(first.onSignInSuccess).toHaveBeenCalledTimes(1));
    first.unmount();

    const second = renderPage();
    await waitFor(() =>
      expect(second.onSignInSuccess).toHaveBeenCalledTimes(1),
    );

    const refresh = {
      url: 'http://localhost:7007/api/auth/sandboxPeople/refresh',
      person: 'bo',
    };
    expect(requests()).toEqual([refresh, refresh]);
    const [identity] = second.onSignInSuccess.mock.calls[0];
    await expect(identity.getBackstageIdentity()).resolves.toEqual(
      session.backstageIdentity.identity,
    );
    await expect(identity.getCredentials()).resolves.toEqual({
      token: 'e30.e30.e30',
    });
    await expect(identity.getProfileInfo()).resolves.toEqual({
      displayName: 'Bo',
    });
  });

  it('signs in as guest', async () => {
    const { onSignInSuccess } = renderPage();
    fireEvent.click(await screen.findByRole('button', { name: /^Guest/ }));
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));

    expect(requests()).toEqual([
      { url: 'http://localhost:7007/api/auth/guest/refresh', person: null },
    ]);
  });

  it('asks again once signed out', async () => {
    const first = renderPage();
    fireEvent.click(await screen.findByRole('button', { name: /^Bo/ }));
    await waitFor(() => expect(first.onSignInSuccess).toHaveBeenCalledTimes(1));
    await first.onSignInSuccess.mock.calls[0][0].signOut();
    first.unmount();

    renderPage();

    expect(
      await screen.findByRole('button', { name: /^Bo/ }),
    ).toBeInTheDocument();
  });

  it('asks again when the remembered person is no longer listed', async () => {
    window.localStorage.setItem('day2-portal.sign-in', 'person:zoe');
    renderPage();

    expect(
      await screen.findByRole('button', { name: /^Ana/ }),
    ).toBeInTheDocument();
    expect(fetchMock).not.toHaveBeenCalled();
  });

  it('says why signing in failed, tries again and lets one choose anew', async () => {
    fetchMock.mockImplementation(async () =>
      Response.json(
        {
          error: {
            name: 'ServiceUnavailableError',
            message: 'The catalog does not know user:default/bo yet',
          },
          response: { statusCode: 503 },
        },
        { status: 503 },
      ),
    );
    const { onSignInSuccess } = renderPage();
    fireEvent.click(await screen.findByRole('button', { name: /^Bo/ }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The catalog does not know user:default/bo yet',
    );
    expect(onSignInSuccess).not.toHaveBeenCalled();

    fireEvent.click(
      screen.getByRole('button', { name: 'Choose someone else' }),
    );
    fireEvent.click(await screen.findByRole('button', { name: /^Bo/ }));
    await screen.findByRole('alert');

    fetchMock.mockImplementation(async () => Response.json(session));
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
  });

  it('says what to do where the backend is away', async () => {
    fetchMock.mockRejectedValue(new TypeError('Failed to fetch'));
    renderPage();
    fireEvent.click(await screen.findByRole('button', { name: /^Bo/ }));
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(/backend does not answer.*npm start/);
    expect(alert).not.toHaveTextContent('Failed to fetch');
  });

  it.each<[string, TestConfig]>([
    ['nothing is configured', { app: { title: 'Day 2' } }],
    [
      'the sandbox is switched off',
      { ...config, portal: { signIn: { sandbox: false, guest: 'As Ana' } } },
    ],
  ])('says what to do where %s', async (_, testConfig) => {
    // Not even one who was signed in before.
    window.localStorage.setItem('day2-portal.sign-in', 'person:bo');
    renderPage(testConfig);

    expect(
      await screen.findByText(/No sign-in is configured/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
    expect(fetchMock).not.toHaveBeenCalled();
  });
});
