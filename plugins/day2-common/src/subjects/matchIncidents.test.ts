import { SubjectMatcher } from './SubjectMatcher';
import type { MatchableService } from './ServiceIndex';

function service(
  ref: string,
  annotations: Record<string, string> = {},
  more: Partial<MatchableService> = {},
): MatchableService {
  const name = ref.split('/')[1];
  return { id: ref, refs: [ref], name, annotations, ...more };
}

const cart = 'component:default/cart';
const shop = 'component:default/shop';
const pagerduty = (id: string) => ({ 'pagerduty.com/service-id': id });

function match(
  kind: string,
  services: MatchableService[],
  traits: Parameters<SubjectMatcher['match']>[0]['subject']['traits'],
) {
  const { matches, note } = SubjectMatcher.create({ services }).match({
    subject: { kind, traits },
  });
  return {
    found: matches.map(({ serviceId, rule }) => `${rule} ${serviceId}`),
    note,
  };
}

describe('services of a tool for incidents', () => {
  const tool = (id: string, name?: string) => ({
    toolService: { tool: 'pagerduty', id, name },
  });

  it.each<[string, MatchableService[], ReturnType<typeof tool>, string[]]>([
    [
      'all that name its id, from lists',
      [
        service(cart, pagerduty('P1, P2')),
        service(shop, pagerduty('P2')),
        service('component:default/other', pagerduty('P3')),
      ],
      tool('P2', 'other'),
      [`incident-service ${cart}`, `incident-service ${shop}`],
    ],
    [
      'the one that bears its name',
      [service(cart), service(shop)],
      tool('P9', 'Cart'),
      [`incident-service ${cart}`],
    ],
    [
      'the one that bears its title',
      [service(cart, {}, { title: 'Shopping cart' }), service(shop)],
      tool('P9', ' shopping CART'),
      [`incident-service ${cart}`],
    ],
    ['nobody', [service(cart)], tool('P9'), []],
    ['nobody by a blank name', [service(cart)], tool('P9', ' '), []],
  ])('%s', (_, services, traits, expected) => {
    expect(match('incident-service', services, traits)).toEqual({
      found: expected,
      note: undefined,
    });
  });

  it('of another account is another one', () => {
    const services = [
      service(cart, { ...pagerduty('P1'), 'pagerduty.com/account': 'eu' }),
      service(shop, pagerduty('P1')),
    ];
    const found = (instance?: string) =>
      match('incident-service', services, { ...tool('P1'), instance }).found;
    expect(found('us')).toEqual([`incident-service ${shop}`]);
    expect(found('eu')).toHaveLength(2);
    expect(found()).toHaveLength(2);
  });

  it('of several of its name belongs to none, and says what to add', () => {
    const { found, note } = match(
      'incident-service',
      [service(cart), service(shop, {}, { title: 'cart' })],
      tool('P9', 'cart'),
    );
    expect(found).toEqual([]);
    expect(note).toBe(
      `${cart} and ${shop} are all named cart: annotate the right one with pagerduty.com/service-id`,
    );
  });

  it('of another tool is no PagerDuty service of the same id', () => {
    const services = [service(cart, pagerduty('P1'))];
    expect(
      match('incident-service', services, {
        toolService: { tool: 'opsgenie', id: 'P1' },
      }).found,
    ).toEqual([]);
  });
});

