import { render, screen } from '@testing-library/react';
import App from './App';

describe('App', () => {
  const { env } = process;

  afterEach(() => {
    process.env = env;
  });

  it('asks who signs in', async () => {
    process.env = {
      NODE_ENV: 'test',
      APP_CONFIG: [
        {
          context: 'test',
          data: {
            app: { title: 'Day 2' },
            backend: { baseUrl: 'http://localhost:7007' },
            portal: { signIn: { sandbox: true, guest: 'The same as Ana' } },
          },
        },
      ] as unknown as string,
    };

    render(App.createRoot());

    expect(
      await screen.findByRole('button', { name: /^Guest/ }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { level: 1, name: 'Day 2' }),
    ).toBeInTheDocument();
  });
});
