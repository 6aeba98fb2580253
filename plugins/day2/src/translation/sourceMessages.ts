/** The Sources page. */
export const sourceMessages = {
  title: 'Sources',
  none: 'No source is configured. Add one below day2 in app-config.yaml, for example day2.git.repositories.',
  readOnly:
    'You may look, but not run, pause or read again, nor see what is in quarantine: that takes the permission day2.source.manage.',
  queues: 'Still to work through: {{list}}.',
  queue: {
    sequences_one: '{{count}} sequence of deployments',
    sequences_other: '{{count}} sequences of deployments',
    changes_one: '{{count}} change',
    changes_other: '{{count}} changes',
    applications_one: '{{count}} application',
    applications_other: '{{count}} applications',
    incidents_one: '{{count}} alert or incident of a tool',
    incidents_other: '{{count}} alerts and incidents of tools',
    objectives_one: 'the objectives of {{count}} service',
    objectives_other: 'the objectives of {{count}} services',
    subjects_one: '{{count}} thing to match to services',
    subjects_other: '{{count}} things to match to services',
  },
  failed:
    'Could not be derived: {{n}}. They are tried again, everything else goes on; the backend’s log says why.',
  effect: {
    waiting_one: '{{count}} still to be told by {{id}}.',
    waiting_other: '{{count}} still to be told by {{id}}.',
    givenUp_one:
      '{{count}} could not be told by {{id}} while it was news, and was given up.',
    givenUp_other:
      '{{count}} could not be told by {{id}} while they were news, and were given up.',
    error: 'The last failed with: {{text}},',
    retry: 'Try again',
    retryOf: 'Try again what {{id}} gave up',
  },
  source: 'Source',
  state: 'State',
  webhook: 'Its tool sends to',
  lastDelivery: 'last sent',
  noDelivery: 'nothing sent yet',
  waiting_one: '{{count}} waits to be taken in',
  waiting_other: '{{count}} wait to be taken in',
  turnedAway_one:
    '{{count}} delivery found too many waiting and was turned away: its tool was told to send it again. Last',
  turnedAway_other:
    '{{count}} deliveries found too many waiting and were turned away: its tool was told to send them again. Last',
  lastSuccess: 'Last success',
  never: 'never',
  every: 'read every {{span}}',
  onEvent: 'read when something happens',
  takenIn: 'Taken in',
  leftOut: 'Left out',
  nothing: 'nothing',
  readAgain: 'It is being read again; what is left out is known after that.',
  quarantined: 'Quarantined',
  openQuarantine: '{{n}} quarantined of {{title}}',
  stillRead_one:
    '{{count}} source has not been read to its end yet ({{titles}}): what is here is what is known so far. Nothing is compared until it is all there.',
  stillRead_other:
    '{{count}} sources have not been read to their end yet ({{titles}}): what is here is what is known so far. Nothing is compared until it is all there.',
  notReadYet: 'Not read to its end yet: {{titles}}',
  actions: 'Actions',
  failingSince: 'failing since',
  progress: 'Reading the past of {{title}}',
  doneOf: '{{done}} of {{total}} {{unit}}',
  doneSoFar: '{{done}} {{unit}} so far',
  quarantineOf: 'Quarantined of {{title}}',
  quarantineMeaning:
    'These items could not be taken in; everything else of their batch was. Secrets are removed.',
  quarantineHidden:
    'In quarantine: {{n}}. Items may be of services that you may not see, so what is in them is shown to those with the permission day2.source.manage.',
  quarantineEmpty: 'Nothing is in quarantine.',
  reason: 'Reason',
  showItem: 'The item',
  item: 'Item, cut to 4,000 characters',
  word: {
    ok: 'Fine',
    running: 'Running',
    'back-filling': 'Reading the past',
    failing: 'Failing',
    stale: 'Stale',
    paused: 'Paused',
    'never-run': 'Never run',
  },
  code: {
    unreachable: 'not reachable',
    timeout: 'no answer in time',
    'credential-refused': 'credential refused',
    forbidden: 'not permitted',
    'not-found': 'not found',
    'rate-limited': 'rate limited',
    'bad-answer': 'answer not understood',
    misconfigured: 'misconfigured',
    internal: 'internal error',
  },
  action: {
    run: 'Run now',
    pause: 'Pause',
    resume: 'Resume',
    reread: 'Read again',
    'replay-quarantine': 'Try these again',
  },
  will: {
    run: 'It is read now instead of at its next turn. Nothing is lost or doubled.',
    pause:
      'It is no longer read until somebody resumes it. What is known stays on screen, ageing.',
    resume: 'It is read again in its turns, beginning with what was missed.',
    reread:
      'It is read again from the beginning. Known records stay and are brought up to date; this may take a while.',
    'replay-quarantine':
      'Every quarantined item is tried again. What still cannot be taken in stays, with its reason.',
  },
} as const;
