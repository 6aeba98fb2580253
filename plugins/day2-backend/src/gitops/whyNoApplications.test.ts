import type { ServiceRow } from '../services/ServiceStore';
import type { FeedingSource } from '../sources/SourceFeed';
import { whyNoApplications } from './whyNoApplications';
import { whyNoSyncOf } from './whyNoFleet';

const service: ServiceRow = {
  id: 'till',
  ref: 'component:default/till',
  kind: 'component',
  title: 'till',
  annotations: {},
  links: [],
};
const eu: FeedingSource = {
  id: 'argocd:eu',
  title: 'Argo CD eu',
  kinds: ['application'],
  lastSuccessAt: 5,
};
const refused: FeedingSource = {
  ...eu,
  id: 'argocd:us',
  title: 'Argo CD us',
  error: { code: 'unreachable', text: 'refused' },
};
const unread: FeedingSource = { ...eu, title: 'ap', lastSuccessAt: undefined };

function why(configured: FeedingSource[]) {
  const { reason, text } = whyNoApplications({
    service,
    feed: {
      configured,
      feedingIds: new Set(),
      subjectKinds: new Set(),
      posted: false,
    },
  });
  return [reason, text, whyNoSyncOf(configured)];
}

describe('why a service has no application', () => {
  it.each<[string, FeedingSource[], string, string, string]>([
    [
      'none of some that are read',
      [eu],
      'annotation-missing',
      'No application that Argo CD eu has is tied to till',
      'No application is tied to it; its page tells the annotation to add',
    ],
    [
      'one of several fails: no alarm for what is of the others',
      [eu, refused],
      'annotation-missing',
      'No application that Argo CD eu, Argo CD us have is tied to till, as far as is known: Argo CD us could not be read now',
      'No application is tied to it; its page tells the annotation to add',
    ],
    [
      'all fail',
      [refused],
      'source-unreachable',
      'Argo CD us could not be read: refused',
      'Argo CD us could not be read: refused',
    ],
    [
      'one is not read yet',
      [refused, unread],
      'not-read-yet',
      'ap has not been read to its end yet; what it says appears here by itself',
      'Not everything has been read to its end yet',
    ],
  ])('%s', (_, configured, ...expected) => {
    expect(why(configured)).toEqual(expected);
  });
});
