import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { contract } from '@day2/backstage-plugin-day2-common';
import { aSummary } from '../__testUtils__/records';
import { renderDay2 } from '../__testUtils__/renderDay2';
import { EntityDay2Content } from './EntityDay2Content';
import { ServicesPage } from './ServicesPage';

const long = 'x'.repeat(300);

describe('an address that is not understood', () => {
  it('says which environment is not known, and shows another', async () => {
    const { api } = renderDay2(<EntityDay2Content />, {
      // The backend shows whichever it is asked for, known or not.
      answers: {
        getServiceSummary: ({ query }) =>
          aSummary({ environment: query?.environment ?? 'production' }),
      },
      query: '?env=nope',
    });
    expect(
      await screen.findByText(
        'No environment “nope” is known here. Shown instead: production.',
      ),
    ).toBeInTheDocument();
    expect(screen.getByLabelText('Environment')).toHaveValue('production');
    await waitFor(() =>
      expect(api.calls.at(-1)).toMatchObject({
        operation: 'listServiceTimeline',
        query: { environment: 'production' },
      }),
    );
    await userEvent.selectOptions(
      screen.getByLabelText('Environment'),
      'staging',
    );
    expect(screen.queryByText(/“nope”/)).not.toBeInTheDocument();
  });

  it('says which range is not known, until another is chosen', async () => {
    renderDay2(<EntityDay2Content />, { query: '?range=1y' });
    expect(
      await screen.findByText(
        'No range “1y” is known. Shown instead: 14 days.',
      ),
    ).toBeInTheDocument();
    await userEvent.selectOptions(screen.getByLabelText('Range'), '7d');
    expect(screen.queryByText(/“1y”/)).not.toBeInTheDocument();
  });

  it.each(['custom', 'custom&from=2026-11-02&to=2026-11-01'])(
    'says what a range of one’s own lacks: %s',
    async range => {
      renderDay2(<EntityDay2Content />, { query: `?range=${range}` });
      expect(
        await screen.findByText(
          /^A range from – to needs both in the address, the end after the start, such as .+ Shown instead: 14 days\.$/,
        ),
      ).toBeInTheDocument();
    },
  );

  it('asks the API nothing that it refuses, however long the address', async () => {
    const { api } = renderDay2(<EntityDay2Content />, {
      query: `?q=${long}&env=${long}&open=change:${long}`,
    });
    expect(
      await screen.findByText(/^No environment “x{40}…”/),
    ).toBeInTheDocument();
    expect(screen.getByText(/^The words “x{40}…” are too long/)).toBeVisible();
    expect(screen.getByText(/^No record “change:x+…”/)).toBeVisible();
    await waitFor(() =>
      expect(api.calls.map(({ operation }) => operation)).toContain(
        'listServiceTimeline',
      ),
    );
    for (const { operation, query } of api.calls) {
      expect(contract[operation].query.safeParse(query)).toMatchObject({
        success: true,
      });
    }
  });

  it('is cut by the list of services too', async () => {
    const { api } = renderDay2(<ServicesPage />, { query: `?q=${long}` });
    await screen.findByRole('link', { name: 'payments-api' });
    expect(api.calls[0].query?.text).toBe('x'.repeat(100));
  });
});
