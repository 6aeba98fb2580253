export * from './basicVerifier';
export * from './bearerVerifier';
export * from './hmacVerifier';
export * from './WebhookVerifier';
