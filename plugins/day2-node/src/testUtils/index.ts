export * from './collect';
export * from './createFaultServer';
export * from './createGitServer';
export * from './ObservationLedger';
export * from './runConnectorKit';
