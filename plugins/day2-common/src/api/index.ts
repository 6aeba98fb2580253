export * from './contract';
export * from './Day2Client';
export * from './inputs';
export * from './page';
