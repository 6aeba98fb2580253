// @ts-check

/**
 * By which definitions each sequence was derived, so that those of older ones
 * are derived again.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('derived_sequence', table => {
    table.comment('(service, environment) sequences as derived last');
    table.string('service_id', 40).notNullable();
    table.string('environment', 100).notNullable();
    table
      .integer('definitions')
      .notNullable()
      .comment('version of what it was derived by');
    table.primary(['service_id', 'environment']);
    table.index(['definitions']);
  });
  // Those that no deployment is known of too: by other definitions one may be.
  await knex.raw(`
    insert into derived_sequence (service_id, environment, definitions)
    select service_id, environment, 1 from deployment
    union
    select service_id, environment, 1 from delivery
    union
    select link.service_id, observation.environment, 1
    from observation
    join link on link.subject_id = observation.subject_id
    where observation.kind = 'deployment'
      and observation.environment is not null
      and link.valid_to is null
  `);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTableIfExists('derived_sequence');
};
