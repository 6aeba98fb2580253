export * from './Breather';
export * from './chunks';
export * from './hubState';
export * from './inTransaction';
export * from './json';
export * from './migrateDatabase';
export * from './records';
export * from './toNumber';
