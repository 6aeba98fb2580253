// @ts-check

/**
 * The first shape. Two layers: what sources said (observation, git_commit,
 * git_tag) and what is derived from it (deployment, change, ...). Instants are
 * epoch milliseconds; JSON is text; both databases run the same statements.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // ---- services -----------------------------------------------------------
  await knex.schema.createTable('service', table => {
    table.comment('A service under our own id; entity refs are aliases of it');
    table.string('id', 40).primary();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('removed_at').comment('the entity left the catalog');
    table
      .string('ref', 255)
      .notNullable()
      .comment('current entity ref, lower case');
    table.string('title', 255).notNullable();
    table.string('kind', 63).notNullable();
    table.string('type', 100);
    table.string('lifecycle', 100);
    table.string('owner', 255);
    table.string('system', 255);
    table.string('domain', 255);
    table.integer('tier');
    table
      .string('etag', 255)
      .comment('of the entity; unchanged ones are skipped');
    table.text('annotations').notNullable().comment('JSON of those we read');
    table.text('links').notNullable().comment('JSON of metadata.links');
    table.bigInteger('seen_at').notNullable();
    table.unique(['ref']);
    table.index(['owner']);
    table.index(['system']);
  });
  await knex.schema.createTable('service_alias', table => {
    table.comment('Every entity ref a service has or had');
    table.string('ref', 255).primary();
    table.string('service_id', 40).notNullable().index();
    table.bigInteger('valid_from').notNullable();
    table.bigInteger('valid_to');
  });
  await knex.schema.createTable('service_history', table => {
    table.comment('Owner, system, domain, tier, lifecycle over time');
    table.string('service_id', 40).notNullable();
    table.bigInteger('valid_from').notNullable();
    table.bigInteger('valid_to');
    table.string('owner', 255);
    table.string('system', 255);
    table.string('domain', 255);
    table.integer('tier');
    table.string('lifecycle', 100);
    table.boolean('removed').notNullable().defaultTo(false);
    table.primary(['service_id', 'valid_from']);
    table.index(['owner', 'valid_from']);
  });
  await knex.schema.createTable('service_dependency', table => {
    table.comment('dependsOn over time');
    table.string('service_id', 40).notNullable();
    table.string('depends_on', 255).notNullable().comment('entity ref');
    table.bigInteger('valid_from').notNullable();
    table.bigInteger('valid_to');
    table.primary(['service_id', 'depends_on', 'valid_from']);
    table.index(['depends_on']);
  });

  // ---- persons ------------------------------------------------------------
  await knex.schema.createTable('person', table => {
    table.comment('The one table that holds names; it can be erased');
    table.string('id', 40).primary();
    table.string('name', 255);
    table.string('user_ref', 255).comment('catalog user, by an exact address');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('erased_at');
  });
  await knex.schema.createTable('person_alias', table => {
    table.string('namespace', 40).notNullable();
    table.string('key', 320).notNullable();
    table.string('person_id', 40).notNullable().index();
    table.primary(['namespace', 'key']);
  });

  // ---- sources ------------------------------------------------------------
  await knex.schema.createTable('source', table => {
    table.string('id', 200).primary();
    table.string('holder', 100);
    table.integer('epoch').notNullable().defaultTo(0);
    table.bigInteger('expires_at').notNullable().defaultTo(0);
    table.bigInteger('next_run_at').notNullable().defaultTo(0);
    table.boolean('paused').notNullable().defaultTo(false);
    table.text('cursor').comment('JSON');
    table
      .boolean('reread')
      .notNullable()
      .defaultTo(false)
      .comment('to be read from the beginning, until its first batch is in');
    table.bigInteger('last_attempt_at');
    table.bigInteger('last_success_at');
    table.bigInteger('failing_since');
    table.integer('failures').notNullable().defaultTo(0);
    table.text('error').comment('JSON {code, text, fix}');
    table.text('notices').notNullable().defaultTo('[]');
    table.text('progress');
    table.text('counts').notNullable().defaultTo('{}');
    table.text('skipped').notNullable().defaultTo('{}');
    table.text('hub_notices').notNullable().defaultTo('[]');
    table.string('pass_id', 100);
    table.integer('pass_known').comment('live observations as the pass began');
  });
  await knex.schema.createTable('source_repository', table => {
    table.comment('Which repositories a source tells the commits of');
    table.string('source', 200).notNullable();
    table.string('repository', 255).notNullable();
    table
      .integer('graph_revision')
      .notNullable()
      .defaultTo(0)
      .comment('grows when known commits are corrected');
    table.primary(['source', 'repository']);
  });
  await knex.schema.createTable('quarantine', table => {
    table.string('id', 40).primary();
    table.string('source', 200).notNullable();
    table.string('key', 500);
    table.text('reason').notNullable();
    table.text('item').notNullable();
    table.bigInteger('at').notNullable();
    table.index(['source', 'at', 'id']);
  });

  // ---- subjects and links -------------------------------------------------
  await knex.schema.createTable('subject', table => {
    table.comment('The thing a source speaks about');
    table.string('id', 40).primary();
    table.string('source', 200).notNullable();
    table.string('key', 500).notNullable();
    table.string('kind', 40).notNullable();
    table.text('traits').notNullable().comment('JSON');
    table.string('traits_hash', 64).notNullable();
    table
      .bigInteger('traits_at')
      .notNullable()
      .comment('of the observation they are from: the latest one');
    table.string('traits_by', 500).notNullable().comment('its key');
    table.string('repository', 255).comment('of the traits, for look-up');
    table.text('match_note').comment('why it is linked to none, if known');
    table.bigInteger('match_due').comment('waiting to be matched since');
    table
      .string('retie_after', 40)
      .comment('its changes are tied anew, after this id; null: all are');
    table.unique(['source', 'key']);
    table.index(['match_due']);
    table.index(['retie_after']);
    table.index(['repository']);
  });
  await knex.schema.createTable('link', table => {
    table.comment('Subject to service: by annotation, convention or a person');
    table.string('id', 40).primary();
    table.string('subject_id', 40).notNullable();
    table.string('service_id', 40).notNullable();
    table.string('via', 40).notNullable();
    table.text('reason').notNullable().comment('in words');
    table
      .text('paths')
      .comment(
        'path patterns that narrow a shared repository; null: all of it',
      );
    table.bigInteger('valid_from').notNullable().defaultTo(0);
    table.bigInteger('valid_to').comment('null: it holds');
    table.index(['subject_id']);
    table.index(['service_id']);
  });
  await knex.raw(
    'create unique index link_active on link (subject_id, service_id, via) where valid_to is null',
  );

  // ---- observations -------------------------------------------------------
  await knex.schema.createTable('observation', table => {
    table.comment('What a source said last about a key');
    table.bigIncrements('seq');
    table.string('source', 200).notNullable();
    // By code point, as SQLite does: a prefix is then a range of the index.
    if (knex.client.config.client === 'pg') {
      table.specificType('key', 'varchar(500) collate "C"').notNullable();
    } else {
      table.string('key', 500).notNullable();
    }
    table.string('kind', 20).notNullable();
    table.bigInteger('version').notNullable();
    table.string('hash', 64).notNullable().comment('of the payload');
    table.string('subject_id', 40).comment('of a deployment');
    table
      .string('environment', 100)
      .comment('the configured name, or the word itself where none matches');
    table.string('environment_word', 100).comment('as the source says it');
    table.string('record_id', 40).comment('of a change');
    table.bigInteger('at').notNullable();
    table.text('payload').notNullable().comment('JSON, persons as ids');
    table
      .text('older')
      .comment('JSON: fields kept from an older version, with that version');
    table.bigInteger('withdrawn_at');
    table.text('withdrawn_reason');
    table.string('pass_id', 100);
    table.unique(['source', 'key']);
    table.index(['subject_id', 'environment', 'at']);
    table.index(['record_id']);
    table.index(['environment_word']);
  });

  // ---- graph of application commits (typed observations) -------
  await knex.schema.createTable('git_commit', table => {
    table.string('repository', 255).notNullable();
    table.string('sha', 64).notNullable();
    table.string('source', 200).notNullable();
    table.bigInteger('version').notNullable().defaultTo(0);
    table
      .integer('position')
      .notNullable()
      .comment('above those of all its parents');
    table.text('parents').notNullable().comment('blank-separated');
    table.bigInteger('committed_at').notNullable();
    table.text('title').notNullable();
    table.text('authors').notNullable().comment('JSON array of person ids');
    table.text('issue_keys').notNullable().comment('JSON array');
    table.text('paths').notNullable().comment('JSON array');
    table.boolean('paths_cut').notNullable().defaultTo(false);
    table.boolean('withdrawn').notNullable().defaultTo(false);
    table.primary(['repository', 'sha']);
    table.index(['repository', 'position']);
  });
  await knex.schema.createTable('git_tag', table => {
    table.string('repository', 255).notNullable();
    table.string('name', 255).notNullable();
    table.string('sha', 64).notNullable();
    table.string('source', 200).notNullable();
    table.string('key', 500).notNullable();
    table.bigInteger('version').notNullable();
    table.primary(['repository', 'name']);
  });

  // ---- derived records ----------------------------------------------------
  await knex.schema.createTable('deployment', table => {
    table.string('id', 40).primary();
    table.string('service_id', 40).notNullable();
    table.string('environment', 100).notNullable();
    table.bigInteger('finished_at').notNullable();
    table.bigInteger('first_finished_at').notNullable();
    table.bigInteger('started_at');
    table.string('version', 300).notNullable();
    table.string('rollout', 20).notNullable();
    table.string('outcome', 20).notNullable();
    table.string('basis', 20).notNullable();
    table.string('previous_id', 40);
    table.string('restores_id', 40);
    table.boolean('unplanned').notNullable();
    table.string('application_repository', 255);
    table.string('application_sha', 64);
    table.string('manifest_sha', 64);
    table.integer('carried_count').notNullable();
    table.boolean('carried_complete').notNullable();
    table.text('record').notNullable().comment('JSON of the rest');
    table.string('hash', 64).notNullable().comment('of the derived whole');
    table.index(['service_id', 'environment', 'finished_at', 'id']);
    table.index(['service_id', 'finished_at', 'id']);
    table.index(['finished_at', 'id']);
    table.index(['application_repository', 'application_sha']);
    table.index(['manifest_sha']);
  });
  await knex.schema.createTable('deployment_commit', table => {
    table.comment('What each deployment carried');
    table.string('deployment_id', 40).notNullable();
    table.string('repository', 255).notNullable();
    table.string('sha', 64).notNullable();
    table.primary(['deployment_id', 'repository', 'sha']);
    table.index(['repository', 'sha']);
  });
  await knex.schema.createTable('running', table => {
    table.comment('What runs where now: the last deployment of each target');
    table.string('service_id', 40).notNullable();
    table.string('environment', 100).notNullable();
    table.string('line', 255).notNullable().comment('the image; may be empty');
    table.string('target', 255).notNullable().comment('may be empty');
    table.string('deployment_id', 40).notNullable();
    table.string('version', 300).notNullable();
    table.bigInteger('since').notNullable().comment('on that target');
    table
      .integer('position')
      .notNullable()
      .comment('of the deployment in its sequence: the largest is the newest');
    table.primary(['service_id', 'environment', 'line', 'target']);
  });
  await knex.schema.createTable('change', table => {
    table.string('id', 40).primary();
    table.string('source', 200).notNullable();
    table.string('key', 500).notNullable();
    table.string('kind', 20).notNullable();
    table.bigInteger('at').notNullable();
    table.string('repository', 255);
    table.string('sha', 64);
    table.string('reverts', 64).comment('sha as the message names it');
    table.string('state', 20).notNullable();
    table.boolean('emergency').notNullable();
    table.text('title').notNullable();
    table.text('record').notNullable().comment('JSON of the rest');
    table.string('hash', 64).notNullable();
    table.unique(['source', 'key']);
    table.index(['sha', 'repository']);
    table.index(['reverts', 'repository']);
  });
  await knex.schema.createTable('change_subject', table => {
    table.comment('Which subjects a change touches: what matching joins on');
    table.string('change_id', 40).notNullable();
    table.string('subject_id', 40).notNullable();
    table.string('environment', 100).notNullable().defaultTo('');
    table.primary(['change_id', 'subject_id', 'environment']);
    table.index(['subject_id']);
  });
  await knex.schema.createTable('record_service', table => {
    table.comment('Records to services, many to many');
    table.string('record_id', 40).notNullable();
    table.string('service_id', 40).notNullable();
    table.string('environment', 100).notNullable().defaultTo('');
    table.string('role', 20).notNullable();
    table.string('via', 255).notNullable().defaultTo('');
    table.bigInteger('at').notNullable();
    table.primary(['record_id', 'service_id', 'environment']);
    table.index(['service_id', 'at', 'record_id']);
  });
  await knex.schema.createTable('record_source', table => {
    table.comment('Which observations a record was derived from');
    table.string('record_id', 40).notNullable();
    table.string('source', 200).notNullable();
    table.string('key', 500).notNullable();
    table.string('repository', 255).comment('of a desired commit');
    table.string('sha', 64);
    table.primary(['record_id', 'source', 'key']);
    table.index(['source', 'key']);
    table.index(['sha']);
  });
  await knex.schema.createTable('record_alias', table => {
    table.comment('Ids of records merged away');
    table.string('alias', 40).primary();
    table.string('record_id', 40).notNullable().index();
    table.bigInteger('at').notNullable();
  });
  await knex.schema.createTable('timeline', table => {
    table.string('id', 80).notNullable();
    table.string('service_id', 40).notNullable();
    table.string('environment', 100).notNullable().defaultTo('');
    table.bigInteger('at').notNullable();
    table.bigInteger('until');
    table.string('kind', 20).notNullable();
    table.string('record_id', 40).notNullable().index();
    table.text('entry').notNullable().comment('JSON of the rest');
    table
      .text('search')
      .notNullable()
      .comment('lower-case text it is found by');
    table.primary(['id']);
    table.index(['service_id', 'at', 'id']);
    table.index(['service_id', 'environment', 'at', 'id']);
  });

  // ---- work that survives a crash -----------------------------------------
  await knex.schema.createTable('dirty_sequence', table => {
    table.comment('(service, environment) sequences to derive again');
    table.string('service_id', 40).notNullable();
    table.string('environment', 100).notNullable();
    table.bigInteger('since').notNullable();
    table.integer('generation').notNullable().defaultTo(1);
    table.string('claimed_by', 100);
    table.bigInteger('claimed_until').notNullable().defaultTo(0);
    table.primary(['service_id', 'environment']);
    table.index(['since']);
  });
  await knex.schema.createTable('dirty_change', table => {
    table.comment('Changes to derive and tie to services again');
    table.string('change_id', 40).primary();
    table.bigInteger('since').notNullable();
    table.integer('generation').notNullable().defaultTo(1);
    table.string('claimed_by', 100);
    table.bigInteger('claimed_until').notNullable().defaultTo(0);
    table.index(['since']);
  });
  await knex.schema.createTable('hub_state', table => {
    table.comment('Single values, e.g. the generation of the services');
    table.string('key', 100).primary();
    table.text('value').notNullable();
  });
  await knex.schema.createTable('idempotency', table => {
    table.comment('Keys of posted deployments and events');
    table.string('principal', 255).notNullable();
    table.string('key', 300).notNullable();
    table.string('body_hash', 64).notNullable();
    table.string('observation_key', 500).notNullable();
    table.bigInteger('at').notNullable().index();
    table.primary(['principal', 'key']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'idempotency',
    'hub_state',
    'dirty_change',
    'dirty_sequence',
    'timeline',
    'record_alias',
    'record_source',
    'record_service',
    'change_subject',
    'change',
    'running',
    'deployment_commit',
    'deployment',
    'git_tag',
    'git_commit',
    'observation',
    'link',
    'subject',
    'quarantine',
    'source_repository',
    'source',
    'person_alias',
    'person',
    'service_dependency',
    'service_history',
    'service_alias',
    'service',
  ]) {
    await knex.schema.dropTableIfExists(table);
  }
};
