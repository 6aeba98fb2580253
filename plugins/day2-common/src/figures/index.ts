export * from './durationWords';
export * from './figure';
export * from './whyEmpty';
