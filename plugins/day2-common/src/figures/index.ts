export * from './figure';
export * from './whyEmpty';
