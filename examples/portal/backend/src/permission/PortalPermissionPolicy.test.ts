import { mockCredentials } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { permissionRules } from '@backstage/plugin-catalog-backend/alpha';
import {
  catalogEntityCreatePermission,
  catalogEntityDeletePermission,
  catalogEntityReadPermission,
  catalogEntityRefreshPermission,
  catalogLocationCreatePermission,
  catalogLocationReadPermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  createPermission,
  Permission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  day2DeploymentCreatePermission,
  day2EventCreatePermission,
  day2SourceManagePermission,
  day2SourceReadPermission,
} from '@day2/backstage-plugin-day2-common';
import { PortalPermissionPolicy } from './PortalPermissionPolicy';

const groups = {
  ana: 'group:default/payments',
  bo: 'group:default/storefront',
  chen: 'group:default/engineering',
  dana: 'group:default/platform',
  eli: 'group:default/audit',
};
type Person = keyof typeof groups;

const people = Object.keys(groups) as Person[];
const writers = people.filter(person => person !== 'eli');

function user(person: Person): PolicyQueryUser {
  const userEntityRef = `user:default/${person}`;
  return {
    credentials: mockCredentials.user(userEntityRef),
    info: {
      userEntityRef,
      ownershipEntityRefs: [userEntityRef, groups[person]],
    },
  };
}

function component(options: { tags?: string[]; owner: string }): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'some', tags: options.tags },
    relations: [{ type: 'ownedBy', targetRef: options.owner }],
  };
}

const open = component({ tags: ['java'], owner: 'group:default/payments' });
const untagged = component({ owner: 'group:default/payments' });
const restricted = component({
  tags: ['java', 'restricted'],
  owner: 'group:default/payments',
});
const restrictedToOne = component({
  tags: ['restricted'],
  owner: 'user:default/bo',
});

const authorizeConditions = createConditionAuthorizer(
  Object.values(permissionRules),
);

/** What the person may do in the end, conditions applied to the entity. */
async function allowed(options: {
  person: Person;
  permission: Permission;
  entity?: Entity;
}): Promise<boolean> {
  const decision = await new PortalPermissionPolicy().handle(
    { permission: options.permission },
    user(options.person),
  );
  return authorizeConditions(decision, options.entity);
}

async function allowedPeople(options: {
  permission: Permission;
  entity?: Entity;
}): Promise<Person[]> {
  const result: Person[] = [];
  for (const person of people) {
    if (await allowed({ ...options, person })) {
      result.push(person);
    }
  }
  return result;
}

const scaffolderTaskCreate = createPermission({
  name: 'scaffolder.task.create',
  attributes: { action: 'create' },
});
const scaffolderActionExecute = createPermission({
  name: 'scaffolder.action.execute',
  attributes: {},
  resourceType: 'scaffolder-action',
});

describe('PortalPermissionPolicy', () => {
  it.each<{ permission: Permission; may: Person[] }>([
    { permission: day2SourceReadPermission, may: people },
    { permission: day2SourceManagePermission, may: ['dana'] },
    { permission: day2DeploymentCreatePermission, may: writers },
    { permission: day2EventCreatePermission, may: writers },
    { permission: catalogLocationReadPermission, may: people },
    { permission: catalogLocationCreatePermission, may: writers },
    { permission: catalogEntityCreatePermission, may: writers },
    { permission: scaffolderTaskCreate, may: writers },
    // Without a declared action it is not known to be a read.
    { permission: scaffolderActionExecute, may: writers },
  ])('$permission.name: $may', async ({ permission, may }) => {
    await expect(allowedPeople({ permission })).resolves.toEqual(may);
  });

  it.each<{
    permission: Permission;
    what: string;
    entity: Entity;
    may: Person[];
  }>([
    {
      permission: catalogEntityReadPermission,
      what: 'open',
      entity: open,
      may: people,
    },
    {
      permission: catalogEntityReadPermission,
      what: 'untagged',
      entity: untagged,
      may: people,
    },
    {
      permission: catalogEntityReadPermission,
      what: 'restricted',
      entity: restricted,
      may: ['ana', 'chen', 'dana', 'eli'],
    },
    {
      permission: catalogEntityReadPermission,
      what: 'restricted, owned by a person',
      entity: restrictedToOne,
      may: ['bo', 'chen', 'dana', 'eli'],
    },
    {
      permission: catalogEntityRefreshPermission,
      what: 'restricted',
      entity: restricted,
      may: ['ana', 'chen', 'dana'],
    },
    {
      permission: catalogEntityDeletePermission,
      what: 'restricted',
      entity: restricted,
      may: ['ana', 'chen', 'dana'],
    },
    {
      permission: catalogEntityDeletePermission,
      what: 'open',
      entity: open,
      may: writers,
    },
  ])(
    '$permission.name of what is $what: $may',
    async ({ permission, entity, may }) => {
      await expect(allowedPeople({ permission, entity })).resolves.toEqual(may);
    },
  );

  it('reads entities without a condition for those who see all', async () => {
    // A condition costs a query for each list: it is kept for who needs it.
    const results = await Promise.all(
      people.map(person =>
        new PortalPermissionPolicy().handle(
          { permission: catalogEntityReadPermission },
          user(person),
        ),
      ),
    );
    expect(results.map(({ result }) => result)).toEqual([
      AuthorizeResult.CONDITIONAL,
      AuthorizeResult.CONDITIONAL,
      AuthorizeResult.ALLOW,
      AuthorizeResult.ALLOW,
      AuthorizeResult.ALLOW,
    ]);
  });

  it.each([catalogEntityReadPermission, day2SourceReadPermission])(
    'denies $name to nobody in particular',
    async permission => {
      await expect(
        new PortalPermissionPolicy().handle({ permission }),
      ).resolves.toEqual({ result: AuthorizeResult.DENY });
    },
  );
});