describe('alerts', () => {
  const alerts = (text: string) => ({ 'day2/alerts': text });
  const burning = {
    alertname: 'Burning',
    service: 'cart',
    severity: 'page',
    namespace: 'retail',
  };

  it.each<
    [
      string,
      Record<string, Record<string, string>>,
      Record<string, string>,
      string[],
    ]
  >([
    [
      'matchers that name the label before the name itself',
      { [shop]: alerts('service=~"cart|shop"'), [cart]: {} },
      burning,
      [`alerts ${shop}`],
    ],
    [
      'matchers of other labels take no alert whose label names another one',
      { [shop]: alerts('severity="page",service!="x"'), [cart]: {} },
      burning,
      [`alert-label ${cart}`],
    ],
    [
      'patterns that any name meets take no alert whose label names another one',
      {
        [shop]: alerts('service=~".+"; service=~"[a-z].*",severity="page"'),
        [cart]: {},
      },
      burning,
      [`alert-label ${cart}`],
    ],
    [
      'nor the one that such a pattern is hidden in',
      { [shop]: alerts('service=~"shop|.*"'), [cart]: {} },
      burning,
      [`alert-label ${cart}`],
    ],
    [
      'a pattern that begins with the name does',
      { [shop]: alerts('service=~"car.*"'), [cart]: {} },
      burning,
      [`alerts ${shop}`],
    ],
    [
      'and so does any pattern where the label is its own name',
      { [cart]: alerts('service=~".+"') },
      burning,
      [`alerts ${cart}`],
    ],
    [
      'or where it names nobody',
      { [shop]: alerts('service=~".+"') },
      { ...burning, service: 'elsewhere' },
      [`alerts ${shop}`],
    ],
    [
      'nor do they see it beside whoever it names',
      {
        [shop]: alerts('severity=~"page"'),
        [cart]: alerts('namespace="retail"'),
      },
      burning,
      [`alerts ${cart}`],
    ],
    [
      'nor where that one does not want it',
      {
        [shop]: alerts('severity="page"'),
        [cart]: alerts('severity="ticket"'),
      },
      burning,
      [],
    ],
    [
      'matchers of other labels where the label names nobody',
      { [shop]: alerts('namespace="retail"') },
      burning,
      [`alerts ${shop}`],
    ],
    [
      'all four operators, braces and quotes or not',
      {
        [shop]: alerts(
          `{namespace=~"re(tail|sale)", severity!='ticket',job!~".+", service=cart}`,
        ),
      },
      burning,
      [`alerts ${shop}`],
    ],
    [
      'any of several sets',
      { [shop]: alerts('service="x;y"; service="cart"') },
      burning,
      [`alerts ${shop}`],
    ],
    [
      'a set that is not met, though a label is the name',
      { [cart]: alerts('service="cart",severity="ticket"') },
      burning,
      [],
    ],
    [
      'a pattern is of the whole value',
      { [shop]: alerts('namespace=~"retai"') },
      burning,
      [],
    ],
    [
      'what cannot be read selects nothing, nor the name',
      { [cart]: alerts('service=~"(a+)+"') },
      burning,
      [],
    ],
    [
      'what any alert meets selects nothing',
      { [shop]: alerts('x!="y"') },
      burning,
      [],
    ],
    [
      'the name of the alert',
      { [shop]: { 'prometheus.io/alert': 'Other, Burning' } },
      burning,
      [`alerts ${shop}`],
    ],
    [
      'the name of the alert takes none whose label names another one',
      { [shop]: { 'prometheus.io/alert': 'Burning' }, [cart]: {} },
      burning,
      [`alert-label ${cart}`],
    ],
    [
      'but with the label it does',
      {
        [shop]: {
          'prometheus.io/alert': 'Burning',
          'prometheus.io/labels': 'service=cart',
        },
        [cart]: {},
      },
      burning,
      [`alerts ${shop}`],
    ],
    [
      'the name of the alert with labels that it has not',
      {
        [shop]: {
          'prometheus.io/alert': 'Burning',
          'prometheus.io/labels': 'namespace=retail,severity=ticket',
        },
        [cart]: {},
      },
      burning,
      [`alert-label ${cart}`],
    ],
    [
      'all alerts of some labels',
      {
        [shop]: {
          'prometheus.io/alert': 'all',
          'prometheus.io/labels': 'namespace=retail',
        },
      },
      burning,
      [`alerts ${shop}`],
    ],
    [
      'all alerts of no labels are nobody’s',
      { [shop]: { 'prometheus.io/alert': 'all' } },
      burning,
      [],
    ],
    [
      'the labels in their order',
      { [cart]: {}, [shop]: {} },
      { alertname: 'A', job: 'cart', app: 'shop' },
      [`alert-label ${shop}`],
    ],
    [
      'a label that is not one of an own object',
      { [cart]: alerts('constructor=~".+"') },
      burning,
      [],
    ],
    ['no label', { [cart]: {} }, { alertname: 'cart' }, []],
  ])('%s', (_, annotated, labels, expected) => {
    const services = Object.entries(annotated).map(([ref, annotations]) =>
      service(ref, annotations),
    );
    const { found } = match('alerts', services, {
      labels,
      alert: labels.alertname,
    });
    expect(found).toEqual(expected);
  });

  it('of a name that only a removed service has are whose they were', () => {
    const services = [
      service(cart, {}, { removed: true }),
      service(shop, alerts('severity="page"')),
    ];
    expect(match('alerts', services, { labels: burning }).found).toEqual([
      `alerts ${shop}`,
    ]);
  });

  it('of a name that several have say what to add', () => {
    const { note } = match(
      'alerts',
      [service(cart), service('component:team-b/cart')],
      { labels: burning },
    );
    expect(note).toMatch(/are all named cart: .* with day2\/alerts$/);
  });
});

it.each([
  [{ entityRef: cart }, [`entity-ref ${cart}`]],
  [{ entityRef: shop }, []],
  [{ application: 'cart' }, []],
])('objectives of %j are by their entity ref alone', (traits, expected) => {
  expect(match('objectives', [service(cart)], traits).found).toEqual(expected);
});
