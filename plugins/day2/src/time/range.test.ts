import {
  customRange,
  fromLocalInput,
  rangePresets,
  resolveRange,
  toLocalInput,
} from './range';

const now = Date.parse('2026-11-20T12:00:00Z');

describe('ranges', () => {
  it.each(rangePresets.map(preset => [preset] as const))(
    '%s ends now and is as long as it says',
    preset => {
      const { from, to } = resolveRange({ choice: { preset }, now });
      const hours = (Date.parse(to) - Date.parse(from)) / 3_600_000;
      const unit = preset.endsWith('h') ? 1 : 24;
      expect(to).toBe('2026-11-20T12:00:00.000Z');
      expect(hours).toBe(Number.parseInt(preset, 10) * unit);
    },
  );

  it.each([
    ['2026-11-02T00:00:00Z', '2026-11-01T00:00:00Z'],
    ['2026-11-01T00:00:00Z', '2026-11-01T00:00:00Z'],
    ['', '2026-11-01T00:00:00Z'],
    ['2026-11-01T00:00:00Z', 'tomorrow'],
  ])('no range from %p to %p', (from, to) => {
    expect(customRange({ from, to })).toBeUndefined();
  });

  it.each([
    // 02:30 does not exist on the day summer time begins.
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29T03:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-11-20T14:00', 'Europe/Berlin', '2026-11-20T13:00:00.000Z'],
    ['2026-11-20T14:00', 'Asia/Kolkata', '2026-11-20T08:30:00.000Z'],
    ['', 'UTC', undefined],
  ])('%p in %s means %p', (value, zone, at) => {
    expect(fromLocalInput(value, zone)).toBe(at);
  });

  it.each(['Europe/Berlin', 'Asia/Kolkata', 'America/St_Johns', 'UTC'])(
    'an instant survives the field in %s',
    zone => {
      const at = '2026-07-20T13:05:00.000Z';
      expect(fromLocalInput(toLocalInput({ at, zone }), zone)).toBe(at);
      const exact = '2026-07-20T13:05:42.000Z';
      expect(
        fromLocalInput(toLocalInput({ at: exact, zone, seconds: true }), zone),
      ).toBe(exact);
    },
  );
});
