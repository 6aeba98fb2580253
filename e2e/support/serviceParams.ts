/** Path parameters of a service of the sandbox. */
export function serviceParams(name: string) {
  return { kind: 'component', namespace: 'default', name };
}
