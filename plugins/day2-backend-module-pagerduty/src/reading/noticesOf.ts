/** What is in the way of a whole picture. */
export interface Trouble {
  /** How many services are listed. */
  services: number;
  onCallCut?: boolean;
  openCut?: boolean;
  logCut?: boolean;
  /** The hub's clock was found to have been ahead, within a day. */
  wasAhead?: boolean;
  /** Incidents without an id in the newest window. */
  nameless?: number;
}

const ON_CALL_CUT =
  'PagerDuty lists 10,000 services and 10,000 people on call at most: who is on call is not known of all, and nobody is taken off.';

/** What the Sources page should say while it holds. */
export function noticesOf({
  services,
  onCallCut,
  openCut,
  logCut,
  wasAhead,
  nameless = 0,
}: Trouble): string[] {
  return [
    ...(services === 0
      ? [
          'PagerDuty lists no service to this key: the account has none, or the key may see none. Give the source a REST API key of the account.',
        ]
      : []),
    ...(onCallCut ? [ON_CALL_CUT] : []),
    ...(openCut
      ? [
          'More than 10,000 incidents are open, of which PagerDuty lists no more: those that end are seen by the log alone.',
        ]
      : []),
    ...(nameless > 0
      ? [
          'PagerDuty lists incidents without an id that could be asked for: they are not read.',
        ]
      : []),
    ...(wasAhead
      ? [
          "The hub's clock was ahead and is not any more: what PagerDuty has told since its newest entry that was met is read again.",
        ]
      : []),
    ...(logCut
      ? [
          'More than 10,000 things happened in one second, or beyond what our clock says is now, of which PagerDuty lists no more: some of them are not read.',
        ]
      : []),
  ];
}

export function isOnCallNotice(notice: string): boolean {
  return notice === ON_CALL_CUT;
}
