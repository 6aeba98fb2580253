/** What the clocks of a zone show at an instant, as if they were UTC's: epoch milliseconds. */
export function wallClock(zone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return at => {
    const parts = new Map<string, string>(
      format.formatToParts(at).map(({ type, value }) => [type, value]),
    );
    const said = (...names: string[]) => names.map(each => parts.get(each));
    const date = said('year', 'month', 'day').join('-');
    const time = said('hour', 'minute', 'second').join(':');
    return Date.parse(`${date}T${time}Z`) + (at % 1000);
  };
}
