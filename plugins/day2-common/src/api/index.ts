export * from './contract';
export * from './Day2Client';
export * from './hasCredentials';
export * from './inputs';
export * from './page';
export * from './plainText';
export * from './route';
