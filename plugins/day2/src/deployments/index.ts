export * from './DeploymentDrawer';
export * from './DeploymentsTable';
export * from './outcomeLook';
export * from './Reasons';
export * from './versionWords';
