/**
 * What is sent when records of a service have changed: nothing of them, only
 * that something did. Who hears it reads again, with their own permissions.
 *
 * @public
 */
export interface ServiceSignal {
  /** Grows with each signal of a service: epoch milliseconds. */
  rev: number;
}

/**
 * The channel on which a service's signals are sent (Backstage's signals
 * plugin), at most one a second.
 *
 * @param serviceId - our own id of the service, as in `Service.id`
 *
 * @public
 */
export function serviceChannel(serviceId: string): string {
  return `day2:service:${serviceId}`;
}
